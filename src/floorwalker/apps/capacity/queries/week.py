"""One queue's week: required staff interval by interval, with who is rostered, and how it stands in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.models import RequiredDay, Requirement
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.capacity.queries.audits import WeekAudit, week_audit
from floorwalker.apps.capacity.queries.inputs import lack_of, rostered_days
from floorwalker.apps.capacity.queries.required import goal_words, newest_days
from floorwalker.apps.capacity.queries.stale import stale_because
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import Queue
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import Chart, Series, number_words
from floorwalker.kernel.look.words import span_words
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid


@dataclass(frozen=True)
class Cell:
    """One interval: people to schedule, people rostered where that is known."""

    required: int
    rostered: int | None
    url: str

    @property
    def gap(self) -> int:
        """People missing (negative) or to spare; 0 where no roster is published."""
        return 0 if self.rostered is None else self.rostered - self.required


@dataclass(frozen=True)
class Row:
    """One time of day; a day has two cells where its clock shows the hour twice, and none where it skips it."""

    label: str
    cells: list[list[Cell]]


@dataclass(frozen=True)
class Day:
    """One day of the week, computed or not."""

    day: date
    grid: TimeGrid
    row: RequiredDay | None
    rostered: list[int] | None

    @property
    def hours_required(self) -> float:
        return self._hours(self.row.scheduled) if self.row else 0.0

    @property
    def hours_rostered(self) -> float | None:
        return None if self.rostered is None else self._hours(self.rostered)

    @property
    def hours_short(self) -> float:
        return self._hours([max(0, -gap) for gap in self.gaps])

    @property
    def hours_over(self) -> float:
        return self._hours([max(0, gap) for gap in self.gaps])

    @property
    def gaps(self) -> list[int]:
        """People missing (negative) or to spare in each interval; 0 where either number is not known."""
        if self.row is None or self.rostered is None:
            return [0] * len(self.grid)
        return [have - need for need, have in zip(self.row.scheduled, self.rostered, strict=True)]

    @property
    def contacts(self) -> float:
        return sum(self.row.contacts) if self.row else 0.0

    def _hours(self, people: Sequence[int]) -> float:
        return sum(n * seconds for n, seconds in zip(people, self.grid.lengths, strict=True)) / 3600


@dataclass(frozen=True)
class QueueWeek:
    """What the page of a week shows. Without ``newest`` nothing has been computed for it."""

    queue: Queue
    monday: date
    days: list[Day]
    rows: list[Row]
    chart: Chart | None
    sentence: str
    stale: list[str]
    newest: Requirement | None
    goal: str
    lack: rules.Lack | None  # why nothing can be computed for these days
    hours_before: float | None  # required in the week before
    audit: WeekAudit | None = None  # what a simulation makes of it

    @property
    def previous(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def following(self) -> date:
        return self.monday + timedelta(days=7)

    @property
    def last(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def hours_required(self) -> float:
        return sum(day.hours_required for day in self.days)

    @property
    def hours_change(self) -> float | None:
        return None if self.hours_before is None else self.hours_required - self.hours_before

    @property
    def hours_rostered(self) -> float | None:
        """None unless every day with a requirement is published."""
        known = [day.hours_rostered for day in self.days if day.row]
        return None if not known or None in known else sum(hours or 0.0 for hours in known)

    @property
    def published(self) -> bool:
        return any(day.rostered is not None for day in self.days)

    @property
    def hours_short(self) -> float:
        return sum(day.hours_short for day in self.days)

    @property
    def hours_over(self) -> float:
        return sum(day.hours_over for day in self.days)

    @property
    def contacts(self) -> float:
        return sum(day.contacts for day in self.days)


def week(actor: Actor, queue: Queue, monday: date) -> QueueWeek:
    """The newest requirement of each day of a week, joined over the versions, with rostered counts."""
    found = newest_days(actor, [queue.pk], monday - timedelta(days=7), monday + timedelta(days=6))
    rows = {row.day: row for row in found}
    days = _days(queue, monday, rows)
    here = [day.row for day in days if day.row]
    newest = max((row.requirement for row in here), key=lambda each: (each.made_at, each.pk), default=None)
    before = {row.day: row for row in found if row.day < monday}
    expected = demand.expected_days([queue], monday, monday + timedelta(days=6))[queue.pk]
    return QueueWeek(
        queue=queue,
        monday=monday,
        days=days,
        rows=_rows(queue, days),
        chart=_chart(queue, days, monday) if newest else None,
        sentence=sentence(days, before),
        stale=stale_because(queue, here, expected),
        newest=newest,
        goal=goal_words(newest.settings["goals"]) if newest else "",
        lack=lack_of(queue, expected),
        hours_before=sum(_alone(row).hours_required for row in before.values()) if len(before) == 7 else None,
        audit=week_audit(actor, queue, monday, here, {day.day: day.rostered for day in days}),
    )


def _days(queue: Queue, monday: date, rows: dict[date, RequiredDay]) -> list[Day]:
    """Seven days; the roster is asked for in the intervals of the requirement."""
    dates = [monday + timedelta(days=n) for n in range(7)]
    kept = [rows[day].requirement for day in dates if day in rows]
    step, zone = (kept[0].step_seconds, kept[0].zone) if kept else (queue.step_seconds, queue.zone)
    counts = rostered_days(queue, dates, step, zone) if kept else [None] * 7
    found = []
    for day, rostered in zip(dates, counts, strict=True):
        row = rows.get(day)
        own = _alone(row) if row else Day(day, TimeGrid(day, 1, step, zone), None, None)
        alike = rostered is not None and len(rostered) == len(own.grid)
        found.append(Day(day, own.grid, row, rostered if alike else None))
    return found


def _alone(row: RequiredDay) -> Day:
    return Day(row.day, TimeGrid(row.day, 1, row.requirement.step_seconds, row.requirement.zone), row, None)


def _rows(queue: Queue, days: Sequence[Day]) -> list[Row]:
    """Times of day from the first to the last at which anybody is needed or rostered."""
    found: dict[str, list[list[Cell]]] = {}
    used: set[str] = set()
    labels = sorted({label for day in days for label in _labels(day.grid)})
    for label in labels:
        found[label] = [[] for _ in days]
    for place, day in enumerate(days):
        if day.row is None:
            continue
        for number, label in enumerate(_labels(day.grid)):
            need = day.row.scheduled[number]
            have = day.rostered[number] if day.rostered else None
            if need or have:
                used.add(label)
            url = reverse("capacity:why", args=[queue.pk, day.day.isoformat(), number]) if need else ""
            found[label][place].append(Cell(need, have, url))
    if not used:
        return []
    first, last = labels.index(min(used)), labels.index(max(used))
    return [Row(label, found[label]) for label in labels[first : last + 1]]


def _labels(grid: TimeGrid) -> list[str]:
    """The clock at which each interval begins."""
    if grid.step_seconds == DAY_SECONDS:
        return [_("all day")]
    minutes = grid.step_seconds // 60
    return [f"{slot * minutes // 60:02d}:{slot * minutes % 60:02d}" for slot in grid.slots]


def _chart(queue: Queue, days: Sequence[Day], monday: date) -> Chart:
    points: list[datetime] = []
    required: list[float | None] = []
    rostered: list[float | None] = []
    for day in days:
        points += [datetime.fromtimestamp(start, UTC) for start in day.grid.starts]
        required += day.row.scheduled if day.row else [None] * len(day.grid)
        rostered += day.rostered or [None] * len(day.grid)
    series = [Series(_("Required"), required, role="required")]
    if any(value is not None for value in rostered):
        series.append(Series(_("Rostered"), rostered, role="rostered"))
    return Chart(
        key="required",
        title=_("People to schedule"),
        sentence=sentence(days, {}),
        points=points,
        unit=_("people"),
        digits=0,
        series=series,
        csv_url=reverse("capacity:week_csv", args=[queue.pk, monday.isoformat()]),
    )


def sentence(days: Sequence[Day], before: dict[date, RequiredDay]) -> str:
    """How the week stands, in words: what is short, or where most people are needed."""
    if not any(day.row for day in days):
        return _("Nothing is computed for this week yet.")
    short = sum(day.hours_short for day in days)
    if short > 0:
        return _short(days, short)
    if any(day.rostered is not None for day in days):
        over = number_words(sum(day.hours_over for day in days), digits=1)
        return _("Everybody required is rostered, and %(hours)s hours more.") % {"hours": over}
    return _busiest(days, before)


def _short(days: Sequence[Day], short: float) -> str:
    missing = {(place, n): -gap for place, day in enumerate(days) for n, gap in enumerate(day.gaps)}
    place, number = max(missing, key=lambda at: (missing[at], -at[0], -at[1]))
    people = missing[place, number]
    day = days[place]
    assert day.row is not None
    return ngettext(
        "%(hours)s hours are short, most of all %(when)s: %(people)s of %(need)s people is missing.",
        "%(hours)s hours are short, most of all %(when)s: %(people)s of %(need)s people are missing.",
        people,
    ) % {
        "hours": number_words(short, digits=1),
        "when": _span(day.grid, number, number + 1),
        "people": number_words(people),
        "need": number_words(day.row.scheduled[number]),
    }


def _busiest(days: Sequence[Day], before: dict[date, RequiredDay]) -> str:
    runs = [(day, day.row, rules.peak(day.row.scheduled)) for day in days if day.row]
    peaks = [(day, row, run) for day, row, run in runs if run]
    if not peaks:
        return _("Nobody is needed this week: the queue is closed, or no contacts are expected.")
    day, _row, run = max(peaks, key=lambda each: each[2].value)
    words: dict[str, Any] = {"when": _span(day.grid, run.first, run.end), "people": number_words(run.value)}
    last = before.get(day.day - timedelta(days=7))
    if last is None or run.end > len(last.scheduled):
        text = ngettext(
            "%(when)s needs most: %(people)s person.", "%(when)s needs most: %(people)s people.", run.value
        )
        return text % words
    change = run.value - max(last.scheduled[run.first : run.end])
    words["change"] = number_words(abs(change))
    if change > 0:
        text = ngettext(
            "%(when)s needs most: %(people)s person, %(change)s more than a week before.",
            "%(when)s needs most: %(people)s people, %(change)s more than a week before.",
            run.value,
        )
        return text % words
    if change < 0:
        text = ngettext(
            "%(when)s needs most: %(people)s person, %(change)s fewer than a week before.",
            "%(when)s needs most: %(people)s people, %(change)s fewer than a week before.",
            run.value,
        )
        return text % words
    text = ngettext(
        "%(when)s needs most: %(people)s person, as many as a week before.",
        "%(when)s needs most: %(people)s people, as many as a week before.",
        run.value,
    )
    return text % words


def _span(grid: TimeGrid, first: int, end: int) -> str:
    start = datetime.fromtimestamp(grid.starts[first], UTC)
    zone = ZoneInfo(grid.zone)
    last = datetime.fromtimestamp(grid.starts[end - 1] + grid.lengths[end - 1], UTC)
    return span_words(start.astimezone(zone), last.astimezone(zone))


def week_table(actor: Actor, queue_id: int, monday: date) -> tuple[str, list[str], list[list[Any]]]:
    """The week as a file: its name, its columns, a row an interval."""
    queue = demand.the_queue(actor, queue_id, P.SEE)
    found = newest_days(actor, [queue.pk], monday, monday + timedelta(days=6))
    days = _days(queue, monday, {row.day: row for row in found})
    columns = [
        "start", "end", "contacts", "aht_seconds", "on_phones", "scheduled", "rostered",
        "service_level", "abandon_rate", "asa_seconds", "occupancy",
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for day in days:
        if day.row is None:
            continue
        kept, clock = (
            day.row,
            [
                *day.grid.isoformat(),
                *TimeGrid(day.day + timedelta(days=1), 1, 3600, day.grid.zone).isoformat()[:1],
            ],
        )
        for number, (start, end) in enumerate(pairwise(clock)):
            rows.append(
                [
                    start, end, kept.contacts[number], kept.aht_seconds[number], kept.required[number],
                    kept.scheduled[number], day.rostered[number] if day.rostered else None,
                    kept.service_level[number], kept.abandon_rate[number], kept.asa_seconds[number],
                    kept.occupancy[number],
                ]
            )  # fmt: skip
    return f"required-{queue.key}-{monday.isoformat()}.csv", columns, rows
