"""One replication watched contact by contact: who came when, waited how long, who answered, when it ended.

A simulation keeps sums; this keeps every contact, at some microseconds each. The numbers are those of the same
replication of :func:`simulate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.simulation.model import Model

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Contacts:
    """Every contact of one replication in the order in which they came; seconds since the start of the run.

    ``type`` and ``agent`` are places in ``types`` and ``agents`` (-1: nobody), ``answered_seconds`` is nan for
    those who were not answered. ``ended_seconds`` is when they left, after-contact work included.
    """

    types: tuple[str, ...]
    agents: tuple[str, ...]
    type: Ints
    came_seconds: Floats
    answered_seconds: Floats
    ended_seconds: Floats
    agent: Ints

    def __len__(self) -> int:
        return len(self.type)

    @property
    def wait_seconds(self) -> Floats:
        """Until the answer, or until they left without one."""
        until = np.where(np.isnan(self.answered_seconds), self.ended_seconds, self.answered_seconds)
        return np.asarray(until - self.came_seconds)

    @property
    def handling_seconds(self) -> Floats:
        """Of the answered; nan for the others."""
        return np.asarray(self.ended_seconds - self.answered_seconds)

    def to_frame(self) -> pd.DataFrame:
        """One row a contact."""
        import pandas as pd

        return pd.DataFrame(
            {
                "type": np.array(self.types)[self.type],
                "came_seconds": self.came_seconds,
                "wait_seconds": self.wait_seconds,
                "handling_seconds": self.handling_seconds,
                "agent": np.array([*self.agents, ""])[self.agent],
            }
        )


def watch_contacts(model: Model, *, seed: int = 0, replication: int = 0) -> Contacts:
    """Run one replication event by event and note what becomes of every contact."""
    from floorwalker.science.simulation.kernel.layout import DONE, GROW
    from floorwalker.science.simulation.streams import Streams
    from floorwalker.science.simulation.tables import Tables
    from floorwalker.science.simulation.workspace import Workspace

    tables = Tables(model, 0.0)
    space, notes = Workspace(tables), _Notes()
    space.begin(Streams(model, seed).of(replication), tables.counting)
    while (ended := space.run(1)) != DONE:
        if ended == GROW:
            space.grow()
        else:
            notes.look(space.arrays["contacts"], float(space.centre["now"][0]))
    notes.look(space.arrays["contacts"], float(space.centre["now"][0]))
    names = tuple(agent.name for group in model.groups for agent in group.agents or ())
    return notes.contacts(model.type_names, names)


class _Notes:
    """What was seen of each contact so far, and which of them each slot holds."""

    def __init__(self) -> None:
        self.rows: list[list[float]] = []  # type, came, answered, ended, agent
        self.held: dict[int, int] = {}
        self.before: dict[str, NDArray[np.float64]] = {}

    def look(self, slots: NDArray[np.void], now: float) -> None:
        """Note what the last event changed."""
        from floorwalker.science.simulation.kernel.layout import FREE, HANDLING

        seen = {name: slots[name].copy() for name in ("state", "agent", "born")}
        if self.before and len(self.before["state"]) == len(slots):
            changed = np.zeros(len(slots), dtype=bool)
            for name, values in seen.items():
                changed |= values != self.before[name]
            places = np.flatnonzero(changed)
        else:
            places = np.arange(len(slots))
        for slot in places.tolist():
            state = int(seen["state"][slot])
            if state == FREE:
                if slot in self.held:
                    self.rows[self.held.pop(slot)][3] = now
                continue
            if slot not in self.held:
                self.held[slot] = len(self.rows)
                self.rows.append([float(slots["type"][slot]), float(seen["born"][slot]), np.nan, np.nan, -1.0])
            row = self.rows[self.held[slot]]
            if state == HANDLING and np.isnan(row[2]):
                row[2], row[4] = now, float(seen["agent"][slot])
        self.before = seen

    def contacts(self, types: tuple[str, ...], agents: tuple[str, ...]) -> Contacts:
        """All of them, in the order in which they came."""
        table = np.array(self.rows, dtype=np.float64).reshape(-1, 5)
        table = table[np.argsort(table[:, 1], kind="stable")]
        kind, came, answered, ended, agent = table.T
        return Contacts(types, agents, kind.astype(np.int64), came, answered, ended, agent.astype(np.int64))
