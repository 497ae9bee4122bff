"""The best method for a queue and a horizon, chosen on the past by rolling origins."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.forecasting.forecast import Forecast
from floorwalker.science.forecasting.method import Method
from floorwalker.science.forecasting.slot_mean import SlotMean
from floorwalker.science.forecasting.trials import Scores, Trial, lattice, naive_scale, run_trials, score
from floorwalker.science.timegrid import TimeGrid


@dataclass(frozen=True)
class Choice:
    """The chosen method, fitted on the whole history, and the table it was chosen from."""

    name: str
    method: Method
    scores: Mapping[str, Scores]
    origins: int
    horizon_days: int

    def predict(self, grid: TimeGrid) -> Forecast:
        return self.method.predict(grid)


def default_methods() -> list[Method]:
    """Every method a queue is offered, plainest first: ties go to the plainer."""
    return [SlotMean(4), SlotMean(1), SlotMean(8)]


def choose(
    demand: Demand,
    *,
    horizon_days: int,
    calendar: Calendar | None = None,
    origins: int = 8,
    methods: Sequence[Method] | None = None,
) -> Choice:
    """The method with the smallest WAPE over the last ``origins`` weekly origins, fitted on everything.

    A history too short for a single trial gets the first method, and its scores stay empty.
    """
    if horizon_days < 1 or origins < 1:
        raise InvalidInput(f"a choice needs a horizon and origins of at least 1, got {horizon_days} and {origins}")
    calendar = calendar or Calendar()
    methods = list(methods or default_methods())
    tried = lattice(demand.grid.days, horizon_days, origins, stride_weeks(horizon_days))
    trials = run_trials(demand, methods, tried, horizon_days, calendar)
    scores = table(trials, methods, naive_scale(demand, demand.grid.days))
    name = best(scores) or methods[0].name
    method = next(m for m in methods if m.name == name)
    return Choice(name, copy.copy(method).fit(demand, calendar), scores, len(tried), horizon_days)


def choose_each(
    demands: Mapping[str, Demand],
    *,
    horizon_days: int,
    calendar: Calendar | None = None,
    origins: int = 8,
    n_jobs: int = 1,
) -> dict[str, Choice]:
    """:func:`choose` for many queues through joblib; ``n_jobs`` as joblib reads it (-1: every core)."""
    from joblib import Parallel, delayed

    jobs = (
        delayed(choose)(demand, horizon_days=horizon_days, calendar=calendar, origins=origins)
        for demand in demands.values()
    )
    return dict(zip(demands, Parallel(n_jobs=n_jobs)(jobs), strict=True))


def stride_weeks(horizon_days: int) -> int:
    """Weeks between origins: far horizons overlap so much that weekly ones would repeat each other."""
    return max(1, round(horizon_days / 28))


def table(trials: Sequence[Trial], methods: Sequence[Method], scale: float) -> dict[str, Scores]:
    """Scores by method, in the order of ``methods``."""
    found = {}
    for method in methods:
        own = [t for t in trials if t.method == method.name]
        if own:
            found[method.name] = score(own, scale)
    return found


def best(scores: Mapping[str, Scores]) -> str | None:
    """Name of the smallest WAPE; None where nothing could be scored."""
    judged = {name: s.wape for name, s in scores.items() if s.wape == s.wape}
    return min(judged, key=lambda name: judged[name]) if judged else None
