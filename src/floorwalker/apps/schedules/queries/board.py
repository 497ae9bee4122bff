"""The roster board: people by time with coverage below, a page of people at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker.apps.people.models import Agent, AgentSkill
from floorwalker.apps.people.queries import visible_agents
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.broken import breaches
from floorwalker.apps.schedules.queries.coverage import before_monday, rows_of, stretches, week_covers
from floorwalker.apps.schedules.queries.needs import QueueRow, needs_of
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.apps.schedules.queries.shifts import by_identity, shifts_around, stints
from floorwalker.apps.schedules.queries.workers import employed_in
from floorwalker.apps.schedules.rules.checking import Finding
from floorwalker.apps.schedules.rules.cover import DayCover, Gap, day_cover
from floorwalker.apps.schedules.rules.stints import WEEK, Stint, day_bounds
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Bar, Cover, DayGrid, DayRow, WeekCell, WeekGrid, WeekRow, number_words
from floorwalker.kernel.paging import page_of

ROWS = 50
# Employees first: contractors are offered work and never assigned, so their rows are mostly empty.
ORDER = ("-engagement", "team__name", "name", "number")


@dataclass(frozen=True)
class Filters:
    """What the address says the board shows."""

    team: int | None = None
    skill: int | None = None
    queue: int | None = None
    only_breaches: bool = False
    day: date | None = None  # the day view of that day
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Board:
    """Everything the page shows."""

    grid: WeekGrid | DayGrid
    people: int
    shown: int
    findings: list[Finding]
    gaps: list[Gap]
    short_hours: float
    needed: bool
    paid_hours: float
    open_shifts: int
    begun: bool  # a sheet without a shift owes everybody their hours, which is no news
    after: str = ""
    before: str = ""
    day: date | None = None
    days: list[date] = field(default_factory=list)


def board(by: Actor, sheet: Sheet, queues: Sequence[QueueRow], filters: Filters, at: datetime) -> Board:
    """One page of the sheet."""
    week = sheet.week
    people = _people(by, sheet, filters)
    rows = rows_of(week, sheet.draft_id)
    if filters.queue:
        rows = rows.filter(queue=filters.queue)
    everyones = breaches(people, sheet, queues) if filters.only_breaches else None
    if everyones is not None:
        people = people.filter(pk__in={each.agent for each in everyones})
    place = {"after": filters.after, "before": filters.before}
    page = page_of(people.select_related("team"), ORDER, **place, limit=ROWS, counted=True)
    ids = [agent.pk for agent in page.items]
    shown = stints(rows.filter(agent__in=ids).order_by("period"))
    found = breaches(Agent.objects.filter(pk__in=ids), sheet, queues) if everyones is None else everyones
    found = [each for each in found if each.agent in ids]
    covers = _covers(by, sheet, filters)
    open_stints = _open(by, sheet, rows) if not filters.after else []
    make = _day_grid if filters.day else _week_grid
    known = [each for each in covers if each]
    words = {queue.id: queue.name for queue in queues}
    return Board(
        grid=make(by, sheet, words, filters.day, page.items, shown, open_stints, found, covers, at),
        people=page.total or 0,
        shown=len(page.items),
        findings=found,
        gaps=[gap for cover in known for gap in cover.gaps()],
        short_hours=sum(cover.short_hours for cover in known),
        needed=any(any(cover.needed) for cover in known),
        paid_hours=sum(stint.paid_hours for stint in shown),
        open_shifts=len(open_stints),
        begun=bool(shown) or rows_of(week, sheet.draft_id).exists(),
        after=page.after,
        before=page.before,
        day=filters.day,
        days=days_of(week.first_day),
    )


def days_of(first_day: date) -> list[date]:
    return [first_day + timedelta(days=d) for d in range(WEEK)]


def _people(by: Actor, sheet: Sheet, filters: Filters) -> QuerySet[Agent]:
    """Who is here that week, in sight, and asked for."""
    week = sheet.week
    rows = employed_in(visible_agents(by, P.SEE_ROSTER).filter(team__site=week.site_id), week.first_day)
    if filters.team:
        rows = rows.filter(team=filters.team)
    if filters.skill:
        rows = rows.filter(Exists(AgentSkill.objects.filter(agent=OuterRef("pk"), skill=filters.skill)))
    if filters.queue:
        works = rows_of(week, sheet.draft_id).filter(agent=OuterRef("pk"), queue=filters.queue)
        rows = rows.filter(Exists(works))
    return rows


def _covers(by: Actor, sheet: Sheet, filters: Filters) -> list[DayCover | None]:
    queues = [filters.queue] if filters.queue else None
    if filters.day is None:
        return week_covers(by, sheet.week, sheet.draft_id, queues)
    week = sheet.week
    needs = [need for need in needs_of(by, week.site_id, week.first_day) if need.day == filters.day]
    needs = [need for need in needs if queues is None or need.queue in queues]
    around = (filters.day - timedelta(days=1), filters.day)
    there = stretches(rows_of(week, sheet.draft_id).filter(day__range=around), queues)
    if filters.day == week.first_day:
        there += before_monday(week, queues)
    return [day_cover(filters.day, week.site.zone, needs, there)]


def _open(by: Actor, sheet: Sheet, rows: Any) -> list[Stint]:
    """Shifts without anybody; the site's, so for those who see more than a team."""
    sight = by.sight(P.SEE_ROSTER)
    if not (sight.everything or sheet.week.site_id in sight.sites):
        return []
    return stints(rows.filter(agent=None).order_by("period"))


def shift_url(sheet: Sheet, identity: str) -> str:
    base = reverse("schedules:shift", args=[sheet.week.site_id, sheet.week.first_day, identity])
    return f"{base}?draft={sheet.draft_id}" if sheet.draft_id else base


def shift_urls(sheet: Sheet) -> Callable[[str], str]:
    """The same for hundreds of shifts, with the address worked out once."""
    nobodys = str(UUID(int=0))
    before, _nobody, after = shift_url(sheet, nobodys).partition(nobodys)
    return lambda identity: f"{before}{identity}{after}"


def add_urls(sheet: Sheet) -> Callable[[int | None, date], str]:
    """Where a shift is added for somebody on a day."""
    base = reverse("schedules:add", args=[sheet.week.site_id, sheet.week.first_day])

    def url(agent: int | None, day: date) -> str:
        query: dict[str, Any] = {"day": day.isoformat()}
        if agent:
            query["agent"] = agent
        if sheet.draft_id:
            query["draft"] = sheet.draft_id
        return f"{base}?{urlencode(query)}"

    return url


def _team(agent: Agent) -> str:
    """The line below a name; why a whole team may stand there without a shift is said."""
    if agent.engagement == Agent.Engagement.CONTRACTOR:
        return _("%(team)s, contractor") % {"team": agent.team.name}
    return agent.team.name


def _bar(stint: Stint, words: Mapping[int | None, str], breach: str = "", url: str = "") -> Bar:
    kind = "work" if stint.agent else "open"
    return Bar(stint.start, stint.end, kind, words.get(stint.queue, ""), url, breach)


def _week_grid(
    by: Actor,
    sheet: Sheet,
    words: Mapping[int | None, str],
    _day: date | None,
    agents: Sequence[Agent],
    shown: Sequence[Stint],
    open_stints: Sequence[Stint],
    found: Sequence[Finding],
    covers: Sequence[DayCover | None],
    at: datetime,
) -> WeekGrid:
    days = days_of(sheet.week.first_day)
    edits = by.may(sheet.permission)
    breaches = _by_day(found)
    was = _published(sheet, [*shown, *open_stints])
    by_cell: dict[tuple[int | None, date | None], list[Stint]] = {}
    for stint in [*shown, *open_stints]:
        by_cell.setdefault((stint.agent, stint.day), []).append(stint)
    shift_at, add_at = shift_urls(sheet), add_urls(sheet)
    paid: dict[int | None, float] = defaultdict(float)
    for stint in shown:
        paid[stint.agent] += stint.paid_hours

    def cell(agent: int | None, day: date) -> WeekCell:
        here = by_cell.get((agent, day), [])
        breach = breaches.get((agent, day), "")
        bars = [_bar(s, words, breach, shift_at(s.identity)) for s in here]
        url = add_at(agent, day) if edits and not here else ""
        changed = sheet.draft is not None and any(not _same(was.get(s.identity), s) for s in here)
        return WeekCell(bars, url=url, changed=changed)

    rows = [
        WeekRow(
            agent.name,
            [cell(agent.pk, day) for day in days],
            note=_team(agent),
            total=number_words(paid[agent.pk]),
        )
        for agent in agents
    ]
    if open_stints:
        rows.insert(0, WeekRow(_("Open shifts"), [cell(None, day) for day in days], note=_("nobody yet")))
    return WeekGrid(
        title=_("Roster of the week"),
        days=days,
        rows=rows,
        covers=[look(cover) for cover in covers] if any(covers) else [],
        today=timezone.localdate(at),
        total_label=_("Hours"),
    )


def _day_grid(
    _by: Actor,
    sheet: Sheet,
    words: Mapping[int | None, str],
    day: date | None,
    agents: Sequence[Agent],
    shown: Sequence[Stint],
    open_stints: Sequence[Stint],
    found: Sequence[Finding],
    covers: Sequence[DayCover | None],
    at: datetime,
) -> DayGrid:
    assert day is not None
    start, end = day_bounds(day, sheet.week.site.zone)
    breaches = _by_day(found)
    shift_at, add_at = shift_urls(sheet), add_urls(sheet)
    if day == sheet.week.first_day:
        shown = [*_last_night(sheet, [agent.pk for agent in agents], start), *shown]
    here = [stint for stint in [*shown, *open_stints] if stint.start < end and start < stint.end]

    def bars(agent: int | None) -> list[Bar]:
        made = []
        for stint in here:
            if stint.agent == agent:
                breach = breaches.get((agent, stint.day), "")
                url = shift_at(stint.identity) if stint.day and stint.day >= sheet.week.first_day else ""
                made.append(_bar(stint, words, breach, url))
                if stint.meal_start and stint.meal_end:
                    made.append(Bar(stint.meal_start, stint.meal_end, "meal", url=url))
        return made

    rows = [DayRow(agent.name, bars(agent.pk), url=add_at(agent.pk, day), note=_team(agent)) for agent in agents]
    if any(stint.agent is None for stint in here):
        rows.insert(0, DayRow(_("Open shifts"), bars(None), note=_("nobody yet")))
    now = at if start <= at < end else None
    return DayGrid(title=_("Roster of the day"), start=start, end=end, rows=rows, cover=look(covers[0]), now=now)


def look(cover: DayCover | None) -> Cover | None:
    """As the strip draws it."""
    return Cover(cover.starts, cover.needed, cover.there) if cover else None


def _last_night(sheet: Sheet, agents: Sequence[int], start: datetime) -> list[Stint]:
    return stints(shifts_around(agents, start, start + timedelta(seconds=1), without_week=sheet.week.pk))


def _published(sheet: Sheet, shown: Sequence[Stint]) -> dict[str, Stint]:
    """What the shifts of a draft are in the published week, to mark what differs."""
    if not sheet.draft:
        return {}
    rows = rows_of(sheet.week, None).filter(identity__in=[stint.identity for stint in shown])
    return by_identity(stints(rows))


def _same(was: Stint | None, now: Stint) -> bool:
    return was is not None and was.same_work(now)


def _by_day(found: Sequence[Finding]) -> dict[tuple[int | None, date | None], str]:
    said: dict[tuple[int | None, date | None], str] = {}
    for each in found:
        key = (each.agent, each.day)
        said[key] = f"{said[key]} {each.text}" if key in said else each.text
    return said
