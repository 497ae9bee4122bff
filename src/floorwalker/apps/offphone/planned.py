"""What somebody was planned to do on a day, told by the room above that publishes rosters (`readers.py`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor

WORK, BREAK, OFF_PHONES, TRAINING, AWAY, FREE = "work", "break", "off_phones", "training", "away", "free"
KINDS = (WORK, BREAK, OFF_PHONES, TRAINING, AWAY, FREE)


@dataclass(frozen=True)
class Piece:
    """A stretch of a day in which one thing was planned."""

    start: datetime
    end: datetime
    kind: str


@dataclass(frozen=True)
class PlannedDay:
    """A local day of an agent in pieces, none left out, and the page on which this reader finds it."""

    pieces: tuple[Piece, ...]
    url: str

    def at(self, moment: datetime) -> Piece | None:
        return next((each for each in self.pieces if each.start <= moment < each.end), None)


Plans = Callable[[Actor, Agent, date], PlannedDay | None]


@dataclass
class Resolver:
    plans: Plans | None = None


RESOLVER = Resolver()


def planned_by(plans: Plans) -> None:
    """Say what was planned for an agent on a day, as far as a reader sees it; none where nobody knows."""
    RESOLVER.plans = plans


def planned_day(actor: Actor, agent: Agent, day: date) -> PlannedDay | None:
    return RESOLVER.plans(actor, agent, day) if RESOLVER.plans else None
