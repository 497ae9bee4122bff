"""A number opened into the parts it is made of. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, isclose

from floorwalker.science.errors import InvalidInput


@dataclass(frozen=True)
class Part:
    """One part of a number: its name, its amount, and a sentence on how it was found."""

    name: str
    amount: float
    because: str


@dataclass(frozen=True)
class Explanation:
    """``total`` in ``unit``, exactly the sum of its parts."""

    subject: str
    total: float
    unit: str
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        found = fsum(part.amount for part in self.parts)
        if not isclose(found, self.total, rel_tol=1e-9, abs_tol=1e-9):
            raise InvalidInput(f"the parts of {self.subject!r} add up to {found}, not to {self.total}")

    def to_dict(self) -> dict[str, object]:
        parts = [{"name": p.name, "amount": p.amount, "because": p.because} for p in self.parts]
        return {"subject": self.subject, "total": self.total, "unit": self.unit, "parts": parts}
