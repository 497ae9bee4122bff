"""What was planned for an agent at the minute feedback speaks of, in words, beside what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.coaching.rules import feedback as rules
from floorwalker.apps.offphone.planned import Piece, PlannedDay, planned_day
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import span_words

NAMES = {
    "work": gettext_lazy("work on the phones"),
    "break": gettext_lazy("a break"),
    "off_phones": gettext_lazy("time off the phones"),
    "training": gettext_lazy("a training"),
    "away": gettext_lazy("a day away"),
    "free": gettext_lazy("no work"),
}


@dataclass(frozen=True)
class PlannedThen:
    """What was planned at a minute; ``as_planned`` says whether what was seen is that, where both are known."""

    piece: Piece
    words: str
    url: str
    as_planned: bool | None = None


def plan_then(actor: Actor, agent: Agent, moment: datetime) -> PlannedThen | None:
    """As published, for whoever sees the agent's roster; of a contractor nobody looks at it."""
    found = _day(actor, agent, people.today_of(agent, moment))
    piece = found.at(moment) if found else None
    return PlannedThen(piece, piece_words(piece), found.url) if found and piece else None


def planned_at(actor: Actor, feedback: Feedback) -> PlannedThen | None:
    """Beside the words of feedback that rests on a state."""
    if feedback.evidence_kind != rules.STATE or feedback.evidence_at is None:
        return None
    found = plan_then(actor, feedback.agent, feedback.evidence_at)
    if found is None or feedback.evidence_ref == rules.PLANNED:
        return found
    as_planned = rules.as_planned(feedback.evidence_ref, found.piece.kind)
    return PlannedThen(found.piece, found.words, found.url, as_planned)


def pieces_offered(actor: Actor, agent: Agent, day: date, at: datetime) -> Sequence[Piece]:
    """What feedback can point at of that day: what was planned and has begun."""
    found = _day(actor, agent, day)
    return [each for each in found.pieces if each.start <= at and each.kind != "free"] if found else []


def piece_words(piece: Piece) -> str:
    """“a break, Tue 3 Mar, 12:00–12:30”."""
    kind, when = NAMES[piece.kind], span_words(piece.start, piece.end)
    return _("%(kind)s, %(when)s") % {"kind": kind, "when": when}


def _day(actor: Actor, agent: Agent, day: date) -> PlannedDay | None:
    if agent.engagement == Agent.Engagement.CONTRACTOR:
        return None
    return planned_day(actor, agent, day)
