"""Agents come, change, move and leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models import User
from floorwalker.apps.people import queries, rules, words
from floorwalker.apps.people.events import AgentAdded, AgentLeft, AgentMoved, AgentReturned
from floorwalker.apps.people.models import Agent, TeamMembership
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel import audit, events
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused, Stale
from floorwalker.kernel.look import day_words
from floorwalker.kernel.scoping import pick

# What `change_agent` may change; the rest has a verb of its own.
CHANGEABLE = frozenset(
    {
        "name",
        "number",
        "engagement",
        "workplace",
        "zone",
        "least_hours",
        "most_hours",
        "most_days",
        "least_rest_hours",
        "most_days_in_a_row",
        "available",
        "started_on",
    }
)


class NotAllowedHere(Refused):
    """A value that cannot be."""

    code = "people_not_allowed"
    text = _("{problem}.")


class NumberTaken(Refused):
    code = "agent_number_taken"
    text = _("The number {number} is in use. Every agent has one of their own; choose another.")


class NobodySignsIn(Refused):
    code = "agent_sign_in_unknown"
    text = _("No one without an agent of their own signs in as {email}. Invite them first, or check the address.")


class AlreadyLeft(Refused):
    code = "agent_already_left"
    text = _("{name} left on {left_on}. Take that back first.")


@contextmanager
def translated(number: str = "") -> Iterator[None]:
    """Rules and constraints speak in sentences."""
    try:
        with transaction.atomic():
            yield
    except rules.NotAllowed as error:
        raise NotAllowedHere(problem=capfirst(words.problem_words(error))) from error
    except IntegrityError as error:
        if "people_agent_number_once" in str(error):
            raise NumberTaken(number=number) from error
        raise


def locked(by: Actor, agent_id: int, version: int | None, permission: P = P.KEEP_AGENTS) -> Agent:
    """The agent for writing, as its reader saw it; Stale when somebody was quicker."""
    require(by, permission)
    rows = queries.visible_agents(by, permission).select_related("team__site").select_for_update(of=("self",))
    agent = pick(rows, agent_id)
    if version is not None and agent.version != version:
        raise Stale
    return agent


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the rules want them written."""
    found = dict(values)
    if found.get("zone"):
        found["zone"] = rules.known_zone(found["zone"])
    if "available" in found:
        found["available"] = rules.windows_text(rules.windows(found["available"]))
    return found


def add_agent(
    *, team_id: int, number: str, name: str, started_on: date, by: Actor, at: datetime, **more: Any
) -> Agent:
    """Somebody new in a team."""
    require(by, P.KEEP_AGENTS)
    team = queries.the_team(by, team_id, P.KEEP_AGENTS)
    with translated(number):
        agent = Agent(team=team, number=number.strip(), name=name.strip(), started_on=started_on, **checked(more))
        rules.hours_in_order(agent.least_hours, agent.most_hours)
        agent.save(force_insert=True)
        TeamMembership.objects.create(agent=agent, team=team, days=(started_on, None))
        audit.record(
            by=by,
            verb="people.add_agent",
            about=("people.agent", agent.pk),
            facts={"number": agent.number, "team": team.name},
            at=at,
        )
        events.announce(AgentAdded(agent.pk, agent.number, team.pk, started_on))
    return agent


def change_agent(*, agent_id: int, version: int, changes: Mapping[str, Any], by: Actor, at: datetime) -> Agent:
    """Facts about somebody, as they should read from now on."""
    with translated(str(changes.get("number", ""))):
        agent = locked(by, agent_id, version)
        before = {}
        for field, value in checked({key: changes[key] for key in changes if key in CHANGEABLE}).items():
            if getattr(agent, field) != value:
                before[field] = [getattr(agent, field), value]
                setattr(agent, field, value)
        if not before:
            return agent
        rules.hours_in_order(agent.least_hours, agent.most_hours)
        if agent.left_on and agent.left_on < agent.started_on:
            raise rules.NotAllowed("starts_after_end", day=agent.left_on)
        keep(agent, *before)
        if "started_on" in before:
            _start_anew(agent)
        _note(by, "people.change_agent", agent, before, at)
    return agent


def _start_anew(agent: Agent) -> None:
    """The first membership begins with the first day."""
    first = TeamMembership.objects.filter(agent=agent).order_by("days").first()
    if first is not None:
        until = first.days.upper
        if until is not None and until <= agent.started_on:
            raise rules.NotAllowed("starts_after_move")
        first.days = (agent.started_on, until)
        first.save(update_fields=["days"])


def move_agent(*, agent_id: int, version: int, team_id: int, on: date, by: Actor, at: datetime) -> Agent:
    """To another team, from a day on that is not in the future: who sees whom changes at once."""
    with translated():
        agent = locked(by, agent_id, version)
        team = queries.the_team(by, team_id, P.KEEP_AGENTS)
        _refuse_left(agent)
        if on > queries.today_of(agent, at):
            raise rules.NotAllowed("moved_too_early")
        before, agent.team = agent.team, team
        if before.pk == team.pk:
            return agent
        rows = list(TeamMembership.objects.filter(agent=agent))
        stays = [rules.Stay(row.team_id, row.days.lower, row.days.upper) for row in rows]
        after = rules.moved(stays, team.pk, on, agent.started_on)
        TeamMembership.objects.filter(agent=agent).delete()
        TeamMembership.objects.bulk_create(
            TeamMembership(agent=agent, team_id=stay.team_id, days=(stay.since, stay.until)) for stay in after
        )
        keep(agent, "team")
        _note(by, "people.move_agent", agent, {"team": [before.name, team.name], "on": on}, at)
        events.announce(AgentMoved(agent.pk, agent.user_id, before.pk, team.pk, on))
    return agent


def record_leaving(
    *, agent_id: int, version: int, left_on: date, reason_id: int, by: Actor, at: datetime
) -> Agent:
    """Somebody's last day and why; their rights end with it."""
    with translated():
        agent = locked(by, agent_id, version)
        reason = pick(queries.visible_leaving_reasons(by), reason_id)
        _refuse_left(agent)
        if left_on < agent.started_on:
            raise rules.NotAllowed("ends_before_start", day=agent.started_on)
        if left_on > queries.today_of(agent, at):
            raise rules.NotAllowed("left_too_early")
        agent.left_on, agent.leaving_reason = left_on, reason
        keep(agent, "left_on", "leaving_reason")
        _note(by, "people.record_leaving", agent, {"left_on": left_on, "leaving_reason": reason.name}, at)
        events.announce(AgentLeft(agent.pk, agent.user_id, left_on))
    return agent


def undo_leaving(*, agent_id: int, version: int, by: Actor, at: datetime) -> Agent:
    """A leaving recorded in error, or somebody who came back."""
    with translated():
        agent = locked(by, agent_id, version)
        if agent.left_on is None:
            return agent
        before = agent.left_on
        agent.left_on = agent.leaving_reason = None
        keep(agent, "left_on", "leaving_reason")
        _note(by, "people.undo_leaving", agent, {"left_on": [before, None]}, at)
        events.announce(AgentReturned(agent.pk, agent.user_id))
    return agent


def link_user(*, agent_id: int, email: str | None, by: Actor, at: datetime) -> Agent:
    """Say with which address an agent signs in, or with none: that user sees the agent's own things from now on.

    Users are kept by administrators; an address nobody was invited with, and one another agent signs in with, are
    refused alike, so that this tells nobody who has an account.
    """
    with translated():
        agent = locked(by, agent_id, None)
        before, user = agent.user, None
        if email and email.strip():
            free = User.objects.filter(is_active=True, service_account=False)
            free = free.filter(Q(agent=None) | Q(agent=agent))
            # Locked, so that the same address given to two agents at once is found taken by the second.
            User.objects.select_for_update().filter(email__iexact=email.strip()).first()
            user = free.filter(email__iexact=email.strip()).first()
            if user is None:
                raise NobodySignsIn(email=email.strip())
        if user == before:
            return agent
        agent.user = user
        keep(agent, "user")
        facts = {"user": [before.pk if before else None, user.pk if user else None]}
        _note(by, "people.link_user", agent, facts, at)
    return agent


def keep(agent: Agent, *fields: str) -> None:
    """Write these fields and count the version up; the row is locked."""
    agent.version += 1
    agent.save(update_fields=[*fields, "version"])


def _refuse_left(agent: Agent) -> None:
    if agent.left_on is not None:
        raise AlreadyLeft(name=agent.name, left_on=day_words(agent.left_on))


def _note(by: Actor, verb: str, agent: Agent, facts: Mapping[str, Any], at: datetime) -> None:
    audit.record(by=by, verb=verb, about=("people.agent", agent.pk), facts=facts, person=agent.user_id, at=at)
