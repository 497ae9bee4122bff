"""How the parts of the kernel become machine code. Importing this loads Numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "boundscheck": False}
INSIDE: dict[str, Any] = {**OPTIONS, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # no door of its own


def jitted(function: F) -> F:
    """A part that is called: off the main road, or from several places."""
    return cast(F, njit(**INSIDE)(function))


def inlined(function: F) -> F:
    """A part that stands in the loop itself: what every contact passes."""
    return cast(F, njit(forceinline=True, **INSIDE)(function))
