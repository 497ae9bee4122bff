"""What the forecast would have been worth: methods judged on the past, the choice judged apart from choosing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.choice import default_methods, pick, stride_weeks, table
from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.forecasting.method import Method
from floorwalker.science.forecasting.trials import Scores, Trial, lattice, naive_scale, run_trials, score


@dataclass(frozen=True)
class Chosen:
    """How choosing itself did: every window forecast by the method that looked best before it began."""

    name: str
    scores: Scores
    by_origin: Mapping[int, str]


@dataclass(frozen=True)
class Backtest:
    """Scores of each method and of the choice over the same windows; ``trials`` are the choice's forecasts."""

    methods: Mapping[str, Scores]
    chosen: Chosen
    horizon_days: int
    trials: tuple[Trial, ...]

    def to_dict(self) -> dict[str, object]:
        chosen = {"name": self.chosen.name, **self.chosen.scores.to_dict()}
        return {"methods": {name: s.to_dict() for name, s in self.methods.items()}, "chosen": chosen}


def backtest(
    demand: Demand,
    *,
    horizon_days: int,
    weeks: int = 8,
    calendar: Calendar | None = None,
    origins: int = 8,
    methods: Sequence[Method] | None = None,
) -> Backtest:
    """Judge every method at ``weeks`` weekly origins, and the choice among them on windows it was not made on.

    At each origin the choice sees only trials that had ended by then, up to ``origins`` of them.
    """
    if horizon_days < 1 or weeks < 1 or origins < 1:
        raise InvalidInput("a backtest needs a horizon, weeks and origins of at least 1")
    judged = lattice(demand.grid.days, horizon_days, weeks)
    if not judged:
        raise InvalidInput(
            f"a history of {demand.grid.days} days leaves nothing to judge a horizon of {horizon_days} days on; "
            "give a longer history or a shorter horizon"
        )
    methods = list(methods or default_methods())
    every = sorted({*judged, *selection_origins(judged, horizon_days, origins)})
    trials = run_trials(demand, methods, every, horizon_days, calendar or Calendar())
    scale = naive_scale(demand, judged[0])
    picked: list[Trial] = []
    names: dict[int, str] = {}
    for origin in judged:
        names[origin] = _looked_best(trials, origin, origins, methods[0].name)
        picked += [t for t in trials if t.origin == origin and t.method == names[origin]]
    scores = table([t for t in trials if t.origin in judged], scale)
    chosen = Chosen(names[judged[-1]], score(picked, scale), names)
    return Backtest(scores, chosen, horizon_days, tuple(picked))


def selection_origins(judged: Sequence[int], horizon_days: int, count: int) -> list[int]:
    """Origins before the judged ones, in steps that keep to their weekly lattice, for the first to choose on."""
    step = 7 * stride_weeks(horizon_days)
    last = judged[0] - step * -(-horizon_days // step)
    return list(range(last, 6, -step))[:count]


def _looked_best(trials: Sequence[Trial], origin: int, count: int, plainest: str) -> str:
    """What would have been chosen at ``origin`` from the latest ``count`` origins whose horizons had ended."""
    ended = sorted({t.origin for t in trials if t.end <= origin})[-count:]
    return pick([t for t in trials if t.origin in ended], plainest)
