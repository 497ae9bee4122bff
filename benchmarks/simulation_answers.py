"""What a simulator of the benchmark answers about one model, with its bands, so that who agrees can be seen.

Everybody simulates days of ``DAY_HOURS`` that begin empty; a band is the 95 % one of those days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

import numpy as np
from scipy.stats import t

DAY_HOURS = 5
WITHIN_SECONDS = 20.0
AT_99 = 1.31  # half the 99 % band, in halves of the 95 % band


class Day(NamedTuple):
    """Contacts offered, abandoned, answered, answered within 20 seconds; seconds the answered waited."""

    offered: float
    abandoned: float
    answered: float
    in_time: float
    waited: float


@dataclass(frozen=True)
class Share:
    """A sum over days by another, and half its 95 % band (of a ratio of means; nan of a single day)."""

    value: float
    half: float

    @classmethod
    def of(cls, part: np.ndarray, whole: np.ndarray) -> Share:
        value = float(part.sum() / whole.sum())
        if len(part) < 2:
            return cls(value, float("nan"))
        apart = (part - value * whole).std(ddof=1) / whole.mean() / len(part) ** 0.5
        return cls(value, float(t.ppf(0.975, len(part) - 1) * apart))

    def agrees(self, other: Share) -> bool:
        """Whether no more than chance lies between the two, at 99 %; with a single day nobody can say."""
        return abs(self.value - other.value) <= AT_99 * hypot(self.half, other.half)

    def said(self, digits: int) -> str:
        return f"{self.value:.{digits}f} ± {self.half:.{digits}f}" if self.half else f"{self.value:.{digits}f}"


@dataclass(frozen=True)
class Answers:
    """The three a planner asks for, and how many contacts they rest on."""

    contacts: float
    abandoned: Share
    in_time: Share
    wait: Share

    @classmethod
    def of(cls, days: Iterable[Day]) -> Answers:
        offered, abandoned, answered, in_time, waited = np.array(list(days), dtype=float).T
        return cls(
            float(offered.sum()),
            Share.of(abandoned, offered),
            Share.of(in_time, offered),
            Share.of(waited, answered),
        )

    def row(self) -> dict[str, str]:
        return {
            "abandoned": self.abandoned.said(4),
            "answered within 20 s": self.in_time.said(3),
            "mean wait, s": self.wait.said(1),
        }

    def agreement(self, ours: Answers) -> str:
        pairs = [(self.abandoned, ours.abandoned), (self.in_time, ours.in_time), (self.wait, ours.wait)]
        return f"{sum(mine.agrees(other) for mine, other in pairs)} of 3"
