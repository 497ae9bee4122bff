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

    What nobody has evaluated yet is dropped at once. What was evaluated is closed on the day they go; but a score
    they doubt is still answered, as promised: it stays in their record, and in that of who evaluated.
    """
    agent = people.the_agent(by, agent_id, P.EVALUATE)
    states = [rules.DRAWN]
    if queries.has_left(agent, at):
        states += [rules.RELEASED, rules.DECIDED]
        for review in queries.still_doubted(agent):
            moving.tell(review, review.disputes.get(state=Dispute.State.OPEN).decider_id, "doubter_left", at)
    rows = Review.objects.select_for_update(of=("self",)).select_related("agent", "conversation", "evaluator")
    found = list(rows.filter(agent=agent, state__in=states).order_by("pk"))
    why = _("the agent has left")
    for review in found:
        if review.state == rules.DRAWN:
            give_up(review, why, by, at)
        else:
            moving.check_move(review, rules.CLOSED, rules.SYSTEM)
            review.closed_at = at
            moving.move(review, rules.CLOSED, by, at, why=why)
    return len(found)


def end_of_leavers(at: datetime) -> int:
    """Every hour: those whose last day has come by now; how many reviews ended."""
    return sum(end_of_leaver(agent_id=pk, by=SYSTEM, at=at) for pk in queries.leavers_with_reviews(at.date()))
