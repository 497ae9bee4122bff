"""Feedback as pages, files and notices show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from floorwalker.apps.accounts.models import User
from floorwalker.apps.coaching.models import Behaviour, Feedback, FloorSetting, OneToOne, Opening, Touch
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.queries.sight import (
    visible_behaviours,
    visible_feedback,
    visible_hand_ons,
    visible_openings,
    visible_replies,
    visible_touches,
)
from floorwalker.apps.coaching.queries.talk_sight import visible_talks
from floorwalker.apps.coaching.rules import feedback as rules
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Message
from floorwalker.kernel.paging import Rows, page_of


def list_feedback(actor: Actor, side: str) -> QuerySet[Feedback]:
    """`mine`: said to me; `written`: by me; `handed`: others wrote it, and its agent let me read it."""
    found = visible_feedback(actor).select_related("agent", "author", "behaviour")
    if side == "mine":
        return found.filter(agent__user=actor.user_id)
    if side == "written":
        return found.filter(author=actor.user_id)
    return found.filter(handed_on__to=actor.user_id).exclude(author=actor.user_id)


@dataclass(frozen=True)
class AboutAgent:
    """What one person may know of the talk with an agent: the words they may read, and how much attention."""

    agent: Agent
    feedback: Rows[Feedback]
    touches: list[tuple[str, int, datetime]]  # kind, how often, last time


def about_agent(actor: Actor, agent: Agent, **place: Any) -> AboutAgent:
    found = visible_feedback(actor).filter(agent=agent).select_related("agent", "author", "behaviour")
    return AboutAgent(agent, page_of(found, ("-at", "-pk"), **place), given_to(actor, agent))


def given_to(actor: Actor, agent: Agent) -> list[tuple[str, int, datetime]]:
    """How an agent in sight was given attention: each kind with how often and the last time."""
    rows: dict[str, list[datetime]] = {}
    for kind, at in visible_touches(actor).filter(agent=agent).order_by("-at").values_list("kind", "at"):
        rows.setdefault(kind, []).append(at)
    return [(str(Touch.Kind(kind).label), len(times), times[0]) for kind, times in rows.items()]


def behaviours_offered(actor: Actor) -> QuerySet[Behaviour]:
    return visible_behaviours(actor, P.SEE_BEHAVIOURS).filter(archived=False).order_by("-side", "name")


def times_before(agent_id: int, behaviour_id: int, on: date) -> int:
    """How often this behaviour of this agent was answered before by a step that counts on that day.

    By whomever, and whoever asks: an analyst counts what a supervisor said, else the same behaviour would begin
    anew with everybody who notices it. A count and no words.
    """
    counts = Q(expires_on=None) | Q(expires_on__gt=on)
    return Touch.objects.filter(
        counts, agent=agent_id, behaviour=behaviour_id, tone="corrective", taken_back_at=None
    ).count()


def months_steps_count(site_id: int) -> int:
    """How many months a step of a response counts at a site."""
    kept = FloorSetting.objects.filter(site=site_id).values_list("steps_months", flat=True).first()
    return kept or rules.STEPS_COUNT_MONTHS


def steps_expiring(on: date) -> QuerySet[Feedback]:
    """Feedback whose step counts no more since that day or the day before, of agents who can read it."""
    since = on - timedelta(days=2)  # a job that did not run for a night tells it the next
    rows = Feedback.objects.filter(expires_on__lte=on, expires_on__gt=since, agent__user__isnull=False)
    return rows.select_related("agent").order_by("pk")


def expiry_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The notice of a step that counts no more; which one is read on its page."""
    found = visible_feedback(actor).filter(pk=ref[1], agent__user=actor.user_id).first()
    if found is None or found.expires_on is None:
        return None
    return _("A step of a response to you counts no more: the next is a first time again, whoever gives it.")


def leads_of(agent: Agent) -> QuerySet[User]:
    """Who leads this agent now, by name."""
    return User.objects.filter(pk__in=people.leads_of(agent)).order_by("name", "pk")


def messages_of(actor: Actor, feedback: Feedback) -> list[Message]:
    """What was said and answered, and who was let in to read it, in order."""
    found = [
        Message(feedback.author.name, feedback.at, text=feedback.words, mine=feedback.author_id == actor.user_id)
    ]
    found += [
        Message(each.by.name, each.at, text=each.words, mine=each.by_id == actor.user_id)
        for each in visible_replies(actor).filter(feedback=feedback).select_related("by")
    ]
    for each in visible_hand_ons(actor).filter(feedback=feedback).select_related("to"):
        event = _("handed on to %(name)s") % {"name": each.to.name}
        found.append(Message(feedback.agent.name, each.at, event=event))
    return sorted(found, key=lambda each: each.at)


def openings_of(actor: Actor) -> QuerySet[Opening]:
    """What was opened, the newest first."""
    return visible_openings(actor).select_related("agent", "by").order_by("-at", "-pk")


def opened_feedback(actor: Actor, opening: Opening) -> QuerySet[Feedback]:
    """What an opening lets its own opener read while it stands."""
    found = visible_feedback(actor).filter(agent=opening.agent_id, at__lte=opening.at)
    return found.select_related("agent", "author", "behaviour").order_by("-at", "-pk")


def opened_talks(actor: Actor, opening: Opening) -> QuerySet[OneToOne]:
    """The one-to-ones of whom an opening is about, as far as its opener reads them."""
    found = visible_talks(actor).filter(agent=opening.agent_id, made_at__lte=opening.at)
    return found.select_related("agent", "lead").order_by("-made_at", "-pk")


def who_can_be_opened(actor: Actor) -> QuerySet[Agent]:
    return people.visible_agents(actor, P.BREAK_GLASS).select_related("team").order_by("name", "pk")


def counts_given(actor: Actor, zone: str) -> Iterator[tuple[str, str, str, int, int, int, int]]:
    """Month, agent, kind, how often positive, how often corrective, minutes; for a file, without a word."""
    rows = (
        visible_touches(actor)
        .annotate(month=TruncMonth("at", tzinfo=ZoneInfo(zone)))
        .values("month", "agent__number", "kind")
        .annotate(
            n=Count("pk"),
            positive=Count("pk", filter=Q(tone="positive")),
            corrective=Count("pk", filter=Q(tone="corrective")),
            spent=Sum("minutes", default=0),
        )
        .order_by("-month", "agent__number", "kind")
    )
    for row in rows:
        month, agent = f"{row['month']:%Y-%m}", row["agent__number"]
        yield month, agent, row["kind"], row["n"], row["positive"], row["corrective"], row["spent"]


def feedback_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice: that something was said, not what."""
    found = visible_feedback(actor).filter(pk=ref[1]).select_related("author", "agent").first()
    if found is None:
        return None
    if found.agent.user_id == actor.user_id:
        return _("%(name)s wrote you feedback.") % {"name": found.author.name}
    return _("%(name)s lets you read feedback they were given.") % {"name": found.agent.name}


def reply_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    found = visible_feedback(actor).filter(pk=ref[1]).select_related("author", "agent").first()
    if found is None:
        return None
    other = found.author.name if found.agent.user_id == actor.user_id else found.agent.name
    return _("%(name)s answered in a talk about feedback.") % {"name": other}


def opening_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The agent reads who and why; an author reads that what they wrote was opened."""
    found = visible_openings(actor).filter(pk=ref[1]).select_related("by").first()
    if found is not None:
        said = {"name": found.by.name, "why": found.why}
        return (
            _("%(name)s of HR opened the feedback written to you and your one-to-ones. The reason: %(why)s") % said
        )
    if visible_talks(actor).filter(lead=actor.user_id, agent__feedback_openings=ref[1]).exists():
        return _("HR opened the one-to-ones you hold with somebody, with a reason the agent was told.")
    if visible_feedback(actor).filter(author=actor.user_id, agent__feedback_openings=ref[1]).exists():
        return _("HR opened feedback that you wrote, with a reason the agent was told.")
    return None
