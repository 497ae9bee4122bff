"""What good service means: a share of contacts answered within a time, under a named definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from floorwalker.science.errors import InvalidInput


class Definition(StrEnum):
    """Which contacts count in a service level of "within T seconds". The four in use differ by many points."""

    LATE_ABANDONS = "late-abandons"  # answered within T ÷ (offered − abandoned within T); the default
    ALL_OFFERED = "all-offered"  # answered within T ÷ offered: every abandon counts against
    ANSWERED_ONLY = "answered-only"  # answered within T ÷ answered: no abandon counts
    QUICK_ABANDONS_MET = "quick-abandons-met"  # (answered + abandoned within T) ÷ offered


@dataclass(frozen=True)
class ServiceTarget:
    """``share`` (0-1) of contacts answered within ``seconds``, under ``definition``."""

    share: float
    """The share wanted, between 0 and 1."""
    seconds: float
    """The wait within which they are answered."""
    definition: Definition = Definition.LATE_ABANDONS
    """Which contacts count."""

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise InvalidInput(
                f"a service share of {self.share:g} is not between 0 and 1 (write 80/20 for 80 % in 20 s)"
            )
        if not 0 <= self.seconds < float("inf"):
            raise InvalidInput(f"a service time of {self.seconds:g} s is not possible; give 0 seconds or more")
        object.__setattr__(self, "definition", Definition(self.definition))

    @classmethod
    def parse(cls, text: str, definition: str = Definition.LATE_ABANDONS) -> ServiceTarget:
        """Read ``80/20`` (or ``80%/20s``) as 80 % within 20 seconds; ``0.8/20``, surely no 0.8 %, is refused."""
        found = re.fullmatch(r"\s*(\d+\.?\d*|\.\d+)\s*%?\s*/\s*(\d+\.?\d*|\.\d+)\s*s?\s*", text)
        if found is None:
            raise InvalidInput(f"service {text!r} is not PERCENT/SECONDS; write 80/20 for 80 % in 20 s")
        percent, seconds = (float(part) for part in found.groups())
        if not 1 <= percent < 100:
            raise InvalidInput(f"service {text!r} asks for {percent:g} %; give 1 to below 100, as in 80/20")
        if definition not in tuple(Definition):
            raise InvalidInput(f"definition {definition!r} is unknown; use one of {', '.join(Definition)}")
        return cls(percent / 100, seconds, Definition(definition))

    def __str__(self) -> str:
        return f"{100 * self.share:g}/{self.seconds:g}"

    def share_met(self, answered_within: float, abandoned_within: float, answered: float, offered: float) -> float:
        """The service level of these amounts (contacts, or shares of the offered); 1.0 where nothing counts."""
        if self.definition is Definition.LATE_ABANDONS:
            met, of = answered_within, offered - abandoned_within
        elif self.definition is Definition.ALL_OFFERED:
            met, of = answered_within, offered
        elif self.definition is Definition.ANSWERED_ONLY:
            met, of = answered_within, answered
        else:
            met, of = answered_within + abandoned_within, offered
        return met / of if of > 0 else 1.0
