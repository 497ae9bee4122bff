"""What feedback rests on: checked when it is given, linked where its reader may open it, offered on the form.

A link is to a contact or an evaluation of this agent, or to a state of the phones or a witnessed moment with its
time. What is wrong and what is somebody else's get one answer, so that nobody learns what there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import feedback as rules
from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality import queries as quality
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, when_words
from floorwalker.kernel.periods import Period

OFFERED = 5  # contacts and evaluations each
AROUND = timedelta(days=3)  # published shifts so near say whether somebody was at work
LEEWAY = timedelta(hours=2)


@dataclass(frozen=True)
class Proof:
    """Something feedback can rest on, in words, with its address and the way to take it."""

    kind: str
    ref: str
    words: str
    url: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.ref}"


def proof(actor: Actor, agent: Agent, kind: str, ref: str) -> Proof | None:
    """The contact or evaluation of this agent that both may open; none for anything else, whatever it is."""
    ref = ref.strip()
    if kind == rules.CONTACT:
        contacts = quality.visible_conversations(actor).filter(agent=agent, key=ref)
        return next((_of_contact(*row) for row in contacts.values_list("pk", "key", "started_at")), None)
    if kind == rules.REVIEW and ref.isdecimal() and len(ref) < 10:
        reviews = quality.shown_reviews(actor, agent).filter(pk=int(ref))
        return next((_of_review(*row) for row in reviews.values_list("pk", "conversation__started_at")), None)
    return None


def _of_contact(pk: int, key: str, began: datetime) -> Proof:
    words = _("contact of %(day)s (%(key)s)") % {"day": day_words(began), "key": key}
    return Proof(rules.CONTACT, key, words, reverse("quality:conversation", args=[pk]))


def _of_review(pk: int, began: datetime) -> Proof:
    words = _("evaluation of the contact of %(day)s") % {"day": day_words(began)}
    return Proof(rules.REVIEW, str(pk), words, reverse("quality:review", args=[pk]))


def proofs_offered(actor: Actor, agent: Agent) -> list[Proof]:
    """The newest evaluations and contacts of an agent that their giver may point at."""
    reviews = quality.shown_reviews(actor, agent).order_by("-released_at", "-pk")
    contacts = quality.visible_conversations(actor).filter(agent=agent).order_by("-started_at", "-pk")
    return [
        *(_of_review(*row) for row in reviews.values_list("pk", "conversation__started_at")[:OFFERED]),
        *(_of_contact(*row) for row in contacts.values_list("pk", "key", "started_at")[:OFFERED]),
    ]


def was_here(agent: Agent, moment: datetime, at: datetime) -> bool:
    """Whether there was such a moment with this agent: past, and since they are here."""
    return moment <= at and people.today_of(agent, moment) >= agent.started_on


def was_at_work(agent: Agent, moment: datetime) -> bool:
    """Whether they were at work then, as far as shifts are published; somebody may begin early or stay longer."""
    near = offphone.shifts_of([agent.pk], Period(moment - AROUND, moment + AROUND)).get(agent.pk, [])
    days: dict[date, list[Period]] = {}
    for period, _group in near:
        days.setdefault(people.today_of(agent, period.start), []).append(period)
    # From the first to the last minute of a day: a break is no end of a shift.
    whole = [(min(p.start for p in each) - LEEWAY, max(p.end for p in each) + LEEWAY) for each in days.values()]
    return not whole or any(start <= moment <= end for start, end in whole)


def evidence_of(actor: Actor, feedback: Feedback) -> tuple[str, str]:
    """The evidence in words, and its address where this reader may open it."""
    kind = feedback.evidence_kind
    if not kind:
        return "", ""
    when = when_words(feedback.evidence_at) if feedback.evidence_at else ""
    if kind == rules.MOMENT:
        return _("witnessed %(when)s, %(place)s") % {"when": when, "place": feedback.evidence_place}, ""
    if kind == rules.STATE and feedback.evidence_ref == rules.PLANNED:
        return _("what was planned %(when)s") % {"when": when}, _shift_of(actor, feedback)
    if kind == rules.STATE:
        name = dict(Feedback.PhoneState.choices).get(feedback.evidence_ref, feedback.evidence_ref)
        words = _("state of the phones: %(state)s, from %(when)s") % {"state": name, "when": when}
        return words, _shift_of(actor, feedback)
    if found := proof(actor, feedback.agent, kind, feedback.evidence_ref):
        return found.words, found.url
    return str(feedback.get_evidence_kind_display()), ""


def _shift_of(actor: Actor, feedback: Feedback) -> str:
    """The agent finds the day in their own schedule; others beside it, where they see what was planned."""
    if feedback.evidence_at is None or feedback.agent.user_id != actor.user_id:
        return ""
    return reverse("schedules:mine_week", args=[people.today_of(feedback.agent, feedback.evidence_at)])


def url_to_give(actor: Actor, agent: Agent, kind: str, ref: str) -> str:
    """Where feedback on this begins, for who may give it to this agent; empty for everybody else."""
    if not actor.may(P.GIVE) or agent.user_id == actor.user_id or agent.left_on is not None:
        return ""
    if not people.visible_agents(actor, P.GIVE).filter(pk=agent.pk).exists():
        return ""
    return f"{reverse('coaching:give', args=[agent.pk])}?{urlencode({'evidence': f'{kind}:{ref}'})}"
