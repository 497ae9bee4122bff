"""What a goal can be set for, and what must stand beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

UP, DOWN = "up", "down"
POINTS, SHARE, SECONDS, AN_HOUR = "points", "share", "seconds", "an hour"


@dataclass(frozen=True)
class Measure:
    """A figure of one agent and day. ``weighs`` says what a day counts by: evaluations, contacts, hours.

    ``speed`` measures are never a goal alone: whoever is only asked to be fast stops listening. ``watched`` ones
    are no goal at all: they show what a goal or a contest may cost.
    """

    key: str
    unit: str
    better: str
    weighs: str
    speed: bool = False
    quality: bool = False
    watched: bool = False


MEASURES: Mapping[str, Measure] = {
    each.key: each
    for each in (
        Measure("quality_score", POINTS, UP, "evaluations", quality=True),
        Measure("first_contact_resolution", SHARE, UP, "contacts", quality=True),
        Measure("satisfaction", POINTS, UP, "surveys", quality=True),
        Measure("conversion", SHARE, UP, "contacts"),
        Measure("adherence", SHARE, UP, "hours"),
        Measure("contacts_per_hour", AN_HOUR, UP, "hours", speed=True),
        Measure("handling_seconds", SECONDS, DOWN, "contacts", speed=True),
        Measure("after_contact_seconds", SECONDS, DOWN, "contacts", speed=True),
        Measure("transfers", SHARE, DOWN, "contacts", watched=True),
        Measure("short_calls", SHARE, DOWN, "contacts", watched=True),
    )
}
NOT_FOR_CONTRACTORS = ("adherence",)
AIMED_AT = tuple(key for key, each in MEASURES.items() if not each.watched)  # what goals are set for


def pair_is_right(measure: str, pair: str) -> bool:
    """Speed stands beside a measure of quality; anything else may stand alone."""
    if measure not in AIMED_AT or (pair and (pair not in AIMED_AT or pair == measure)):
        return False
    return not MEASURES[measure].speed or (bool(pair) and MEASURES[pair].quality)


def at_least_as_good(value: float, than: float, better: str) -> bool:
    """Whether ``value`` reaches ``than`` in the direction that is better."""
    return value >= than if better == UP else value <= than
