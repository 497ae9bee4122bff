"""Visits on the floor, the limits of silence, and telling leads of those who heard nothing for too long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import FloorSetting, Touch
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.services.touches import note_touch
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.scoping import pick

SILENCE_KIND = "coaching.silence"
UNDO = timedelta(minutes=1)
TAPPED_TWICE = timedelta(minutes=10)


class TooLateToTakeBack(Refused):
    code = "coaching_visit_stays"
    status = 409
    text = _("A visit is taken back within a minute, and only by whoever noted it.")


@transaction.atomic
def visit(*, agent_id: int, by: Actor, at: datetime, how: str = "") -> Touch:
    """“I saw them”: one tap. Tapped twice it is one visit. ``how``: walked by or called; left out, it is as usual
    with somebody who works at one place only.
    """
    require(by, P.WALK)
    agent = pick(queries.led(by), agent_id)
    if by.user_id is None:
        refuse(by)
    Agent.objects.select_for_update(no_key=True).get(pk=agent.pk)
    just_now = Touch.objects.filter(
        agent=agent, by=by.user_id, kind="visit", taken_back_at=None, at__gt=at - TAPPED_TWICE
    )
    if before := just_now.first():
        return before
    how = how if how in Touch.How.values else queries.usual_how(agent.workplace)
    once = f"visit:{by.user_id}:{agent.pk}:{at.isoformat()}"
    return note_touch(agent_id=agent.pk, by_user_id=by.user_id, kind="visit", how=how, at=at, once=once)


@transaction.atomic
def take_back_visit(*, touch_id: int, by: Actor, at: datetime) -> None:
    """A tap on the wrong name, undone within a minute."""
    require(by, P.WALK)
    touch = queries.the_touch(by, touch_id)
    if touch.kind != Touch.Kind.VISIT or touch.by_id != by.user_id or not touch.at <= at <= touch.at + UNDO:
        raise TooLateToTakeBack
    touch.taken_back_at = at
    touch.save(update_fields=["taken_back_at"])


@transaction.atomic
def set_limits(
    *,
    site_id: int,
    silence_days: int,
    visits_a_day: int,
    by: Actor,
    at: datetime,
    steps_months: int | None = None,
    talk_days: int | None = None,
    talk_minutes: int | None = None,
) -> FloorSetting:
    """How many days without a word are too many at a site, how many visits a day there is time for, how long
    a step of a response counts, and how often everybody is owed a one-to-one. What an agent was told already stays
    as it was told, and what is left out stays as it is.
    """
    require(by, P.KEEP_LIMITS)
    site = people.the_site(by, site_id, P.KEEP_LIMITS)
    wanted = {"steps_months": steps_months, "talk_days": talk_days, "talk_minutes": talk_minutes}
    said = {name: value for name, value in wanted.items() if value is not None}
    kept, _new = FloorSetting.objects.update_or_create(
        site=site, defaults={"silence_days": silence_days, "visits_a_day": visits_a_day, **said}
    )
    facts = {"days": silence_days, "visits": visits_a_day, "months": kept.steps_months, "talks": kept.talk_days}
    audit.record(by=by, verb="coaching.set_limits", about=("people.site", site.pk), facts=facts, at=at)
    return kept


@transaction.atomic
def tell_of_silence(at: datetime) -> int:
    """Tell each lead, once a week, that somebody of their team heard nothing for too long; the number told."""
    year, week, _day = at.isocalendar()
    told = 0
    lines = [line for line in queries.silence_by_team(SYSTEM, at, P.WALK) if line.over]
    leads = people.leads_of_teams(line.team_id for line in lines)
    for line in lines:
        for lead in leads.get(line.team_id, []):
            once = f"silence:{line.team_id}:{year}-{week}"
            ref = ("people.team", line.team_id)
            told += notices.notify(to=lead, kind=SILENCE_KIND, ref=ref, once=once, at=at)
    return told
