"""What the forecast would have been worth: methods judged on the past, the choice judged apart from choosing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.choice import best, default_methods, stride_weeks, table
from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.forecasting.method import Method
from floorwalker.science.forecasting.trials import Scores, Trial, lattice, naive_scale, run_trials, score


@dataclass(frozen=True)
class Chosen:
    """How choosing itself did: every week forecast by the method that looked best before that week."""

    name: str
    scores: Scores
    by_origin: Mapping[int, str]


@dataclass(frozen=True)
class Backtest:
    """Scores of each method and of the choice over the same weeks."""

    methods: Mapping[str, Scores]
    chosen: Chosen
    horizon_days: int
    origins: tuple[int, ...]

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
    """Judge every method at ``weeks`` weekly origins, and the choice among them on weeks it was not made on.

    At each origin the choice sees only trials that had ended by then, up to ``origins`` of them.
    """
    calendar = calendar or Calendar()
    methods = list(methods or default_methods())
    judged = lattice(demand.grid.days, horizon_days, weeks)
    if not judged:
        raise InvalidInput(
            f"a history of {demand.grid.days} days leaves nothing to judge a horizon of {horizon_days} days on; "
            "give a longer history or a shorter horizon"
        )
    earlier = {o: selection_origins(o, horizon_days, origins) for o in judged}
    every = sorted(set(judged).union(*earlier.values()))
    trials = run_trials(demand, methods, every, horizon_days, calendar)
    scale = naive_scale(demand, judged[0])
    scores = table([t for t in trials if t.origin in judged], methods, scale)
    picked: list[Trial] = []
    names: dict[int, str] = {}
    for origin in judged:
        seen = table([t for t in trials if t.origin in earlier[origin]], methods, scale)
        names[origin] = best(seen) or methods[0].name
        picked += [t for t in trials if t.origin == origin and t.method == names[origin]]
    chosen = Chosen(names[judged[-1]], score(picked, scale), names)
    return Backtest(scores, chosen, horizon_days, tuple(judged))


def selection_origins(origin: int, horizon_days: int, count: int) -> list[int]:
    """Origins whose horizons had ended by ``origin``."""
    return lattice(origin, horizon_days, count, stride_weeks(horizon_days))
