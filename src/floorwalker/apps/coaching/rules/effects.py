"""What is asked of talks and thanks: which events, over how long, and what a change worth speaking of is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

LEAST_PEOPLE = 12  # with an event and enough weeks around it
WEEKS_BACK = 52
CONFIDENCE = 0.9
# kind of a touch and its tone → what it is asked as
EVENTS: Mapping[tuple[str, str], str] = {
    ("one_to_one", ""): "one_to_one",
    ("group", ""): "group",
    ("feedback", "positive"): "feedback_positive",
    ("feedback", "corrective"): "feedback_corrective",
    ("thanks", "positive"): "thanks",
}
WITNESSED = "thanks_seen"  # by the team of whom it was said to
ASKED = (*dict.fromkeys(EVENTS.values()), WITNESSED)
# The smallest change worth speaking of, where the measure has a scale of its own; elsewhere a share of its level.
WORTH: Mapping[str, float] = {
    "quality_score": 3.0,
    "first_contact_resolution": 0.03,
    "conversion": 0.02,
    "adherence": 0.03,
}
WORTH_OF_LEVEL = 0.05


@dataclass(frozen=True)
class Width:
    """Periods of so many weeks, how many of them before and after an event are compared."""

    weeks: int
    before: int
    after: int


# What is measured weekly is compared by week; what is measured twice a month needs longer periods.
WIDTHS = (Width(1, 6, 4), Width(2, 4, 2), Width(4, 3, 2))
FILLED = 0.8  # of the periods between somebody's first and last figure


def asked_as(kind: str, tone: str) -> str:
    """The event a touch counts as; empty for what is not asked about."""
    return EVENTS.get((kind, tone), EVENTS.get((kind, ""), ""))


def worth_of(measure: str, level: float) -> float:
    """The smallest change worth speaking of."""
    return WORTH.get(measure, WORTH_OF_LEVEL * abs(level))


def people_needed(people: int, detectable: float | None, worth: float) -> int:
    """With how many people about these events could show a change worth speaking of.

    Four times as many people halve what can be told from chance.
    """
    if detectable is None:
        return LEAST_PEOPLE
    return max(LEAST_PEOPLE, ceil(people * (detectable / worth) ** 2))
