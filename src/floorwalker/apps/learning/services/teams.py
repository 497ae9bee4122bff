"""Teams as even as they can be, and the moment a match begins to be played."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Match, Seat
from floorwalker.apps.learning.rules import duels as rules
from floorwalker.apps.learning.services.deciding import ask_around, note, tell
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Refused
from floorwalker.science.duels import balanced


class TooFew(Refused):
    code = "learning_match_too_few"
    status = 409
    text = _("{n} have taken a place; two teams need four.")


def form_teams(match: Match, by: Actor, at: datetime) -> None:
    """The teams of a locked match; an odd one out – who came last – plays the next one."""
    seats = list(match.seats.select_related("agent").order_by("accepted_at", "pk"))
    if len(seats) < 2 * min(rules.TEAM_SIZES):
        raise TooFew(n=len(seats))
    if len(seats) % 2:
        left_over = seats.pop()
        tell(match, "left_over", [left_over.agent], at)
        left_over.delete()
    skills = queries.skills_of([each.agent_id for each in seats], at)
    teams = balanced([skills[each.agent_id].skill.mu for each in seats])
    for side, members in ((rules.FIRST, teams.first), (rules.SECOND, teams.second)):
        for place in members:
            seats[place].side = side
    Seat.objects.bulk_update(seats, ["side"])
    begin_playing(match, at)
    note(match, "make_teams", by, at)
    tell(match, "teams", [each.agent for each in seats], at)


def begin_playing(match: Match, at: datetime) -> None:
    match.state = Match.State.PLAYING
    if match.pace == Match.Pace.NOW:
        match.starts_at = at + rules.COUNTDOWN
        match.until = match.starts_at + rules.PLAY_NOW
    else:
        match.until = at + rules.PLAY_APART
    match.save()
    ask_around(match)
