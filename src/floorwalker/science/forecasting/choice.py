"""The best method for a queue and a horizon, chosen on the past by rolling origins."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import accuracy
from floorwalker.science.forecasting.boosting import Boosting
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.cleaning import clean
from floorwalker.science.forecasting.combination import Combination
from floorwalker.science.forecasting.count_regression import CountRegression
from floorwalker.science.forecasting.day_profile import DayProfile
from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.forecasting.forecast import Forecast
from floorwalker.science.forecasting.method import Method
from floorwalker.science.forecasting.slot_mean import SlotMean
from floorwalker.science.forecasting.trials import (
    Scores,
    Trial,
    lattice,
    naive_scale,
    run_trials,
    score,
    weights_from,
    widen,
)
from floorwalker.science.timegrid import TimeGrid

SHORT_HISTORY_DAYS = 14
CLEARLY = 2.0


@dataclass(frozen=True)
class Choice:
    """The chosen method, fitted on the whole history, and the table it was chosen from."""

    name: str
    method: Method
    scores: Mapping[str, Scores]
    trials: tuple[Trial, ...]
    horizon_days: int
    last_day: date
    calendar: Calendar
    notes: tuple[str, ...] = ()

    def predict(self, grid: TimeGrid) -> Forecast:
        """Forecast of any days after the history, as wide as the method's own record demands."""
        forecast = self.method.predict(grid)
        wide = widen(forecast, self.name, self.trials, self.calendar, (grid.first_day - self.last_day).days)
        return replace(wide, notes=(*self.notes, *forecast.notes))


def default_methods() -> list[Method]:
    """What every queue is offered, plainest first."""
    return [SlotMean(4), SlotMean(1), SlotMean(8), DayProfile(), CountRegression(), Boosting()]


def choose(
    demand: Demand,
    *,
    horizon_days: int,
    calendar: Calendar | None = None,
    origins: int = 8,
    methods: Sequence[Method] | None = None,
) -> Choice:
    """The method to trust after the last ``origins`` origins, as :func:`pick` has it, fitted on everything.

    Give the history as it came: what each fit learns from is cleaned, what it is judged by is not. Origins lie
    a week apart, further for far horizons. A history too short for a single trial gets the first method, and its
    scores stay empty.
    """
    if horizon_days < 1 or origins < 1:
        raise InvalidInput(f"a choice needs a horizon and origins of at least 1, got {horizon_days} and {origins}")
    calendar = calendar or Calendar()
    days = demand.grid.days
    methods = list(methods or default_methods())
    tried = lattice(days, horizon_days, origins, stride_weeks(horizon_days))
    trials = run_trials(demand, methods, tried, horizon_days, calendar)
    scores = table(trials, naive_scale(demand, days))
    name = pick(trials, methods[0].name)
    everyone = [*methods, Combination(methods, weights_from(trials, methods))]
    method = next(m for m in everyone if m.name == name)
    fitted = copy.copy(method).fit(clean(demand, calendar=calendar).demand, calendar)
    return Choice(
        name=name,
        method=fitted,
        scores=scores,
        trials=tuple(trials),
        horizon_days=horizon_days,
        last_day=demand.grid.last_day,
        calendar=calendar,
        notes=_notes(days, name, scores),
    )


def choose_each(
    demands: Mapping[str, Demand],
    *,
    horizon_days: int,
    calendar: Calendar | None = None,
    origins: int = 8,
    methods: Sequence[Method] | None = None,
    n_jobs: int = 1,
) -> dict[str, Choice]:
    """:func:`choose` for many queues through joblib; ``n_jobs`` as joblib reads it (-1: every core)."""
    from joblib import Parallel, delayed

    jobs = (
        delayed(choose)(demand, horizon_days=horizon_days, calendar=calendar, origins=origins, methods=methods)
        for demand in demands.values()
    )
    return dict(zip(demands, Parallel(n_jobs=n_jobs)(jobs), strict=True))


def stride_weeks(horizon_days: int) -> int:
    """Weeks between origins: a third of the horizon, as nearer ones repeat each other's errors.

    Never more than four, as origins of long ago knew too little history to speak for today's forecast.
    """
    return min(4, -(-horizon_days // 21))


def table(trials: Sequence[Trial], scale: float) -> dict[str, Scores]:
    """Scores by method, in the order in which the methods were tried."""
    names = dict.fromkeys(t.method for t in trials)
    return {name: score([t for t in trials if t.method == name], scale) for name in names}


def pick(trials: Sequence[Trial], plainest: str) -> str:
    """Name of the method to trust after these trials.

    The combination, unless a single method beat it by more than chance would: by
    :data:`CLEARLY` standard errors of the difference, origin by origin. Without a combination the smallest
    mean error; without trials the plainest.
    """
    errors: dict[str, dict[int, float]] = {}
    for t in trials:
        error = accuracy.wape(t.actual, t.forecast.contacts)
        if error == error:
            errors.setdefault(t.method, {})[t.origin] = error
    if not errors:
        return plainest
    leader = min(errors, key=lambda name: float(np.mean(list(errors[name].values()))))
    if Combination.name not in errors or leader == Combination.name:
        return leader
    gains = np.array([errors[Combination.name][o] - errors[leader][o] for o in errors[leader]])
    chance = float(np.std(gains, ddof=1) / np.sqrt(len(gains))) if len(gains) > 2 else np.inf
    return leader if gains.mean() > CLEARLY * chance else Combination.name


def _notes(days: int, name: str, scores: Mapping[str, Scores]) -> tuple[str, ...]:
    if days < SHORT_HISTORY_DAYS or not scores:
        return (
            f"The history of {days} days is too short to compare methods; "
            f"{name} was taken, and its width is a guess.",
        )
    error = f"it erred by {scores[name].wape:.1%} of the contacts (WAPE) when tried on the past"
    if name == Combination.name:
        return (f"Forecast by {name}: no single method was clearly better; {error}.",)
    if len(scores) > 1:
        return (f"Forecast by {name}: it was clearly the best; {error}.",)
    return (f"Forecast by {name}; {error}.",)
