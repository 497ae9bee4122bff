"""An agent's doubt in a score, and its answer: by somebody else wherever there is somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.promises import services as promises
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.events import DisputeDecided
from floorwalker.apps.quality.models import Dispute, Review, Side
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.apps.quality.services import moving
from floorwalker.apps.quality.services.endings import give_up
from floorwalker.apps.quality.services.refusals import DisputeNotOpen, NothingChanged, NotTheDecider, SayWhy
from floorwalker.kernel import events
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.errors import NotFound


@transaction.atomic
def dispute(*, review_id: int, words: str, by: Actor, at: datetime) -> Review:
    """The agent doubts the score; it is answered within five working days, by somebody else than the evaluator.

    Where nobody else may, the evaluator answers: refused, the agent would have no say at all. That it was so is
    told before, and stays written beside the answer.
    """
    review = moving.locked(review_id, by, P.ANSWER)
    if review.agent.user_id != by.user_id:
        raise NotFound
    rounds, since = review.disputes.count(), queries.standing_since(review)
    if not rules.may_dispute(state=review.state, rounds=rounds, since=since, at=at):
        raise DisputeNotOpen
    if not words.strip():
        raise SayWhy
    decider = _decider(review, at)
    due = moving.days_on(review.agent, at, rules.DECIDE_WITHIN_WORKING_DAYS, of_agent=False)
    found = Dispute.objects.create(
        review=review,
        round=rounds + 1,
        opened_at=at,
        due=due,
        decider_id=decider,
        score_before=review.score,
        alone=decider == review.evaluator_id,
    )
    moving.keep_remarks(review, Side.AGENT, {f"dispute:{found.round}": words}, at)
    moving.move(review, rules.DISPUTED, by, at, round=found.round, alone=found.alone)
    what = _("Answer to a dispute about the contact of %(day)s") % {"day": queries.contact_words(review)}
    moving.promise(review, moving.PROMISE_DISPUTE, decider, due, what, by, at)
    moving.tell(review, decider, "disputed", at)
    return review


def _decider(review: Review, at: datetime) -> int:
    """A second score that waits for the only other person gives way: an answer by somebody else is worth more."""
    decider = queries.decider_for(review)
    if decider != review.evaluator_id:
        return decider
    rows = Review.objects.select_for_update(of=("self",)).select_related("agent", "conversation", "evaluator")
    for double in rows.filter(conversation=review.conversation_id, why=rules.DOUBLE, state=rules.DRAWN):
        give_up(double, _("the agent disputes the first score"), SYSTEM, at)
    return queries.decider_for(review)


@transaction.atomic
def decide(
    *,
    review_id: int,
    answers: Mapping[str, object],
    words: str,
    changes: bool,
    version: int,
    by: Actor,
    at: datetime,
) -> Review:
    """Answer a dispute: the score stands, or other answers take the place of the evaluator's."""
    review = moving.locked(review_id, by, P.EVALUATE, version)
    moving.check_move(review, rules.DECIDED, rules.DECIDER)
    found = review.disputes.select_for_update(of=("self",)).select_related("decider").get(state=Dispute.State.OPEN)
    if found.decider_id != by.user_id:
        raise NotTheDecider(name=found.decider.name)
    if not words.strip():
        raise SayWhy
    if changes:
        before = queries.answers_of(review, Side.DECIDER)
        other = {key: value for key, value in answers.items() if value and _plain(value) != before.get(key)}
        if not other:
            raise NothingChanged
        moving.keep_answers(review, Side.DECIDER, other, at)
        moving.keep_score(review, moving.full_score(review, Side.DECIDER))
    found.state = Dispute.State.CHANGED if changes else Dispute.State.UPHELD
    found.decided_at, found.score_after = at, review.score
    found.save()
    moving.keep_remarks(review, Side.DECIDER, {f"decision:{found.round}": words}, at)
    review.acknowledged_at = None
    moving.move(review, rules.DECIDED, by, at, outcome=str(found.state))
    promises.keep(once=moving.promise_name(review, moving.PROMISE_DISPUTE), by=by, at=at)
    moving.tell(review, review.agent.user_id, "decided", at)
    if review.evaluator_id != by.user_id:
        moving.tell(review, review.evaluator_id, "decided", at)
    events.announce(
        DisputeDecided(
            review.pk,
            review.agent_id,
            review.evaluator_id,
            found.decider_id,
            str(found.state),
            found.score_before or 0.0,
            found.score_after or 0.0,
            review.why,
            moving.day_of(review),
        )
    )
    return review


def _plain(value: object) -> str:
    return str(value[0] if isinstance(value, tuple) else value)
