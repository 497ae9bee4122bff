"""Telling figures of days: added, never changed; told again under its key, a figure replaces what was told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models import AgentDay
from floorwalker.apps.performance.permissions import PerformancePermission as P
from floorwalker.apps.performance.rules.facts import Someone, Told, wrong
from floorwalker.apps.performance.words import refusal_words
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import NotFound, Refused

QUALITY_SOURCE = "quality"
BATCH = 2000


class NotTold(Refused):
    code = "performance_not_told"
    text = _("Figure {place}, {measure} of {day}: {why} Nothing was told.")


class ToldTogether(Refused):
    code = "performance_told_together"
    status = 409
    text = _("The same figures were told by somebody else at this moment. Tell them again.")


@dataclass(frozen=True)
class Outcome:
    """What became of the figures told: new, replacing what was there, or the same as it."""

    new: int
    replaced: int
    same: int


@transaction.atomic
def tell_days(*, facts: Sequence[Told], source: str, by: Actor, at: datetime) -> Outcome:
    """Tell many figures at once, all or none; the same again changes nothing."""
    require(by, P.TELL)
    agents = _agents(facts, by)
    # No clock of an agent is further ahead than this; a figure of a day that goes on counts when it is over.
    latest = (at + timedelta(hours=14)).date()
    for place, told in enumerate(facts, start=1):
        why = wrong(told, agents[told.agent_id], latest)
        if why:
            raise NotTold(place=place, measure=told.measure, day=told.day.isoformat(), why=refusal_words(why))
    last = {(told.agent_id, told.key): told for told in facts}  # of two under one key the later counts
    held = AgentDay.objects.select_for_update().filter(agent__in=agents, source=source, replaced=False)
    keys = {told.key for told in facts}
    before = {(row.agent_id, row.key): row for row in held.filter(key__in=keys).order_by("pk")}
    changed = {key: told for key, told in last.items() if key not in before or not _same(before[key], told)}
    gone = [before[key].pk for key in changed if key in before]
    AgentDay.objects.filter(pk__in=gone).update(replaced=True)
    try:
        with transaction.atomic():
            AgentDay.objects.bulk_create([_row(told, source, at) for told in changed.values()], batch_size=BATCH)
    except IntegrityError as error:
        raise ToldTogether from error
    outcome = Outcome(len(changed) - len(gone), len(gone), len(last) - len(changed))
    if changed:
        facts_said = {"source": source, "new": outcome.new, "replaced": outcome.replaced}
        audit.record(by=by, verb="performance.tell", about=("performance.facts", source), facts=facts_said, at=at)
    return outcome


@transaction.atomic
def tell_quality(
    *, agent_id: int, day: date, read: Callable[[], tuple[float, int] | None], at: datetime
) -> Outcome:
    """What follows from an evaluation shown or decided: the mean of an agent's day, and how many it rests on.

    ``read`` gives both as they stand. It is asked while nobody else can tell this day of this agent, so that of
    several who tell it at one moment the last one is right, in whichever order their events come. A contact of a
    day the agent was not here yet, or no longer, is left out; the audit says so.
    """
    with connection.cursor() as cursor:
        key = f"{QUALITY_SOURCE}:{agent_id}:{day.isoformat()}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    found = read()
    if found is None:
        return Outcome(0, 0, 0)
    told = Told(agent_id, day, "quality_score", found[0], float(found[1]), f"day:{day.isoformat()}")
    someone = _agents([told], SYSTEM)[agent_id]
    if wrong(told, someone, day) == "not_here_that_day":
        about = ("performance.facts", QUALITY_SOURCE)
        facts = {"agent": agent_id, "day": day.isoformat(), "why": "not_here_that_day"}
        audit.record(by=SYSTEM, verb="performance.leave_out", about=about, facts=facts, at=at)
        return Outcome(0, 0, 0)
    return tell_days(facts=[told], source=QUALITY_SOURCE, by=SYSTEM, at=at)


@transaction.atomic
def note_export(*, agent: Agent, rows: int, why: str, by: Actor, at: datetime) -> None:
    """Say that somebody took the figures of an agent with them."""
    require(by, P.SEE)
    about, facts = ("people.agent", agent.pk), {"rows": rows, "why": why}
    audit.record(by=by, verb="performance.export", about=about, facts=facts, person=agent.user_id, at=at)


def _agents(facts: Sequence[Told], by: Actor) -> dict[int, Someone]:
    """Whom the figures are of; one out of sight and none is told."""
    wanted = {told.agent_id for told in facts}
    found = {
        agent.pk: Someone(agent.pk, agent.started_on, agent.left_on, agent.engagement == "contractor")
        for agent in people.visible_agents(by, P.TELL).filter(pk__in=wanted)
    }
    if wanted - set(found):
        raise NotFound
    return found


def _same(row: AgentDay, told: Told) -> bool:
    before = (row.day, row.measure, row.value, row.weight)
    return before == (told.day, told.measure, told.value, told.weight)


def _row(told: Told, source: str, at: datetime) -> AgentDay:
    return AgentDay(
        agent_id=told.agent_id,
        day=told.day,
        measure=told.measure,
        value=told.value,
        weight=told.weight,
        source=source,
        key=told.key,
        told_at=at,
    )
