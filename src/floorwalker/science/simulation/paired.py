"""Models compared on the same random numbers: differences replication by replication, with their bands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Progress, Stop
from floorwalker.science.simulation.intervals import Estimate, ratio
from floorwalker.science.simulation.model import Model
from floorwalker.science.simulation.steady_state import WAITED_FOR, agents_in

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


REACHED = ("answered", "callbacks_answered")  # somebody talked to them, at once or on the second call


@dataclass(frozen=True)
class Totals:
    """What became of each replication: calls and chats reached, in time, lost; value of all contacts."""

    offered: Floats
    reached: Floats
    in_time: Floats
    value: Floats

    @property
    def lost(self) -> Estimate:
        """Contacts that reached nobody, a replication."""
        return estimated(self.offered - self.reached)


def waited_for(model: Model) -> list[int]:
    """Places of the types for which somebody waits."""
    return [number for number, kind in enumerate(model.types) if kind.channel in WAITED_FOR]


def totals_of(model: Model, replications: int, seed: int) -> Totals:
    """Run a model; the value is what was earned less what the lost cost."""
    from floorwalker.science.simulation.experiment import simulate

    run = simulate(model, replications=replications, seed=seed, workers=1)
    asked = waited_for(model)

    def total(*measures: str) -> Floats:
        found: Floats = np.sum([run.replication_totals(each)[:, asked].sum(axis=1) for each in measures], axis=0)
        return found

    value = run.replication_totals("value") - run.replication_totals("lost_cost")
    return Totals(total("offered"), total(*REACHED), total("answered_within"), value.sum(axis=1))


def gained(before: Totals, after: Totals, measure: str) -> Estimate:
    """How much more of a measure, on the same contacts."""
    return estimated(getattr(after, measure) - getattr(before, measure))


def estimated(values: Floats) -> Estimate:
    """Mean and 95 % half-width of independent values."""
    return ratio(values, np.ones(len(values)), len(values))


@dataclass(frozen=True)
class Compared:
    """One of several models: its own measures, and the differences from the first of them."""

    name: str
    agent_hours: float
    lost: Estimate
    in_time: Estimate
    value: Estimate
    contacts_saved: Estimate
    value_gained: Estimate

    def to_dict(self) -> dict[str, float | str]:
        """Plain values."""
        found: dict[str, float | str] = {"name": self.name, "agent_hours": self.agent_hours}
        for name in ("lost", "in_time", "value", "contacts_saved", "value_gained"):
            estimate: Estimate = getattr(self, name)
            found |= {name: estimate.mean, f"{name}_half_width": estimate.half_width}
        return found


@dataclass(frozen=True)
class Comparison:
    """Several models on the same contacts, in the order given."""

    lines: tuple[Compared, ...]
    replications: int
    seed: int

    def __getitem__(self, name: str) -> Compared:
        for line in self.lines:
            if line.name == name:
                return line
        raise InvalidInput(f"{name!r} is none of {', '.join(line.name for line in self.lines)}")

    def to_frame(self) -> pd.DataFrame:
        """One row a model."""
        import pandas as pd

        return pd.DataFrame([line.to_dict() for line in self.lines])

    def to_dict(self) -> dict[str, object]:
        """Plain values."""
        lines = [line.to_dict() for line in self.lines]
        return {"replications": self.replications, "seed": self.seed, "lines": lines}


def compare(
    models: Mapping[str, Model],
    *,
    replications: int = 40,
    seed: int = 0,
    workers: int | None = None,
    stop: Stop | None = None,
) -> Comparison:
    """The same contacts in each of ``models``, which share periods and types; differences are from the first.

    ``stop`` hears of every model done; it ends nothing, as a comparison needs all of them.
    """
    from joblib import Parallel, delayed

    from floorwalker.science.simulation.experiment import tell_loading
    from floorwalker.science.simulation.kernel.entry import door

    if not models:
        raise InvalidInput("no model is given; give two or more to compare")
    first = next(iter(models.values()))
    for name, model in models.items():
        if (model.periods, model.types) != (first.periods, first.types):
            raise InvalidInput(
                f"{name!r} has other periods or types than {next(iter(models))!r}; "
                "only groups and routing may differ"
            )
    clock = (stop or Stop()).clock()
    tell_loading(clock)
    door()  # once, before the threads
    runs = Parallel(n_jobs=-1 if workers is None else workers, prefer="threads", return_as="generator")(
        delayed(totals_of)(model, replications, seed) for model in models.values()
    )
    found: list[Totals] = []
    for run in runs:
        found.append(run)
        clock.stop.told(Progress(None, None, clock.seconds, f"{len(found)} of {len(models)} runs"))
    lines = [
        Compared(
            name,
            _agent_hours(model),
            run.lost,
            estimated(run.in_time),
            estimated(run.value),
            gained(found[0], run, "reached"),
            gained(found[0], run, "value"),
        )
        for (name, model), run in zip(models.items(), found, strict=True)
    ]
    return Comparison(tuple(lines), replications, seed)


def _agent_hours(model: Model) -> float:
    return sum(
        agents_in(model, group, period) * length / 3600
        for group in model.groups
        for period, length in enumerate(model.periods.lengths_seconds)
    )
