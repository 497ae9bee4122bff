"""A rule of somebody's own, as the guide shows it."""

from dataclasses import dataclass
from typing import ClassVar

from floorwalker.science.rostering import Breach


@dataclass(frozen=True)
class FewEvenings:
    most: int = 2
    name: ClassVar[str] = "few evenings"

    def is_evening(self, shift):
        return shift.start_minute + shift.length_minutes > 17 * 60

    def breaches(self, roster):
        for person, duties in roster.duties_by_person.items():
            evenings = [d for d in duties if self.is_evening(roster.shift_by_name[d.shift])]
            if len(evenings) > self.most:
                yield Breach(self.name, person, None, f"{person} has {len(evenings)} evenings")

    def sentence(self):
        return f"Nobody has more than {self.most} evenings."
