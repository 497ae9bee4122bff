"""Reviews that end before they are talked through: not to be judged, or nobody left to talk with."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.people import queries as people
from floorwalker.apps.promises import services as promises
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import Dispute, Review, Side
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.apps.quality.services import minutes, moving
from floorwalker.apps.quality.services.refusals import SayWhy
from floorwalker.kernel.access import SYSTEM, Actor


@transaction.atomic
def drop(*, review_id: int, why: str, by: Actor, at: datetime) -> Review:
    """This contact cannot be judged; the agent reads why."""
    review = moving.locked(review_id, by, P.EVALUATE)
    moving.by_evaluator(review, by)
    if not why.strip():
        raise SayWhy
    return give_up(review, why.strip(), by, at)


def give_up(review: Review, why: str, by: Actor, at: datetime) -> Review:
    """End a locked review nobody has evaluated; what was promised and owed for it is taken back."""
    moving.check_move(review, rules.DROPPED, rules.SYSTEM)
    moving.keep_remarks(review, Side.EVALUATOR, {"dropped": why}, at)
    moving.move(review, rules.DROPPED, by, at)
    gone = _("the review was dropped")
    moving.end_promises(review, lambda once: promises.withdraw(once=once, why=gone, by=by, at=at))
    offphone.fall_away(once=minutes.name_of(review), why=gone, by=SYSTEM, at=at)
    if review.why != rules.DOUBLE:
        moving.tell(review, review.agent.user_id, "dropped", at)
    return review


@transaction.atomic
def end_of_leaver(*, agent_id: int, by: Actor, at: datetime) -> int:
    """Nobody is left to talk with: how many reviews ended.

    What nobody has evaluated yet is dropped at once. What was evaluated is closed on the day they go, and an open
    dispute falls away with the promise to answer it; whoever leaves next month still gets their answer.
    """
    agent = people.the_agent(by, agent_id, P.EVALUATE)
    states = [rules.DRAWN]
    if agent.left_on is not None and agent.left_on <= at.date():
        states += [rules.RELEASED, rules.DISPUTED, rules.DECIDED]
    rows = Review.objects.select_for_update(of=("self",)).select_related("agent", "conversation", "evaluator")
    found = list(rows.filter(agent=agent, state__in=states).order_by("pk"))
    why = _("the agent has left")
    for review in found:
        if review.state == rules.DRAWN:
            give_up(review, why, by, at)
        else:
            _close_unheard(review, why, by, at)
    return len(found)


def _close_unheard(review: Review, why: str, by: Actor, at: datetime) -> None:
    moving.check_move(review, rules.CLOSED, rules.SYSTEM)
    once = moving.promise_name(review, moving.PROMISE_DISPUTE)
    open_ones = review.disputes.filter(state=Dispute.State.OPEN)
    if open_ones.update(state=Dispute.State.FELL_AWAY, decided_at=at, score_after=review.score):
        promises.withdraw(once=once, why=why, by=by, at=at)
    review.closed_at = at
    moving.move(review, rules.CLOSED, by, at, why=why)


def end_of_leavers(at: datetime) -> int:
    """Every hour: those whose last day has come by now; how many reviews ended."""
    return sum(end_of_leaver(agent_id=pk, by=SYSTEM, at=at) for pk in queries.leavers_with_reviews(at.date()))
