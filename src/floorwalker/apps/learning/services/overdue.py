"""Matches whose time has passed: what they waited for has not come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Match, Play
from floorwalker.apps.learning.services.deciding import after_playing, decide, end_without_result
from floorwalker.apps.learning.services.teams import TooFew, form_teams
from floorwalker.kernel.access import SYSTEM

State = Match.State


@transaction.atomic
def end_overdue_match(*, match_id: int, at: datetime) -> None:
    """What a match waited for has not come in time. Plays are held before their match, as an answer does."""
    half = Play.objects.select_for_update().filter(
        seat__match=match_id, seat__match__until__lte=at, state=Play.State.PLAYING
    )
    for play in half:
        play.state, play.finished_at = Play.State.GIVEN_UP, at
        play.save(update_fields=["state", "finished_at"])
    match = Match.objects.select_for_update(of=("self",)).select_related("version__scenario").get(pk=match_id)
    if match.until > at:
        return
    if match.state == State.VOTING:
        decide(match, at)
    elif match.state == State.PLAYING and not match.seats.filter(play=None).exists():
        after_playing(match, at)
    elif match.state == State.INVITED and match.kind == Match.Kind.TEAMS:
        try:
            form_teams(match, SYSTEM, at)
        except TooFew:
            end_without_result(match, at)
    elif match.state in (State.INVITED, State.PLAYING):
        end_without_result(match, at)


def end_overdue(at: datetime) -> int:
    """Every few minutes: matches whose time has passed."""
    found = queries.overdue_matches(at)
    for match_id in found:
        end_overdue_match(match_id=match_id, at=at)
    return len(found)
