"""Giving feedback, answering it, handing it on, and opening it with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.events import FeedbackGiven
from floorwalker.apps.coaching.models import Behaviour, Feedback, FeedbackReply, HandOn, OneToOne, Opening
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import feedback as rules
from floorwalker.apps.coaching.rules.delicate import delicate
from floorwalker.apps.coaching.services.touches import note_touch
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.scoping import pick

FEEDBACK_KIND = "coaching.feedback"
REPLY_KIND = "coaching.reply"
EXPIRED_KIND = "coaching.expired"
OPENED_KIND = "coaching.opened"
OPEN_FOR = timedelta(hours=24)


class EvidenceMissing(Refused):
    code = "coaching_evidence_missing"
    text = _("{missing}")


class EvidenceNotFound(Refused):
    code = "coaching_evidence_not_found"
    text = _("{missing}")


class NothingToReferTo(Refused):
    code = "coaching_expectation_missing"
    text = _("Name the behaviour or the expectation this is about, so that both of you know what was agreed.")


class WrongSide(Refused):
    code = "coaching_wrong_side"
    text = _("“{behaviour}” is {side}; choose another behaviour or the other kind of feedback.")


class WordsMissing(Refused):
    code = "coaching_words_missing"
    text = _("Write what you saw or heard, in words the other side can answer.")


class DelicateWords(Refused):
    code = "coaching_delicate_words"
    text = _(
        "“{words}” may tell of health, family, religion or a union. Say only what you saw at work; "
        "if it belongs here all the same, say so and save it once more."
    )


class AsPlanned(Refused):
    code = "coaching_as_planned"
    text = _(
        "For {name} that time was planned as {planned}. To be corrected for keeping to the plan would be unfair; "
        "if it is about something else, say so and save it once more."
    )


class HasLeft(Refused):
    code = "coaching_agent_has_left"
    status = 409
    text = _("{name} has left; nothing more is written to them.")


class OnlyTheAgent(Refused):
    code = "coaching_only_the_agent"
    status = 409
    text = _("Only the agent it was said to hands it on, and only to whoever leads them now.")


class OnlyTheTwo(Refused):
    code = "coaching_only_the_two"
    status = 409
    text = _("Only the agent and the author answer here.")


class ReasonMissing(Refused):
    code = "coaching_reason_missing"
    text = _("Write why you have to open it; the agent reads the reason.")


MISSING = {
    "evidence": _(
        "Corrective feedback names its evidence: a contact, an evaluation, a state, or a moment you saw."
    ),
    "link": _("Name the contact or evaluation, so that both of you can look at it."),
    "state": _("Name the state and say when it began, so that both of you can look it up."),
    "moment": _("Say when and where you saw it; a moment is its own evidence only with its time and place."),
}
NOT_FOUND = {
    rules.CONTACT: _(
        "There is no contact of {name} by that key that you can both open. Choose one of those shown, or begin "
        "with “Give feedback on this” on its page."
    ),
    rules.REVIEW: _(
        "There is no evaluation of {name} by that number that you can both open. Choose one of those shown, or "
        "begin with “Give feedback on this” on its page."
    ),
    rules.STATE: _(
        "There is no such state of {name} at that time. Choose a state, and a time at work that is past."
    ),
    rules.MOMENT: _("There was no such moment: name a time that is past, since {name} is here."),
}
NO_STATES = _("{name} is an independent contractor; nobody looks at their states. Name what you saw or heard.")


def _checked(by: Actor, agent: Agent, kind: str, ref: str, moment: datetime | None, at: datetime) -> str:
    """What the evidence is called where it is kept; refused where there is none of this agent both may open."""
    if not kind:
        return ""
    if kind == rules.STATE and agent.engagement == Agent.Engagement.CONTRACTOR:
        raise EvidenceNotFound(missing=str(NO_STATES).format(name=agent.name))
    found: str | None = None
    if kind in rules.LINKS:
        known = queries.proof(by, agent, kind, ref)
        found = known.ref if known else None
    elif moment is not None and queries.was_here(agent, moment, at):
        if kind == rules.MOMENT:
            found = ""
        elif kind == rules.STATE and _is_state(by, agent, ref.strip(), moment):
            found = ref.strip()
    if found is None:
        raise EvidenceNotFound(missing=str(NOT_FOUND.get(kind, NOT_FOUND[rules.MOMENT])).format(name=agent.name))
    return found


def _is_state(by: Actor, agent: Agent, ref: str, moment: datetime) -> bool:
    """A state of the phones while they were at work, or a piece of the plan its giver may look at."""
    if ref == rules.PLANNED:
        return queries.plan_then(by, agent, moment) is not None
    return ref in Feedback.PhoneState.values and queries.was_at_work(agent, moment)


def _fair(by: Actor, agent: Agent, kind: str, ref: str, moment: datetime | None) -> None:
    """Ask once more before somebody is corrected for what was planned for them."""
    then = queries.plan_then(by, agent, moment) if moment is not None else None
    if then and rules.unfair(kind, ref, then.piece.kind):
        raise AsPlanned(name=agent.name, planned=then.words)


@transaction.atomic
def give(
    *,
    agent_id: int,
    kind: str,
    words: str,
    by: Actor,
    at: datetime,
    behaviour_id: int | None = None,
    rung: int | None = None,
    expectation: str = "",
    evidence_kind: str = "",
    evidence_ref: str = "",
    evidence_at: datetime | None = None,
    evidence_place: str = "",
    meant: bool = False,
    despite_plan: bool = False,
) -> Feedback:
    """Say something to an agent about a behaviour or an expectation. Nobody but the two reads it.

    Corrective feedback without evidence is refused, and so is evidence that is not this agent's or that its giver
    may not open. Words on health, family, religion or unions are asked about once; ``meant`` says that they belong
    there. So is a state that was planned for them, as a break; ``despite_plan`` says that it is about something
    else.
    """
    require(by, P.GIVE)
    agent = people.the_agent(by, agent_id, P.GIVE)
    if by.user_id is None or agent.user_id == by.user_id:
        refuse(by)
    if agent.left_on is not None and agent.left_on <= at.date():
        raise HasLeft(name=agent.name)
    behaviour = pick(queries.behaviours_offered(by), behaviour_id) if behaviour_id is not None else None
    if behaviour is None and not expectation.strip():
        raise NothingToReferTo
    if behaviour is not None and behaviour.side != kind:
        raise WrongSide(behaviour=behaviour.name, side=behaviour.get_side_display())
    if not words.strip():
        raise WordsMissing
    missing = rules.without_evidence(kind, evidence_kind, evidence_ref, evidence_at is not None, evidence_place)
    if missing:
        raise EvidenceMissing(missing=str(MISSING[missing]))
    ref = _checked(by, agent, evidence_kind, evidence_ref, evidence_at, at)
    mind(words, expectation, evidence_place, meant=meant)
    if evidence_kind == rules.STATE and not despite_plan:
        _fair(by, agent, kind, ref, evidence_at)
    today = people.today_of(agent, at)
    step = _rung(agent.pk, behaviour, kind, rung, today)
    months = queries.months_steps_count(agent.team.site_id)
    expires_on = rules.months_on(today, months) if step else None
    feedback = Feedback.objects.create(
        agent=agent,
        author_id=by.user_id,
        kind=kind,
        behaviour=behaviour,
        rung=step,
        expires_on=expires_on,
        expectation=expectation.strip(),
        words=words.strip(),
        evidence_kind=evidence_kind,
        evidence_ref=ref,
        evidence_at=evidence_at,
        evidence_place=evidence_place.strip(),
        at=at,
    )
    note_touch(
        agent_id=agent.pk,
        by_user_id=by.user_id,
        kind="feedback",
        tone=kind,
        behaviour_id=behaviour_id,
        rung=step,
        expires_on=expires_on,
        at=at,
        once=f"feedback:{feedback.pk}",
    )
    about = ("coaching.feedback", feedback.pk)
    audit.record(by=by, verb="coaching.give", about=about, facts={"kind": kind}, person=agent.user_id, at=at)
    events.announce(FeedbackGiven(feedback.pk, agent.pk, by.user_id, kind))
    if agent.user_id is not None:
        notices.notify(to=agent.user_id, kind=FEEDBACK_KIND, ref=about, once=f"feedback:{feedback.pk}", at=at)
    return feedback


def mind(*texts: str, meant: bool) -> None:
    """Ask once more about words on health, family, religion or unions."""
    found = delicate(*texts)
    if found and not meant:
        raise DelicateWords(words=", ".join(word for _topic, word in found[:5]))


def _rung(agent_id: int, behaviour: Behaviour | None, kind: str, rung: int | None, today: date) -> int | None:
    """The step of the response: the one named, else the usual one; only for a behaviour that is corrected."""
    if behaviour is None or kind != rules.CORRECTIVE:
        return None
    return rung if rung in rules.RUNGS else rules.usual_rung(queries.times_before(agent_id, behaviour.pk, today))


def tell_of_expiry(at: datetime) -> int:
    """Every day: who was corrected learns that a step counts no more; how many were told."""
    return sum(
        notices.notify(
            to=each.agent.user_id, kind=EXPIRED_KIND, ref=("coaching.feedback", each.pk),
            once=f"feedback:expired:{each.pk}", at=at,
        )
        for each in queries.steps_expiring(at.date())
        if each.agent.user_id is not None
    )  # fmt: skip


@transaction.atomic
def read_feedback(*, feedback_id: int, by: Actor, at: datetime) -> Feedback:
    """Open one; by anybody but the two, that is written down."""
    feedback = queries.the_feedback(by, feedback_id)
    if by.user_id not in (feedback.agent.user_id, feedback.author_id):
        audit.seen(by=by, about=("coaching.feedback", feedback.pk), person=feedback.agent.user_id, at=at)
    return feedback


def note_handed(*, by: Actor, at: datetime) -> None:
    """Say that somebody read what agents had handed on to them, many at once."""
    audit.seen(by=by, about=("coaching.feedback", "handed"), at=at)


@transaction.atomic
def reply(*, feedback_id: int, words: str, by: Actor, at: datetime, meant: bool = False) -> FeedbackReply:
    """The agent or the author answers; the other is told that there is an answer."""
    require(by, P.READ)
    feedback = queries.the_feedback(by, feedback_id)
    two = (feedback.agent.user_id, feedback.author_id)
    if by.user_id is None or by.user_id not in two:
        raise OnlyTheTwo
    if not words.strip():
        raise WordsMissing
    mind(words, meant=meant)
    answer = FeedbackReply.objects.create(feedback=feedback, by_id=by.user_id, words=words.strip(), at=at)
    about = ("coaching.feedback", feedback.pk)
    audit.record(by=by, verb="coaching.reply", about=about, facts={}, person=feedback.agent.user_id, at=at)
    for other in set(two) - {by.user_id, None}:
        assert other is not None
        notices.notify(to=other, kind=REPLY_KIND, ref=about, once=f"feedback:reply:{answer.pk}", at=at)
    return answer


@transaction.atomic
def hand_on(*, feedback_ids: Iterable[int], to_user_id: int, by: Actor, at: datetime) -> int:
    """The agent lets somebody read feedback who leads them now; the number of those newly handed on."""
    require(by, P.READ)
    found = [queries.the_feedback(by, each) for each in feedback_ids]
    if any(each.agent.user_id != by.user_id for each in found):
        raise OnlyTheAgent
    new = 0
    for each in found:
        if not queries.leads_of(each.agent).filter(pk=to_user_id).exists():
            raise OnlyTheAgent
        handed, made = HandOn.objects.get_or_create(feedback=each, to_id=to_user_id, defaults={"at": at})
        if not made:
            continue
        new += 1
        about = ("coaching.feedback", each.pk)
        audit.record(by=by, verb="coaching.hand_on", about=about, facts={}, person=by.user_id, at=at)
        notices.notify(to=to_user_id, kind=FEEDBACK_KIND, ref=about, once=f"feedback:handed:{handed.pk}", at=at)
    return new


@transaction.atomic
def break_glass(*, agent_id: int, why: str, by: Actor, at: datetime) -> Opening:
    """HR opens what was written to an agent until now and their one-to-ones, for a day; all sides are told."""
    require(by, P.BREAK_GLASS)
    agent = pick(queries.who_can_be_opened(by), agent_id)
    if by.user_id is None:
        raise NotFound
    if not why.strip():
        raise ReasonMissing
    opening = Opening.objects.create(
        agent=agent, by_id=by.user_id, why=why.strip()[:300], at=at, until=at + OPEN_FOR
    )
    about = ("coaching.opening", opening.pk)
    audit.record(
        by=by, verb="coaching.break_glass", about=about, facts={"why": opening.why}, person=agent.user_id, at=at
    )
    authors = Feedback.objects.filter(agent=agent).order_by().values_list("author", flat=True).distinct()
    leads = OneToOne.objects.filter(agent=agent).order_by().values_list("lead", flat=True).distinct()
    for told in {agent.user_id, *authors, *leads} - {None, by.user_id}:
        notices.notify(to=told, kind=OPENED_KIND, ref=about, once=f"opened:{opening.pk}:{told}", at=at)
    return opening
