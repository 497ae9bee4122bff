"""The life of a review, verb by verb."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises import services as promises
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.events import ReviewClosed, ReviewReleased, SelfEvaluationMissed
from floorwalker.apps.quality.models import Conversation, FormVersion, Review, Side
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import forms
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.apps.quality.services import minutes, moving
from floorwalker.apps.quality.services.refusals import (
    AgentHasLeft,
    BothHalves,
    EnoughAsked,
    NobodyEvaluates,
    NoFormInForce,
    NotHeardYet,
    OwnContact,
    ReviewedAlready,
    SelfEvaluationOver,
    StillBlind,
)
from floorwalker.kernel import events
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look import end_words


@transaction.atomic
def draw(
    *,
    conversation_id: int,
    by: Actor,
    at: datetime,
    evaluator_id: int | None = None,
    why: str = rules.SAMPLE,
    due: datetime | None = None,
    form_id: int | None = None,
) -> Review:
    """A contact is to be reviewed. Its agent is asked first: once a fortnight at most, and never a contractor.

    Without ``form_id`` it is the form of the contact's client and channel.
    """
    require(by, P.EVALUATE)
    conversation = queries.the_conversation(by, conversation_id, P.EVALUATE)
    agent = conversation.agent
    if agent.left_on is not None and agent.left_on < at.date():
        raise AgentHasLeft(name=agent.name)
    evaluator = evaluator_id or by.user_id
    if evaluator == agent.user_id:
        raise OwnContact
    if evaluator not in {each.user_id for each in queries.evaluators_of(agent)}:
        raise NotFound
    if why == rules.DOUBLE:
        form = queries.first_version(conversation.pk)
    else:
        form = queries.version_in_force(form_id) if form_id else _form_for(conversation)
    review = _made(conversation, form, evaluator or 0, why, due, at)
    asked = why == rules.SAMPLE and agent.user_id is not None and rules.self_evaluation_asked(
        contractor=agent.engagement == Agent.Engagement.CONTRACTOR,
        last_asked=queries.last_asked(agent.pk),
        at=at,
    )  # fmt: skip
    if asked:
        review.self_due = moving.days_on(agent, at, rules.SELF_EVALUATION_WORKING_DAYS, of_agent=True)
        review.save(update_fields=["self_due"])
        minutes.owe(review, at)
    kind, what = moving.promised(review)
    moving.promise(review, kind, review.evaluator_id, review.due, what, by, at)
    moving.note(review, "draw", by, at, why=why)
    if why in (rules.SAMPLE, rules.CHECK_ME):
        moving.tell(review, agent.user_id, "asked" if asked else "offered", at)
    if review.evaluator_id != by.user_id:
        moving.tell(review, review.evaluator_id, "to_evaluate", at)
    return review


def _form_for(conversation: Conversation) -> FormVersion | None:
    return queries.form_for(conversation.client_id, conversation.channel)


def _made(
    conversation: Conversation,
    form: FormVersion | None,
    evaluator: int,
    why: str,
    due: datetime | None,
    at: datetime,
) -> Review:
    if form is None:
        raise NoFormInForce
    days = rules.CHECK_ME_WITHIN_WORKING_DAYS if why == rules.CHECK_ME else rules.EVALUATE_WITHIN_WORKING_DAYS
    try:
        with transaction.atomic():
            return Review.objects.create(
                conversation=conversation,
                agent=conversation.agent,
                form_version=form,
                evaluator_id=evaluator,
                why=why,
                drawn_at=at,
                due=due or moving.days_on(conversation.agent, at, days, of_agent=False),
            )
    except IntegrityError as error:
        if "quality_reviewed_once" in str(error) or "quality_doubled_once" in str(error):
            raise ReviewedAlready from error
        raise


@transaction.atomic
def check_me(*, conversation_id: int, question: str, by: Actor, at: datetime) -> Review:
    """An agent asks to be checked on a contact of their own; the answer is promised within two working days."""
    require(by, P.ANSWER)
    conversation = queries.the_conversation(by, conversation_id, P.ANSWER)
    agent = conversation.agent
    if agent.user_id != by.user_id:
        raise NotFound
    waiting = Review.objects.filter(agent=agent, why=rules.CHECK_ME, state__in=["drawn", "scored"]).count()
    if waiting >= rules.CHECK_ME_OPEN_AT_MOST:
        raise EnoughAsked(most=rules.CHECK_ME_OPEN_AT_MOST)
    holders = queries.evaluators_of(agent)
    if not holders:
        raise NobodyEvaluates(name=agent.name)
    review = _made(conversation, _form_for(conversation), holders[0].user_id, rules.CHECK_ME, None, at)
    moving.keep_remarks(review, Side.AGENT, {"question": question}, at)
    kind, what = moving.promised(review)
    moving.promise(review, kind, review.evaluator_id, review.due, what, by, at)
    moving.note(review, "check_me", by, at)
    moving.tell(review, review.evaluator_id, "to_evaluate", at)
    return review


@transaction.atomic
def take_over(*, review_id: int, version: int, by: Actor, at: datetime) -> Review:
    """Evaluate in somebody's place; their drafts stay, and what they promised is promised anew."""
    review, new = moving.locked(review_id, by, P.EVALUATE, version), by.user_id
    if review.state in rules.ENDED:
        moving.check_move(review, rules.SCORED, rules.EVALUATOR)
    if review.agent.user_id == by.user_id:
        raise OwnContact
    if new is None or review.evaluator_id == new:
        return review
    review.evaluator_id, review.version = new, review.version + 1
    review.save(update_fields=["evaluator", "version"])
    why = _("%(name)s took it over") % {"name": by.name}
    moving.end_promises(review, lambda once: promises.hand_over(once=once, owner=new, why=why, by=by, at=at))
    moving.note(review, "take_over", by, at)
    return review


@transaction.atomic
def self_evaluate(
    *,
    review_id: int,
    answers: Mapping[str, object],
    remarks: Mapping[str, str],
    hand_in: bool,
    by: Actor,
    at: datetime,
) -> Review:
    """The agent's own view, blind to the evaluation; kept as it is given, and handed in when it is whole."""
    review = moving.locked(review_id, by, P.ANSWER)
    if review.agent.user_id != by.user_id:
        raise NotFound
    answered = review.self_handed_in_at is not None
    if not rules.self_evaluation_open(state=review.state, self_due=review.self_due, answered=answered, at=at):
        raise SelfEvaluationOver
    moving.keep_answers(review, Side.AGENT, answers, at)
    moving.keep_remarks(review, Side.AGENT, remarks, at)
    if not hand_in:
        return review
    found = moving.full_score(review, Side.AGENT)
    review.self_score = found.points if found.points is not None else found.all_points
    review.self_handed_in_at, review.version = at, review.version + 1
    review.save(update_fields=["self_score", "self_handed_in_at", "version"])
    offphone.settle(once=minutes.name_of(review), by=SYSTEM, at=at)
    moving.note(review, "hand_in", by, at)
    if review.state == rules.SCORED:
        return _release(review, SYSTEM, at)  # both sides are there: nothing is blind any more
    moving.tell(review, review.evaluator_id, "handed_in", at)
    return review


@transaction.atomic
def evaluate(
    *,
    review_id: int,
    answers: Mapping[str, object],
    remarks: Mapping[str, str],
    version: int,
    finish: bool,
    by: Actor,
    at: datetime,
) -> Review:
    """The evaluator's answers, kept as they are given; finished when all that is asked is answered."""
    review = moving.locked(review_id, by, P.EVALUATE, version)
    moving.by_evaluator(review, by)
    moving.check_move(review, rules.SCORED, rules.EVALUATOR)
    moving.keep_answers(review, Side.EVALUATOR, answers, at)
    moving.keep_remarks(review, Side.EVALUATOR, remarks, at)
    if not finish:
        return review
    moving.keep_score(review, moving.full_score(review, Side.EVALUATOR))
    review.scored_at = at
    moving.move(review, rules.SCORED, by, at)
    if review.why == rules.DOUBLE:
        review.released_at = review.closed_at = at
        moving.end_promises(review, lambda once: promises.keep(once=once, by=by, at=at))
        return moving.move(review, rules.CLOSED, SYSTEM, at)
    return _release(review, SYSTEM, at) if review.self_handed_in_at is not None else review


@transaction.atomic
def release(*, review_id: int, by: Actor, at: datetime) -> Review:
    """Show the evaluation to its agent, once it is blind no longer."""
    review = moving.locked(review_id, by, P.EVALUATE)
    moving.by_evaluator(review, by)
    return _release(review, by, at)


def _release(review: Review, by: Actor, at: datetime) -> Review:
    moving.check_move(review, rules.RELEASED, rules.SYSTEM)
    answered = review.self_handed_in_at is not None
    if not rules.may_release(state=review.state, self_due=review.self_due, answered=answered, at=at):
        assert review.self_due is not None
        raise StillBlind(until=end_words(review.self_due))
    if review.self_due is not None and not answered:
        review.self_missed_at = at
        minutes.missed(review, at)
        events.announce(SelfEvaluationMissed(review.pk, review.agent_id))
    review.released_at = at
    moving.move(review, rules.RELEASED, by, at)
    moving.end_promises(review, lambda once: promises.keep(once=once, by=by, at=at))
    if review.why in (rules.SAMPLE, rules.CHECK_ME):
        moving.tell(review, review.agent.user_id, "released", at)
    score, day = review.score or 0.0, moving.day_of(review)
    events.announce(
        ReviewReleased(
            review.pk,
            review.agent_id,
            review.evaluator_id,
            score,
            review.all_points or 0.0,
            review.why,
            day,
            at.isoformat(),
        )
    )
    return review


def release_due(at: datetime) -> int:
    """Every hour: what is evaluated and blind no longer is shown; how many."""
    released = 0
    for pk in list(queries.reviews_to_release(at).values_list("pk", flat=True)):
        with transaction.atomic():
            review = (
                queries.reviews_to_release(at)
                .select_for_update(of=("self",), skip_locked=True)
                .select_related("agent", "conversation", "evaluator")
                .filter(pk=pk)
                .first()
            )
            if review is not None:
                _release(review, SYSTEM, at)
                released += 1
    return released


@transaction.atomic
def acknowledge(*, review_id: int, by: Actor, at: datetime) -> Review:
    """The agent has read it; that is no consent, and disputes stay open as long as they are."""
    review = moving.locked(review_id, by, P.ANSWER)
    if review.agent.user_id != by.user_id:
        raise NotFound
    if review.state not in (rules.RELEASED, rules.DECIDED):
        moving.check_move(review, rules.CLOSED, rules.AGENT)
    if review.acknowledged_at is None:
        review.acknowledged_at = at
        review.save(update_fields=["acknowledged_at"])
        moving.note(review, "acknowledge", by, at)
    return review


@transaction.atomic
def close(*, review_id: int, went_well: str, to_improve: str, by: Actor, at: datetime) -> Review:
    """Talked through: with what went well and what to improve, and not before the agent had their word."""
    review = moving.locked(review_id, by, P.EVALUATE)
    moving.by_evaluator(review, by)
    moving.check_move(review, rules.CLOSED, rules.EVALUATOR)
    moving.keep_remarks(review, Side.EVALUATOR, {"went_well": went_well, "to_improve": to_improve}, at)
    if not rules.may_close(state=review.state, went_well=went_well, to_improve=to_improve):
        raise BothHalves
    since, rounds = queries.standing_since(review), review.disputes.count()
    acknowledged = review.acknowledged_at is not None
    if not rules.heard(state=review.state, acknowledged=acknowledged, rounds=rounds, since=since, at=at):
        assert since is not None
        raise NotHeardYet(name=review.agent.name, until=end_words(since + rules.DISPUTE_WITHIN))
    review.closed_at = at
    moving.move(review, rules.CLOSED, by, at)
    moving.tell(review, review.agent.user_id, "closed", at)
    events.announce(ReviewClosed(review.pk, review.agent_id, review.evaluator_id, review.score or 0.0))
    return review


def trial_score(review: Review) -> forms.Score:
    """What the evaluator's answers so far are worth."""
    return forms.score(queries.content_of(review), queries.answers_of(review, Side.EVALUATOR))
