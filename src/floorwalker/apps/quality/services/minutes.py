"""Minutes off the phones for an own evaluation: owed by who leads the agent, placed, ended when missed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.offphone import queries as times
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.people import queries as people
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import Review
from floorwalker.apps.quality.rules import reviews as rules
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.periods import Period


def name_of(review: Review) -> str:
    return f"quality:review:{review.pk}:self"


def owe(review: Review, at: datetime) -> None:
    """In the name of who leads the agent: an analyst cannot place what they would promise.

    Where nobody leads or plans there is nobody to owe it; the agent is asked all the same.
    """
    assert review.self_due is not None
    owners = people.answers_for(review.agent)
    if not owners:
        return
    offphone.owe(
        agent_id=review.agent_id,
        minutes=rules.SELF_EVALUATION_MINUTES,
        kind="review",
        reason=_("Own evaluation of the contact of %(day)s") % {"day": queries.contact_words(review)},
        due=review.self_due,
        by=SYSTEM,
        at=at,
        once=name_of(review),
        owner=owners[0],
    )
    _place(review, at)


def _place(review: Review, at: datetime) -> bool:
    """In the cheapest time before the agent's days are over, where their shifts are published."""
    start, end = at + rules.SELF_EVALUATION_NOT_BEFORE, review.self_due
    if end is None or end <= start:
        return False
    found = offphone.place_cheapest(once=name_of(review), between=Period(start, end), by=SYSTEM, at=at)
    return found is not None and found.state == "placed"


def missed(review: Review, at: datetime) -> None:
    """The days have passed: nobody can give the minutes any more, so nobody owes them."""
    why = _("the days for your own evaluation have passed")
    offphone.fall_away(once=name_of(review), why=why, by=SYSTEM, at=at)


def see_to(at: datetime) -> int:
    """Every hour: end what was missed, hand over where somebody else leads, place what has a shift by now."""
    waiting = list(queries.asked_first().order_by("pk"))
    open_now = times.still_owed(name_of(each) for each in waiting)
    done = 0
    for review in waiting:
        if name_of(review) not in open_now:
            continue
        state, owner = open_now[name_of(review)]
        assert review.self_due is not None
        if review.self_due <= at:
            missed(review, at)
            done += 1
            continue
        owners = people.answers_for(review.agent)
        if owners and owner not in owners:
            why = _("somebody else leads the agent now")
            offphone.hand_over(once=name_of(review), owner=owners[0], why=why, by=SYSTEM, at=at)
            done += 1
        if state == "owed":
            done += _place(review, at)
    return done
