"""A sheet by its address, one of its shifts with what may be done to it, and the lists its forms choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from floorwalker.apps.capacity.permissions import CapacityPermission
from floorwalker.apps.people.models import Agent, Skill, Team
from floorwalker.apps.people.queries import agents_to_pick, visible_agents, visible_skills, visible_teams
from floorwalker.apps.schedules.models import Draft, DraftShift, Edit, Shift, Week
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.coverage import rows_of
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.prices import callers_words
from floorwalker.apps.schedules.queries.shifts import stint_of, visible_draft_shifts, visible_shifts
from floorwalker.apps.schedules.queries.weeks import (
    find_week,
    the_draft,
    the_roster_site,
    visible_drafts,
    visible_edits,
)
from floorwalker.apps.schedules.queries.workers import employed_in
from floorwalker.apps.schedules.rules.stints import Stint, monday_of
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.look.words import clock_words
from floorwalker.kernel.picking import Choices


def the_sheet(by: Actor, site_id: int, first_day: date, draft_id: Any = None) -> Sheet:
    """The published week of a site, made of nothing where there is none yet; or a draft of it."""
    site = the_roster_site(by, site_id)
    if monday_of(first_day) != first_day:
        raise NotFound
    if not draft_id:
        week = find_week(site.pk, first_day) or Week(site=site, first_day=first_day)
        return Sheet(week)
    draft = the_draft(by, draft_id)
    if (draft.week.site_id, draft.week.first_day) != (site.pk, first_day):
        raise NotFound
    return Sheet(draft.week, draft)


@dataclass(frozen=True)
class ShiftOnSheet:
    """A shift, whose it is, and what was done to it last."""

    stint: Stint
    agent: Agent | None
    row_id: int
    queue: str


def the_shift(by: Actor, sheet: Sheet, identity: Any) -> ShiftOnSheet:
    """A shift of the sheet that the actor may see."""
    rows: QuerySet[Shift] | QuerySet[DraftShift]
    seen = rows_of(sheet.week, sheet.draft_id).values("pk")
    rows = visible_draft_shifts(by).filter(pk__in=seen) if sheet.draft else visible_shifts(by).filter(pk__in=seen)
    row = rows.select_related("agent__team", "queue").filter(identity=identity).first()
    if row is None:
        raise NotFound
    return ShiftOnSheet(stint_of(row), row.agent, row.pk, row.queue.name if row.queue else "")


def people_to_give_to(by: Actor, sheet: Sheet) -> Choices:
    """Whom a shift may be given: employees here that week and in sight."""
    rows = visible_agents(by, sheet.permission).filter(team__site=sheet.week.site_id)
    return agents_to_pick(employed_in(rows, sheet.week.first_day).exclude(engagement=Agent.Engagement.CONTRACTOR))


def shifts_to_swap_with(by: Actor, sheet: Sheet, stint: Stint) -> Choices:
    """Shifts of others on the same day, as the form names them."""
    seen = visible_agents(by, sheet.permission).values("pk")
    rows = rows_of(sheet.week, sheet.draft_id).filter(day=stint.day, agent__in=seen).exclude(agent=stint.agent)
    columns = ("agent__name", "agent__number", "period__startswith", "period__endswith")
    return Choices(
        rows.exclude(agent=None).order_by("agent__name", "agent__number", "period"),
        columns,
        lambda name, number, start, end: f"{name}, {number}, {clock_words(start)}–{clock_words(end)}",
        searched=("agent__name", "agent__number"),
        key=("identity", "version"),
    )


def teams_here(by: Actor, site_id: int) -> list[tuple[int, str]]:
    rows: QuerySet[Team] = visible_teams(by, P.SEE_ROSTER).filter(site=site_id, archived=False)
    return list(rows.order_by("name").values_list("pk", "name"))


def skills_here(by: Actor) -> list[tuple[int, str]]:
    rows: QuerySet[Skill] = visible_skills(by, P.SEE_ROSTER).filter(archived=False)
    return list(rows.order_by("name").values_list("pk", "name"))


def open_drafts(by: Actor, week: Week) -> list[Draft]:
    """Working copies of a week, the newest first."""
    if week.pk is None or not by.may(P.PLAN):
        return []
    return list(visible_drafts(by).filter(week=week, state=Draft.State.OPEN).order_by("-pk")[:20])


@dataclass(frozen=True)
class EditLine:
    """A change by hand, and what it was expected to cost in callers, for those who see required staff."""

    edit: Edit
    price: str


def last_edits(by: Actor, sheet: Sheet, count: int = 10) -> list[EditLine]:
    """What was changed by hand on this sheet, the newest first."""
    if sheet.week.pk is None:
        return []
    rows = visible_edits(by).filter(week=sheet.week, draft=sheet.draft)
    priced = by.may(CapacityPermission.SEE)
    return [
        EditLine(edit, callers_words(edit.callers) if priced and edit.callers is not None else "")
        for edit in rows.select_related("publication").order_by("-pk")[:count]
    ]


def discarded_drafts(by: Actor, week: Week) -> list[Draft]:
    """Drafts put away, which can be opened again."""
    if week.pk is None or not by.may(P.PLAN):
        return []
    return list(visible_drafts(by).filter(week=week, state=Draft.State.DISCARDED).order_by("-pk")[:20])
