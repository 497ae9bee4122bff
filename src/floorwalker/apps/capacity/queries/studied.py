"""The lines of a study: each lesson by rising number of people taught, the best lesson first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.queries.study_words import band, hours_words, to_whom


@dataclass(frozen=True)
class Taught:
    """So many of a group taught one skill, as computed."""

    plain: dict[str, Any]
    measure: str  # what lines are ranked by: contacts saved, answered in time, or value gained

    @property
    def skill(self) -> str:
        return str(self.plain["skill"])

    @property
    def group(self) -> str:
        return str(self.plain["group"])

    @property
    def agents(self) -> int:
        return int(self.plain["agents"])

    @property
    def gain(self) -> float:
        return float(self.plain[self.measure][0])

    @property
    def rank(self) -> float:
        """Of the measure, by an hour of training."""
        return self.gain / float(self.plain["training_hours"])

    @property
    def sure(self) -> bool:
        """Whether it can be told from nothing."""
        low = self.plain[self.measure][1]
        return low is not None and low > 0

    @property
    def loses(self) -> bool:
        """Whether it would surely bring less than nothing: callers won are worth less than those they displace."""
        high = self.plain[self.measure][2]
        return high is not None and high < 0


@dataclass(frozen=True)
class Lesson:
    """One skill taught to people of one group, by rising number of people."""

    lines: list[Taught]

    @property
    def rank(self) -> tuple[bool, float]:
        """The best line: sure ones before others, then what an hour of training brings."""
        return max((each.sure, each.rank) for each in self.lines)

    @property
    def advised(self) -> Taught:
        """As many as still bring half of what the first brought, each."""
        count = rules.how_many_to_teach([(each.agents, each.gain) for each in self.lines])
        return next(each for each in self.lines if each.agents == count)


@dataclass(frozen=True)
class Line:
    """One row of the table, in words."""

    skill: str
    whom: str
    saved: str
    in_time: str
    value: str
    replaced: str
    training_hours: float
    per_hour: float
    sure: bool
    loses: bool
    advised: bool
    near: str = ""  # what the group holds already that goes with the skill; said once a lesson


def lessons_of(found: dict[str, Any]) -> list[Lesson]:
    """The best first."""
    measure = "value_gained" if found.get("by_value") else found.get("measure", "contacts_saved")
    blocks: dict[tuple[str, str], list[Taught]] = {}
    for plain in found.get("lines", ()):
        blocks.setdefault((plain["skill"], plain["group"]), []).append(Taught(plain, measure))
    lessons = [Lesson(sorted(rows, key=lambda each: each.agents)) for rows in blocks.values()]
    return sorted(lessons, key=lambda each: each.rank, reverse=True)


def lines_of(
    found: dict[str, Any], currency: str, near: Mapping[tuple[str, str], str] | None = None
) -> list[Line]:
    """Every line, lesson by lesson: how its return diminishes stands below each other."""
    return [
        Line(
            skill=each.skill,
            whom=to_whom(each.agents, each.group),
            saved=band(each.plain["contacts_saved"]),
            in_time=band(each.plain["in_time_gained"]),
            value=band(each.plain["value_gained"], unit=currency),
            replaced=hours_words(each.plain),
            training_hours=each.plain["training_hours"],
            per_hour=each.rank,
            sure=each.sure,
            loses=each.loses,
            advised=each is lesson.advised and each.sure,
            near=(near or {}).get((each.skill, str(each.plain.get("home"))), "")
            if each is lesson.lines[0]
            else "",
        )
        for lesson in lessons_of(found)
        for each in lesson.lines
    ]
