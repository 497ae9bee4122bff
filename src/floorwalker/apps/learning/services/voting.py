"""Blind votes of colleagues on which handling was more creative."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.events import VoteCast
from floorwalker.apps.learning.models import Match, Vote
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.apps.learning.services.deciding import note, weigh_votes
from floorwalker.kernel import events
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Invalid, NotFound, Refused
from floorwalker.kernel.scoping import pick

LEFT, RIGHT, NEITHER = "left", "right", "neither"
ANSWERS = (LEFT, RIGHT, NEITHER)


class VoteNotOpen(Refused):
    code = "learning_vote_not_open"
    status = 409
    text = _("This pair needs no vote of yours any more. Take the next one.")


@transaction.atomic
def vote(*, match_id: int, named: str, by: Actor, at: datetime) -> Vote:
    """Say which of the two handlings, as shown to oneself, was more creative – or that there is no difference."""
    require(by, P.COMPETE)
    # A match that is not voted on, or that one plays in, is as unknown to a voter as one that never was.
    rows = Match.objects.select_for_update(of=("self",)).select_related("version__scenario")
    match = pick(rows.filter(state__in=[Match.State.VOTING, Match.State.DECIDED]), match_id)
    me = queries.me_in_the_arena(by)
    if me is None or match.seats.filter(agent=me).exists():
        raise NotFound
    if named not in ANSWERS:
        raise Invalid(problem=_("Say left, right or neither."))
    ballot = queries.ballot_of(me, match)
    if ballot is None or match.until <= at:
        raise VoteNotOpen
    side = rules.NONE
    if named != NEITHER:
        side = ballot.left_side if named == LEFT else rules.BOTH - ballot.left_side
    cast = Vote.objects.create(match=match, voter=me, named=side, mate_of=ballot.mate_of, at=at)
    note(match, "vote", by, at)
    events.announce(VoteCast(match_id=match.pk, voter_id=me.pk))
    weigh_votes(match, at)
    return cast
