"""The memory of one run at a time: tables shared with everybody, and arrays of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from floorwalker.science.simulation.kernel import layout, measured
from floorwalker.science.simulation.kernel.entry import BEGIN, FREE_SLOTS, RUN, door
from floorwalker.science.simulation.model import AgentChoice, QueueChoice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from floorwalker.science.simulation.streams import Chances
    from floorwalker.science.simulation.tables import Tables

FIRST_SLOTS = 1_024
NO_LIMIT = 1 << 62


class Workspace:
    """Keeps every array the kernel reaches by address. One run at a time, as many runs as one likes."""

    def __init__(self, tables: Tables) -> None:
        kinds, groups, periods = len(tables.types), len(tables.groups), len(tables.borders) - 1
        lists = int(tables.groups["chats"].sum())
        self.enter = door()
        self.arrays: dict[str, NDArray[Any]] = {
            **tables.arrays(),
            "expected": np.zeros((kinds, periods)),
            "arriving": np.zeros(kinds, dtype=layout.ARRIVING),
            "queues": np.zeros(2 * kinds, dtype=layout.QUEUES),
            "desks": np.zeros(groups, dtype=layout.DESKS),
            "lists": np.zeros(lists, dtype=layout.LISTS),
            "agents": tables.agents.copy(),
            "contacts": np.zeros(FIRST_SLOTS, dtype=layout.CONTACTS),
            "heap": np.zeros(FIRST_SLOTS, dtype=layout.HEAP),
            "answers": np.zeros((kinds, layout.LAST_ANSWERS)),
            "by_type": np.zeros((kinds, periods + 1, len(measured.TYPE_MEASURES))),
            "by_group": np.zeros((groups, periods + 1, len(measured.GROUP_MEASURES))),
            "taken": np.zeros((kinds, groups)),
            "waits": np.zeros((kinds, tables.wait_rows, 2, layout.BINS)),
            "group_waits": np.zeros((groups * tables.detail, layout.BINS)),
        }
        self.centre = np.zeros(1, dtype=layout.CENTRE)
        routing = tables.model.routing
        people, events = len(tables.agents), len(tables.agenda)
        counts = (kinds, periods, tables.wait_rows, groups, lists, people, events, FIRST_SLOTS)
        settings = (
            list(AgentChoice).index(routing.agents),
            list(QueueChoice).index(routing.queues),
            NO_LIMIT if routing.lines is None else routing.lines,
            int(tables.detail),
        )
        for name, value in zip((*layout.COUNTS_OF, *layout.SETTINGS), (*counts, *settings), strict=True):
            self.centre[name] = value
        self.centre["end"] = tables.borders[-1]
        for name in layout.TABLES:
            self._put(name, self.arrays[name])

    def _put(self, name: str, array: NDArray[Any]) -> None:
        if not array.flags.c_contiguous:
            raise AssertionError(f"the kernel reads {name} as one piece of memory")
        self.arrays[name] = array
        self.centre[name] = array.ctypes.data

    def begin(self, chances: Chances, counting: int) -> None:
        """A new run from the first second on."""
        self.arrays["arriving"]["key"] = chances.keys
        self.arrays["expected"][:] = chances.expected
        self.enter(self.centre, BEGIN, counting)

    def run(self, events: int) -> int:
        """Run on; tells how it ended."""
        return self.enter(self.centre, RUN, events)

    def grow(self) -> None:
        """Twice as many slots for contacts; what is in them stays."""
        slots = len(self.arrays["contacts"])
        for name in ("contacts", "heap"):
            self._put(name, np.concatenate([self.arrays[name], np.zeros_like(self.arrays[name])]))
        self.centre["slots"] = 2 * slots
        self.enter(self.centre, FREE_SLOTS, slots)
