"""What every verb of a one-to-one needs: the locked row, the side, the next state, who is told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import Action, OneToOne
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.coaching.services.talk_refusals import OneOfTheTwo, TalkNotThatWay, TalkOver
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Stale

TALK_KIND, NOTE_KIND, ACTION_KIND = "coaching.talk", "coaching.note", "coaching.action"


def session_name(talk: OneToOne) -> str:
    return f"coaching:talk:{talk.pk}"


def locked(talk_id: int, by: Actor, version: int | None = None) -> OneToOne:
    """The talk for writing; who may not read it does not find it."""
    require(by, P.TALK)
    queries.the_talk(by, talk_id)
    rows = OneToOne.objects.select_for_update(of=("self",))
    talk = rows.select_related("agent__team__site", "agent__user", "lead").get(pk=talk_id)
    if version is not None and talk.version != version:
        raise Stale
    return talk


def side_of(talk: OneToOne, by: Actor) -> str:
    """On whose side somebody stands; empty for who was only let in to read."""
    if by.kind == "system":
        return rules.WORK
    if by.user_id is not None and talk.agent.user_id == by.user_id:
        return rules.AGENT
    return rules.LEAD if talk.lead_id == by.user_id else ""


def only(talk: OneToOne, by: Actor, *sides: str) -> str:
    """The side of who acts, or a refusal."""
    side = side_of(talk, by)
    if side not in sides:
        words = {rules.AGENT: _("agent"), rules.LEAD: _("lead")}
        raise OneOfTheTwo(who=_(" or ").join(words[each] for each in sides if each in words))
    return side


def still_open(talk: OneToOne) -> None:
    if talk.state not in rules.OPEN:
        raise TalkOver(state=OneToOne.State(talk.state).label)


def move(talk: OneToOne, to: str, side: str, by: Actor, at: datetime) -> OneToOne:
    """The next state, written down."""
    if not rules.may_move(talk.state, to, side):
        raise TalkNotThatWay(state=OneToOne.State(talk.state).label, to=OneToOne.State(to).label)
    talk.state, talk.version = to, talk.version + 1
    if to not in rules.OPEN:
        talk.ended_at, talk.begins_at = at, talk.begins_at if to == rules.CLOSED else None
    talk.save()
    note(talk, to, by, at)
    return talk


def note(talk: OneToOne, verb: str, by: Actor, at: datetime) -> None:
    """In the audit: that it was done, and no word of the talk."""
    about = ("coaching.talk", talk.pk)
    audit.record(by=by, verb=f"coaching.talk_{verb}", about=about, facts={}, person=talk.agent.user_id, at=at)


def tell(talk: OneToOne, user: int | None, what: str, at: datetime, kind: str = TALK_KIND) -> None:
    if user is not None:
        once = f"{kind}:{talk.pk}:{what}:{user}"
        notices.notify(to=user, kind=kind, ref=("coaching.talk", talk.pk), once=once, at=at)


def tell_of_action(action: Action, user: int | None, what: str, at: datetime) -> None:
    if user is not None:
        once = f"{ACTION_KIND}:{action.pk}:{what}:{user}"
        notices.notify(to=user, kind=ACTION_KIND, ref=("coaching.action", action.pk), once=once, at=at)


def zone_of(agent: Agent) -> ZoneInfo:
    return ZoneInfo(agent.zone or agent.team.site.zone)


def today_of(agent: Agent, at: datetime) -> date:
    return at.astimezone(zone_of(agent)).date()


def end_of(day: date, agent: Agent) -> datetime:
    """The midnight that ends a day where the agent is."""
    return datetime.combine(day + timedelta(days=1), time(), zone_of(agent))
