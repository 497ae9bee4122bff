"""Feedback and who reads it, for the tests of access: the agent and the author, nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from floorwalker.apps.accounts.models import User
from floorwalker.apps.coaching.models import (
    Action,
    AgendaItem,
    Agreement,
    AgreementItem,
    AgreementReview,
    Behaviour,
    Effect,
    Feedback,
    FeedbackReply,
    FloorSetting,
    GroupMember,
    GroupSession,
    HandOn,
    Note,
    OneToOne,
    Opening,
    PeerMeeting,
    PeerNote,
    PeerPair,
    ReturnSheet,
    TalkHandOn,
    Touch,
    Verdict,
)
from floorwalker.apps.people.models import Agent
from tests.factories import Planted, Where
from tests.people import NOW, World


def an_author(marker: str) -> User:
    return User.objects.get_or_create(email=f"author-{marker}@example.org", defaults={"name": "Somebody else"})[0]


def a_feedback(where: Where, marker: str) -> tuple[Feedback, frozenset[int]]:
    author = an_author(where.key)
    feedback = Feedback.objects.create(
        agent=where.agent,
        author=author,
        kind="corrective",
        expectation=marker,
        words=marker,
        evidence_kind="moment",
        evidence_ref=marker,
        evidence_at=NOW,
        evidence_place=marker,
        at=NOW,
    )
    return feedback, frozenset({where.user.pk, author.pk})


def make_feedback(world: World, where: Where, marker: str) -> Planted:
    feedback, two = a_feedback(where, marker)
    return Planted(feedback, users=two)


def make_feedbackreply(world: World, where: Where, marker: str) -> Planted:
    feedback, two = a_feedback(where, marker)
    return Planted(FeedbackReply.objects.create(feedback=feedback, by=where.user, words=marker, at=NOW), users=two)


def make_handon(world: World, where: Where, marker: str) -> Planted:
    feedback, two = a_feedback(where, marker)
    to = an_author(f"{where.key}-now")
    return Planted(HandOn.objects.create(feedback=feedback, to=to, at=NOW), users=two | {to.pk})


def make_opening(world: World, where: Where, marker: str) -> Opening:
    by = an_author(f"{where.key}-hr")
    return Opening.objects.create(agent=where.agent, by=by, why=marker, at=NOW, until=NOW + timedelta(days=1))


def make_touch(world: World, where: Where, marker: str) -> Touch:
    return Touch.objects.create(agent=where.agent, by=an_author(where.key), kind="visit", at=NOW, once=marker)


def make_floorsetting(world: World, where: Where, marker: str) -> FloorSetting:
    return FloorSetting.objects.get_or_create(site=where.site, defaults={"silence_days": 9, "visits_a_day": 4})[0]


def make_behaviour(world: World, where: Where, marker: str) -> Behaviour:
    return Behaviour.objects.create(name=marker, side="corrective", first="A word between two.")


def make_effect(world: World, where: Where, marker: str) -> Planted:
    """Of a site, so everybody with the permission in one of its teams sees it."""
    line = dict.fromkeys(("detectable", "change", "low", "high")) | {
        "event": "thanks",
        "measure": "quality_score",
        "events": 3,
        "people": 3,
        "needed": 12,
        "worth": 3.0,
    }
    effect = Effect.objects.create(
        site=where.site,
        first_day=date(2025, 3, 3),
        last_day=date(2026, 3, 1),
        ordered_at=NOW,
        ordered_by=marker,
        measured_at=NOW,
        lines=[line | {"weeks": 1, "before": 6, "after": 4, "noted": 3, "comparable": 9, "level": 81.0}],
    )
    return Planted(effect, teams=frozenset(where.site.teams.values_list("pk", flat=True)))


def a_group(where: Where, marker: str) -> tuple[GroupSession, frozenset[int]]:
    lead = an_author(f"{where.key}-lead")
    group = GroupSession.objects.create(
        title=marker,
        topic=marker,
        lead=lead,
        minutes=45,
        due=NOW,
        state="closed",
        made_at=NOW,
        held_at=NOW,
        sheets_in_at=NOW,
        outcome=marker,
        outcome_due=NOW,
        answer=marker,
        ended_at=NOW,
    )
    GroupMember.objects.create(group=group, agent=where.agent, came=True)
    return group, frozenset({where.user.pk, lead.pk})


def make_groupsession(world: World, where: Where, marker: str) -> Planted:
    group, they = a_group(where, marker)
    return Planted(group, users=they)


def make_groupmember(world: World, where: Where, marker: str) -> Planted:
    group, they = a_group(where, marker)
    return Planted(group.members.get(), users=they)


def make_returnsheet(world: World, where: Where, marker: str) -> Planted:
    """Of a group whose sheets are in; before that nobody sees any."""
    group, they = a_group(where, marker)
    sheet = ReturnSheet.objects.create(group=group, worth=4, heard=4, clear=4, keep=marker, change=marker)
    return Planted(sheet, users=they)


def a_talk(where: Where, marker: str, state: str = "closed") -> tuple[OneToOne, frozenset[int]]:
    """Held by somebody else, so that only being one of the two opens it."""
    lead = an_author(f"{where.key}-lead")
    ended = {"held_at": NOW, "ended_at": NOW, "follow_up_on": NOW.date()} if state == "closed" else {}
    talk = OneToOne.objects.create(
        agent=where.agent, lead=lead, minutes=30, due=NOW, made_at=NOW, answer=marker, why_no_action=marker
    )
    Note.objects.create(talk=talk, side="agent", by=where.user, words=f"Said by {where.key}.", at=NOW)
    OneToOne.objects.filter(pk=talk.pk).update(state=state, **ended)
    talk.refresh_from_db()
    return talk, frozenset({where.user.pk, lead.pk})


def make_onetoone(world: World, where: Where, marker: str) -> Planted:
    talk, two = a_talk(where, marker)
    return Planted(talk, users=two)


def make_agendaitem(world: World, where: Where, marker: str) -> Planted:
    talk, two = a_talk(where, marker)
    item = AgendaItem.objects.create(
        talk=talk,
        kind="parked",
        words=marker,
        outcome="dropped",
        outcome_words=marker,
        outcome_at=NOW,
        by=where.user,
        at=NOW,
        looked_up_by=talk.lead,
        look_up_until=NOW,
    )
    return Planted(item, users=two)


def make_note(world: World, where: Where, marker: str) -> Planted:
    talk, two = a_talk(where, marker)
    return Planted(Note.objects.create(talk=talk, side="agent", by=where.user, words=marker, at=NOW), users=two)


def make_action(world: World, where: Where, marker: str) -> Planted:
    talk, two = a_talk(where, marker)
    day = NOW.date()
    action = Action.objects.create(
        talk=talk, agent=where.agent, lead=talk.lead, what=marker, target=marker, support=marker, outcome=marker,
        due=day, follow_up_on=day, agreed_by_agent_at=NOW, agreed_by_lead_at=NOW, state="done", ended_at=NOW,
    )  # fmt: skip
    return Planted(action, users=two)


def make_talkhandon(world: World, where: Where, marker: str) -> Planted:
    talk, two = a_talk(where, marker)
    to = an_author(f"{where.key}-next")
    return Planted(TalkHandOn.objects.create(talk=talk, to=to, at=NOW), users=two | {to.pk})


def an_agreement(where: Where, marker: str) -> tuple[Agreement, frozenset[int]]:
    lead = an_author(f"{where.key}-lead")
    number = Agreement.objects.filter(agent=where.agent, lead=lead).count() + 1
    agreement = Agreement.objects.create(
        agent=where.agent, lead=lead, number=number, state="ended", made_at=NOW, ended_at=NOW, answer=marker
    )
    return agreement, frozenset({where.user.pk, lead.pk})


def make_agreement(world: World, where: Where, marker: str) -> Planted:
    agreement, two = an_agreement(where, marker)
    return Planted(agreement, users=two)


def make_agreementitem(world: World, where: Where, marker: str) -> Planted:
    agreement, two = an_agreement(where, "")
    return Planted(AgreementItem.objects.create(agreement=agreement, side="agent", words=marker), users=two)


def make_agreementreview(world: World, where: Where, marker: str) -> Planted:
    agreement, two = an_agreement(where, "")
    said = {"agent_said_at": NOW, "lead_said_at": NOW, "ended_at": NOW, "state": "done"}
    return Planted(AgreementReview.objects.create(agreement=agreement, opened_at=NOW, due=NOW, **said), users=two)


def make_verdict(world: World, where: Where, marker: str) -> Planted:
    review = make_agreementreview(world, where, marker)
    item = AgreementItem.objects.create(agreement=review.row.agreement, side="lead", words="Answer in a day.")
    verdict = Verdict.objects.create(
        review=review.row, item=item, side="agent", held="partly", example=marker, at=NOW
    )
    return Planted(verdict, users=review.users)


def make_peerpair(world: World, where: Where, marker: str) -> PeerPair:
    """A colleague without a sign-in helps."""
    number = Agent.objects.filter(number__startswith="H").count()
    helper = Agent.objects.create(
        name="A helper", number=f"H{number:03}", team=where.team, started_on=where.agent.started_on
    )
    return PeerPair.objects.create(
        kind="buddy", helper=helper, learner=where.agent, about=marker, first_day=NOW.date(), last_day=NOW.date(),
        proposed_by=an_author(f"{where.key}-lead"), proposed_at=NOW, state="ended", ended_at=NOW,
    )  # fmt: skip


def make_peermeeting(world: World, where: Where, marker: str) -> PeerMeeting:
    pair = make_peerpair(world, where, "Greeting")
    return PeerMeeting.objects.create(pair=pair, minutes=30, state="held", made_at=NOW, held_at=NOW)


def make_peernote(world: World, where: Where, marker: str) -> PeerNote:
    pair = make_peerpair(world, where, "Greeting")
    return PeerNote.objects.create(pair=pair, by=where.user, words=marker, at=NOW)


BODIES: dict[str, Any] = {
    "coaching_plan_talk": lambda world, where: {
        "agent_id": where.agent.pk,
        "talk_minutes": 30,
        "due": (NOW + timedelta(days=9)).isoformat(),
    },
    "coaching_ask_talk": lambda world, where: {"words": "My shifts.", "talk_minutes": 20},
    "coaching_add_item": lambda world, where: {"words": "My shifts."},
    "coaching_add_note": lambda world, where: {"words": "It went well."},
    "coaching_give_feedback": lambda world, where: {
        "agent_id": where.agent.pk,
        "kind": "positive",
        "words": "You let the caller finish.",
        "expectation": "Let callers finish.",
    },
    "coaching_reply_feedback": lambda world, where: {"words": "Thank you."},
}
