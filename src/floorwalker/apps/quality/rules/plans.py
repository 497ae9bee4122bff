"""Plans of drawing: which part of a period an agent is in, what filters let through, why nothing was drawn."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from typing import Any

MOST_PER_PERIOD = 10
ACTIVE, PAUSED = "active", "paused"
NO_CONTACT, FILTERED, TAKEN, AWAY, NEW, LEFT, NO_FORM, NOBODY = (
    "no_contact", "filtered", "taken", "away", "new", "left", "no_form", "nobody",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One of the equal parts of an agent's periods; a contact of it is drawn once it is over."""

    number: int
    start: datetime
    end: datetime
    period_start: datetime  # a whole period before the end


def part_of(
    *, begins: datetime, cadence: int, per_period: int, seed: int, agent: int, at: datetime
) -> Part | None:
    """The last part that is over. Each agent's parts begin at a chance of their own, so that work comes evenly."""
    length = timedelta(days=cadence) / per_period
    ahead = random.Random(f"{seed}:{agent}").random()
    number = floor((at - begins) / length - ahead)
    if number < 0:
        return None
    end = begins + length * (number + ahead)
    return Part(number, end - length, end, end - timedelta(days=cadence))


def seed_of(seed: int, agent: int, part: int, again: int) -> int:
    """The seed of one draw; who knows the plan's can draw it again."""
    return random.Random(f"{seed}:{agent}:{part}:{again}").randrange(2**31)


@dataclass(frozen=True)
class Filters:
    """Which contacts may be drawn; what is empty leaves nothing out. Hours may go past midnight."""

    shortest: int | None = None  # seconds
    longest: int | None = None
    reasons: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    from_hour: int | None = None
    until_hour: int | None = None

    def __bool__(self) -> bool:
        return self != Filters()

    def to_json(self) -> dict[str, Any]:
        named = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in named.items() if value
                not in (None, ())}  # fmt: skip

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Filters:
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()})

    def flaw(self) -> str:
        """What cannot be meant: a code for the pages, empty for nothing."""
        if self.shortest is not None and self.longest is not None and self.shortest > self.longest:
            return "lengths"
        if (self.from_hour is None) != (self.until_hour is None):
            return "one_hour"
        if self.from_hour is not None and self.from_hour == self.until_hour:
            return "no_hours"
        return ""

    def hours(self) -> tuple[int, ...]:
        """The hours of the day in which a contact may begin; none: any."""
        if self.from_hour is None or self.until_hour is None:
            return ()
        span = (self.until_hour - self.from_hour) % 24
        return tuple((self.from_hour + n) % 24 for n in range(span))


@dataclass(frozen=True)
class Contact:
    """A contact of an agent, as far as drawing cares."""

    at: datetime
    fits: bool
    taken: bool  # reviewed before


def why_not(contacts: Sequence[Contact], *, started: datetime, part: Part, away: bool) -> str:
    """Why nothing could be drawn of these contacts of an agent's last period."""
    if any(each.fits for each in contacts):
        return TAKEN
    if contacts:
        return FILTERED
    if started > part.start:
        return NEW
    return AWAY if away else NO_CONTACT


def fairest(loads: Mapping[int, tuple[bool, int, str]]) -> int | None:
    """Who evaluates next: analysts before leads, then whoever has the least, by name where it is the same."""
    return min(loads, key=lambda user: (not loads[user][0], *loads[user][1:], user), default=None)
