"""What sets one person, evaluator or item apart from the mean, with how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Effect:
    """How many points above or below the mean of all, with its interval; ``silent`` says why there is none."""

    name: str
    evaluations: int
    points: float | None
    low: float | None
    high: float | None
    silent: str = ""


def effects(
    names: list[str],
    counts: npt.NDArray[np.intp],
    points: npt.NDArray[np.float64],
    reach: npt.NDArray[np.float64],
    silent: dict[int, str],
    least: int,
) -> tuple[Effect, ...]:
    """One each, in the order of ``names``; ``reach`` is half an interval; nothing is said below ``least``."""
    said = []
    for code, name in enumerate(names):
        count, why = int(counts[code]), silent.get(code, "")
        if count < least:
            why = f"{count} evaluations; {least} are needed"
        if why:
            said.append(Effect(name, count, None, None, None, why))
        else:
            middle, half = float(points[code]), float(reach[code])
            said.append(Effect(name, count, middle, middle - half, middle + half))
    return tuple(said)
