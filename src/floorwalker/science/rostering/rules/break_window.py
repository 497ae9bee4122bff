"""The meal is taken, and within its window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from floorwalker.science.rostering.model import Breach, Roster


@dataclass(frozen=True)
class BreakWindow:
    """A shift with a meal has one, starting within the shift's window; a shift without a meal has none.

    ``margin_minutes`` keeps the meal that much further from both ends of the window.
    """

    margin_minutes: int = 0
    name: ClassVar[str] = "break window"

    def breaches(self, roster: Roster) -> Iterator[Breach]:
        for duty in roster.duties:
            shift = roster.shift_by_name[duty.shift]
            day = f"{roster.grid.dates[duty.day]:%A %Y-%m-%d}"
            if not shift.meal_minutes:
                if duty.meal_minute is not None:
                    text = f"{duty.person} has a meal in {duty.shift} on {day}, a shift without one"
                    yield Breach(self.name, duty.person, duty.day, text)
            elif duty.meal_minute is None:
                yield Breach(
                    self.name, duty.person, duty.day, f"{duty.person} has no meal in {duty.shift} on {day}"
                )
            elif not self.holds(shift.meal_earliest, shift.meal_latest, duty.meal_minute - shift.start_minute):
                text = f"{duty.person} eats in {duty.shift} on {day}, outside the window of that shift"
                yield Breach(self.name, duty.person, duty.day, text)

    def holds(self, earliest: int, latest: int, after: int) -> bool:
        """Whether a meal ``after`` minutes into the shift lies within the window."""
        return earliest + self.margin_minutes <= after <= latest - self.margin_minutes

    def sentence(self) -> str:
        return "Every long shift has its meal, taken within the window of that shift."
