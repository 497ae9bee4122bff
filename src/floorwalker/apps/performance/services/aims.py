"""Aims of the centre, what teams do for them, and small roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance import queries
from floorwalker.apps.performance.models import BusinessGoal, MeasureKey, Responsibility, TeamGoal
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.rules.facts import HIGHEST
from floorwalker.apps.performance.rules.measures import MEASURES
from floorwalker.kernel import audit, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Refused

AIM_KIND = "performance.aim"
ROLE_KIND = "performance.role"


class AimNotPossible(Refused):
    code = "performance_aim_not_possible"
    text = _("The target must be above 0 and within what {measure} can be, and its day must be ahead.")


class AimEnded(Refused):
    code = "performance_aim_ended"
    status = 409
    text = _("This has ended already.")


class WithoutWords(Refused):
    code = "performance_without_words"
    text = _("Say it in a few words; others read them.")


class SaidAlready(Refused):
    code = "performance_said_already"
    status = 409
    text = _("This stands already; end it before it is said anew.")


class RoleForContractor(Refused):
    code = "performance_role_contractor"
    text = _("Independent contractors are not given roles.")


@transaction.atomic
def set_aim(
    *,
    words: str,
    measure: str,
    target: float,
    until: date,
    by: Actor,
    at: datetime,
    site_id: int | None = None,
    client_id: int | None = None,
) -> BusinessGoal:
    """Say what the centre aims for: one site, or the whole house by who keeps it all."""
    require(by, P.KEEP_AIMS)
    if site_id is None and not by.sight(P.KEEP_AIMS).everything:
        refuse(by)
    site = people.the_site(by, site_id, P.KEEP_AIMS) if site_id is not None else None
    client = people.the_client(by, client_id) if client_id is not None else None
    if not words.strip():
        raise WithoutWords
    if not 0 < target <= HIGHEST[MEASURES[measure].unit] or until <= at.date():
        raise AimNotPossible(measure=MeasureKey(measure).label)
    aim = BusinessGoal.objects.create(
        words=words.strip()[:200],
        measure=measure,
        target=target,
        until=until,
        site=site,
        client=client,
        owner_id=by.user_id,
        made_at=at,
    )
    audit.record(by=by, verb="performance.set_aim", about=("performance.aim", aim.pk), at=at)
    return aim


@transaction.atomic
def end_aim(*, businessgoal_id: int, state: str, answer: str, by: Actor, at: datetime) -> BusinessGoal:
    """Say what came of it; what teams did for it ends too."""
    require(by, P.KEEP_AIMS)
    queries.the_aim(by, businessgoal_id, P.KEEP_AIMS)
    aim = BusinessGoal.objects.select_for_update().get(pk=businessgoal_id)
    if aim.state != BusinessGoal.State.OPEN or state not in ("reached", "dropped"):
        raise AimEnded
    if not answer.strip():
        raise WithoutWords
    aim.state, aim.answer, aim.ended_at = state, answer.strip()[:300], at
    aim.save(update_fields=["state", "answer", "ended_at"])
    aim.team_goals.filter(state="open").update(state="ended", ended_at=at)
    about, facts = ("performance.aim", aim.pk), {"state": state}
    audit.record(by=by, verb="performance.end_aim", about=about, facts=facts, at=at)
    return aim


@transaction.atomic
def serve_aim(*, businessgoal_id: int, team_id: int, words: str, by: Actor, at: datetime) -> TeamGoal:
    """Say what a team does for an aim."""
    require(by, P.KEEP_TEAM_AIMS)
    team = people.the_team(by, team_id, P.KEEP_TEAM_AIMS)
    aim = queries.the_aim(by, businessgoal_id)
    if aim.state != BusinessGoal.State.OPEN or aim.site_id not in (None, team.site_id):
        raise AimEnded
    if not words.strip():
        raise WithoutWords
    try:
        with transaction.atomic():
            goal = TeamGoal.objects.create(serves=aim, team=team, words=words.strip()[:200], made_at=at)
    except IntegrityError as error:
        raise SaidAlready from error
    audit.record(by=by, verb="performance.serve_aim", about=("performance.team_goal", goal.pk), at=at)
    return goal


@transaction.atomic
def end_team_goal(*, teamgoal_id: int, by: Actor, at: datetime) -> TeamGoal:
    """The team does something else now."""
    require(by, P.KEEP_TEAM_AIMS)
    queries.the_team_goal(by, teamgoal_id, P.KEEP_TEAM_AIMS)
    goal = TeamGoal.objects.select_for_update().get(pk=teamgoal_id)
    if goal.state != TeamGoal.State.OPEN:
        raise AimEnded
    goal.state, goal.ended_at = TeamGoal.State.ENDED, at
    goal.save(update_fields=["state", "ended_at"])
    audit.record(by=by, verb="performance.end_team_goal", about=("performance.team_goal", goal.pk), at=at)
    return goal


@transaction.atomic
def give_role(*, agent_id: int, title: str, by: Actor, at: datetime, words: str = "") -> Responsibility:
    """Give somebody a small role, in one's own words."""
    require(by, P.LEAD)
    agent = people.the_agent(by, agent_id, P.LEAD)
    if agent.engagement == Agent.Engagement.CONTRACTOR:
        raise RoleForContractor
    if not title.strip():
        raise WithoutWords
    try:
        with transaction.atomic():
            role = Responsibility.objects.create(
                agent=agent,
                title=title.strip()[:80],
                words=words.strip()[:200],
                given_at=at,
                given_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise SaidAlready from error
    _tell_role(role, "performance.give_role", [agent.user_id], by, at)
    return role


@transaction.atomic
def end_role(*, responsibility_id: int, by: Actor, at: datetime, answer: str = "") -> Responsibility:
    """The agent gives it back, or who leads them ends it."""
    require(by, P.SET_OWN, P.LEAD)
    found = queries.the_role(by, responsibility_id)
    if not queries.side_of(by, found.agent):
        refuse(by)
    role = Responsibility.objects.select_for_update(of=("self",)).select_related("agent").get(pk=responsibility_id)
    if role.state != Responsibility.State.HELD:
        raise AimEnded
    other = role.given_by_id if role.agent.user_id == by.user_id else role.agent.user_id
    return _end_role(role, answer, [other], by, at)


@transaction.atomic
def end_roles_of(*, agent_id: int, why: str, at: datetime) -> int:
    """Small roles of whoever has left end with the reason, which who leads the team reads; how many."""
    rows = Responsibility.objects.select_for_update(of=("self",)).select_related("agent__team__site")
    found = list(rows.filter(agent=agent_id, state=Responsibility.State.HELD).order_by("pk"))
    for role in found:
        _end_role(role, why, people.leads_of(role.agent), SYSTEM, at)
    return len(found)


def tell_of_past_aims(at: datetime) -> int:
    """Remind whoever set an aim once its day is over: it was reached, or it is dropped."""
    return sum(
        notices.notify(
            to=aim.owner_id, kind=AIM_KIND, ref=("performance.aim", aim.pk), once=f"aim:{aim.pk}:past", at=at
        )
        for aim in queries.aims_past(at)
        if aim.owner_id is not None
    )


def _end_role(
    role: Responsibility, answer: str, told: Iterable[int | None], by: Actor, at: datetime
) -> Responsibility:
    role.state, role.ended_at, role.answer = Responsibility.State.ENDED, at, answer.strip()[:200]
    role.save(update_fields=["state", "ended_at", "answer"])
    _tell_role(role, "performance.end_role", told, by, at)
    return role


def _tell_role(role: Responsibility, verb: str, told: Iterable[int | None], by: Actor, at: datetime) -> None:
    about = ("performance.responsibility", role.pk)
    audit.record(by=by, verb=verb, about=about, person=role.agent.user_id, at=at)
    for user in told:
        if user is not None and user != by.user_id:
            notices.notify(to=user, kind=ROLE_KIND, ref=about, once=f"role:{role.pk}:{role.state}", at=at)
