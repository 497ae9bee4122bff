"""The kernel compiled for arrays, on first use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

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
    return Compiled(_compile(kernel.measure_rows), _compile(kernel.staff_rows))


def _compile(loop: Callable[..., None]) -> Callable[..., None]:
    from numba import njit

    compile_loop: Any = njit(cache=True, error_model="python")
    try:
        return compile_loop(loop)  # type: ignore[no-any-return]
    except RuntimeError:  # no folder for a cache: compile anew in each process
        return njit(loop)  # type: ignore[no-any-return]
