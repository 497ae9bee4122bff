"""The one door into the compiled kernel, kept in Numba's cache between processes.

Numba looks only at the file of a cached function, not at those it calls. So the sources of all parts stand, as one
number, in the closure of the door: Numba makes closures part of the key, and a change in any part is noticed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any, cast

from numba import njit
from numpy.typing import NDArray

from floorwalker.science.simulation.kernel import (
    agenda,
    arriving,
    beginning,
    chains,
    counting,
    crew,
    handling,
    heap,
    in_queue,
    jit,
    layout,
    loop,
    luck,
    matching,
    measured,
    memory,
    promised,
    waiting,
)
from floorwalker.science.simulation.kernel.beginning import begin, free_slots
from floorwalker.science.simulation.kernel.jit import OPTIONS
from floorwalker.science.simulation.kernel.loop import run

PARTS = (
    agenda,
    arriving,
    beginning,
    chains,
    counting,
    crew,
    handling,
    heap,
    in_queue,
    jit,
    layout,
    loop,
    luck,
    matching,
    measured,
    memory,
    promised,
    waiting,
)
BEGIN, RUN, FREE_SLOTS = range(3)
Door = Callable[[NDArray[Any], int, int], int]


def stamp() -> int:
    """One number of all sources."""
    return int(sha256("".join(inspect.getsource(part) for part in PARTS).encode()).hexdigest()[:15], 16)


@cache
def door() -> Door:
    """``door(centre, what, number)``: begin a run, run on for so many events, or add free slots from one on."""
    sources = stamp()

    def enter(centre: NDArray[Any], what: int, number: int) -> int:
        s = centre[0]
        if what == BEGIN:
            begin(s, number)
        elif what == RUN:
            return run(s, number)
        elif what == FREE_SLOTS:
            free_slots(s, number)
        return 0 * sources

    cached: Any = njit(cache=True, **OPTIONS)
    uncached: Any = njit(**OPTIONS)
    try:
        return cast(Door, cached(enter))
    except RuntimeError:  # "no locator available": nowhere to write, compile anew in each process
        return cast(Door, uncached(enter))
