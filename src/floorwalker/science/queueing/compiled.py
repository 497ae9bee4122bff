"""The kernel compiled for arrays, on first use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from floorwalker.science.queueing import kernel

PARTS = (
    kernel.bend,
    kernel.poisson,
    kernel.loss,
    kernel.reach_above,
    kernel.reach_below,
    kernel.stretch,
    kernel.piece,
    kernel.palm,
    kernel.service_level,
    kernel.with_patience,
    kernel.without_patience,
    kernel.whole,
    kernel.measures,
    kernel.goals_met,
    kernel.smallest,
)


@dataclass(frozen=True)
class Compiled:
    """The two loops over rows, as machine code."""

    measure_rows: Callable[..., None]
    staff_rows: Callable[..., None]


@cache
def compiled() -> Compiled:
    """Compile the kernel, or fetch it from Numba's cache where one can be written."""
    from numba.extending import register_jitable

    for part in PARTS:
        register_jitable(part)
    return Compiled(machine_code(kernel.measure_rows), machine_code(kernel.staff_rows))


def machine_code(loop: Callable[..., None]) -> Callable[..., None]:
    """The function compiled, from and into Numba's cache if a folder for one can be written."""
    from numba import njit

    cached: Any = njit(cache=True)
    uncached: Any = njit
    try:
        return cast("Callable[..., None]", cached(loop))
    except RuntimeError:  # "no locator available": compile anew in each process
        return cast("Callable[..., None]", uncached(loop))
