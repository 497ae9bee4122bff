"""What other systems call an agent."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries, rules
from floorwalker.apps.people.models import Agent, AgentName
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.apps.people.services.agents import locked, translated
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.scoping import pick


class NameTaken(Refused):
    """Two agents would share a name at a time. Whose it is, is said to those who may see them."""

    code = "agent_name_taken"
    status = 409
    text = _(
        "In {system} the name {external_id} belongs to {whose} in these days. End that first, or check the days."
    )


def add_name(
    *,
    agent_id: int,
    system: str,
    external_id: str,
    since: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> AgentName:
    """From a day, until the day before another; open without one."""
    system, external_id = system.strip(), external_id.strip()
    with translated():
        agent = locked(by, agent_id, None)
        if not system or not external_id:
            raise rules.NotAllowed("name_empty")
        if until is not None and until <= since:
            raise rules.NotAllowed("name_ends_first")
        row = AgentName(agent=agent, system=system, external_id=external_id, days=DateRange(since, until))
        write_name(row, by)
        _note(by, "people.add_name", agent, row, at)
    return row


def write_name(row: AgentName, by: Actor) -> None:
    """Write it down with its days, or say who has the name."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "people_agent_name_no_overlap" not in str(error):
            raise
        raise NameTaken(system=row.system, external_id=row.external_id, whose=_whose(row, by)) from error


def _whose(row: AgentName, by: Actor) -> str:
    seen = queries.visible_agent_names(by, P.SEE_AGENTS).select_related("agent").exclude(pk=row.pk)
    held = seen.filter(system=row.system, external_id=row.external_id, days__overlap=row.days).first()
    return f"{held.agent.name} ({held.agent.number})" if held else str(_("somebody else"))


def end_name(*, name_id: int, until: date, by: Actor, at: datetime) -> AgentName:
    """The first day it does not hold any more; a name that never held goes away."""
    with translated():
        names = queries.visible_agent_names(by, P.KEEP_AGENTS)
        agent = locked(by, pick(names, name_id).agent_id, None)
        row = pick(names, name_id)  # as it is now that nobody else can change it
        if until <= row.days.lower:
            row.delete()
        else:
            row.days = DateRange(row.days.lower, until)
            write_name(row, by)
        _note(by, "people.end_name", agent, row, at, until)
    return row


def _note(by: Actor, verb: str, agent: Agent, row: AgentName, at: datetime, until: date | None = None) -> None:
    facts = {"system": row.system, "name": row.external_id, "until": until}
    audit.record(by=by, verb=verb, about=("people.agent", agent.pk), facts=facts, person=agent.user_id, at=at)
