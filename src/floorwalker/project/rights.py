"""Rights end when somebody leaves or moves: what follows among users from what happens to agents."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from floorwalker.apps.accounts import services as accounts
from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.refusals import LastAdministrator
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.events import AgentLeft, AgentMoved
from floorwalker.kernel.access import SYSTEM

FURTHEST_EAST = timedelta(hours=14)  # no clock is further ahead
log = logging.getLogger(__name__)


def end_of_whom_left(event: AgentLeft, at: datetime) -> None:
    """At once when the day is over; else the nightly round does it."""
    if event.left_on < (at + FURTHEST_EAST).date():
        end_rights_of_leavers(at)


def end_rights_of_leavers(at: datetime) -> int:
    """Shut out every user whose agent's last day is over where they work; how many."""
    ended = 0
    leaving = User.objects.filter(is_active=True, agent__left_on__lt=(at + FURTHEST_EAST).date())
    for user in leaving.select_related("agent__team__site"):
        if people.today_of(user.agent, at) <= user.agent.left_on:
            continue
        try:
            accounts.disable(user_id=user.pk, by=SYSTEM, at=at)
        except LastAdministrator:  # the others' rights end all the same
            log.error("user %s has left, but is the last administrator and may still sign in", user.pk)
        else:
            ended += 1
    return ended


def begin_anew_after_move(event: AgentMoved, at: datetime) -> None:
    """Another team, another view: sessions and streams begin anew."""
    user = User.objects.filter(pk=event.user_id).first()
    if user is not None:
        accounts.close_all_sessions(user=user, by=SYSTEM, why="moved to another team", at=at)
