"""What a change of who works when costs in callers: looked up in the curves of the required staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.capacity import queries as capacity
from floorwalker.apps.capacity.permissions import CapacityPermission
from floorwalker.apps.schedules.models import Shift, Week
from floorwalker.apps.schedules.queries.coverage import rows_of, stretches
from floorwalker.apps.schedules.rules.cover import stretch_of
from floorwalker.apps.schedules.rules.differences import Difference
from floorwalker.apps.schedules.rules.prices import PriceChange, price_changes
from floorwalker.apps.schedules.rules.stints import WEEK
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import number_words, span_words
from floorwalker.science.rostering import Stretch, people_at_work
from floorwalker.science.timegrid import TimeGrid

NOBODY = 0.05  # fewer callers than this are none
STEP = 1800  # of days of which nothing is computed


@dataclass(frozen=True)
class PriceLine:
    """One stretch of one queue: so many callers more abandon (below 0: fewer), None where it is not known."""

    queue_id: int | None
    start: datetime
    end: datetime
    callers: float | None
    text: str
    why_url: str = ""


@dataclass(frozen=True)
class Price:
    """What a change costs in callers, stretch by stretch."""

    lines: tuple[PriceLine, ...] = ()

    @property
    def callers(self) -> float | None:
        """Callers more who abandon in all; None when some of it is not known."""
        known = [line.callers for line in self.lines if line.callers is not None]
        return sum(known) if len(known) == len(self.lines) else None

    @property
    def words(self) -> str:
        """“about 3 callers more abandon.”, in all."""
        return callers_words(self.callers)


def price_of(by: Actor, week: Week, draft_id: int | None, found: Sequence[Difference]) -> Price | None:
    """The price of a change on a sheet; None for whoever does not see required staff.

    Callers are read off the curve computed with the requirement, by a straight line between two of its points.
    Where a day, a patience or a point is missing the line says that it is not known.
    """
    if not by.may(CapacityPermission.SEE):
        return None
    with timezone.override(ZoneInfo(week.site.zone)):
        return Price(tuple(_lines(by, week, draft_id, found)))


def callers_words(callers: float | None) -> str:
    """“about 3 callers more abandon.”"""
    if callers is None:
        return _("it is not known how many callers more or fewer abandon.")
    if abs(callers) < NOBODY:
        return _("next to no caller more or fewer abandons.")
    rounded = round(abs(callers), 1 if abs(callers) < 10 else 0)
    count = 1 if rounded == 1 else 2
    if callers > 0:
        text = ngettext("about %(n)s caller more abandons.", "about %(n)s callers more abandon.", count)
    else:
        text = ngettext("about %(n)s caller fewer abandons.", "about %(n)s callers fewer abandon.", count)
    return text % {"n": number_words(rounded)}


def _lines(by: Actor, week: Week, draft_id: int | None, found: Sequence[Difference]) -> Iterator[PriceLine]:
    sides = [side for each in found for side in (each.before, each.after) if side and side.agent and side.day]
    queues = sorted({side.queue for side in sides if side.queue is not None})
    days = sorted({side.day + timedelta(days=d) for side in sides for d in (0, 1)})  # type: ignore[operator]
    if queues:
        known = {(each.queue_id, each.day): each for each in capacity.curves(by, queues, days[0], days[-1])}
        for queue in queues:
            now = _at_work(week, draft_id, queue, days)
            change = _change(found, queue)
            for day in days:
                yield from _of_day(week, queue, day, known.get((queue, day)), now, change)
    yield from _without_queue(found)


def _at_work(week: Week, draft_id: int | None, queue: int, days: Sequence[date]) -> list[Stretch]:
    """Who works for a queue: on the sheet, and as published on the days next to its week."""
    sheet = stretches(rows_of(week, draft_id), [queue])
    monday, next_monday = week.first_day, week.first_day + timedelta(days=WEEK)
    if monday < days[0] and days[-1] < next_monday:
        return sheet
    around = Shift.objects.filter(until=None, cancelled=False, week__site=week.site_id)
    around = around.filter(day__in=[monday - timedelta(days=1), next_monday])
    return [*sheet, *stretches(around, [queue])]


def _change(found: Sequence[Difference], queue: int | None) -> list[Stretch]:
    gone = [stretch_of(s, -1) for each in found if (s := each.before) and s.agent and s.queue == queue]
    return gone + [stretch_of(s) for each in found if (s := each.after) and s.agent and s.queue == queue]


def _of_day(
    week: Week,
    queue: int,
    day: date,
    known: capacity.CurveDay | None,
    now: Sequence[Stretch],
    change: Sequence[Stretch],
) -> Iterator[PriceLine]:
    step, zone = (known.step_seconds, known.zone) if known else (STEP, week.site.zone)
    grid = TimeGrid(day, 1, step, zone)
    before, after = people_at_work(grid, now), people_at_work(grid, [*now, *change])
    if before == after:
        return
    curves = known.curves if known else []
    if len(curves) == len(grid):
        lost = [[curve.at(people) for curve, people in zip(curves, side, strict=True)] for side in (before, after)]
    else:
        lost = [[None] * len(grid)] * 2
    for each in price_changes(grid, before, after, *lost):
        yield _line(queue, day, known, each)


def _line(queue: int, day: date, known: capacity.CurveDay | None, found: PriceChange) -> PriceLine:
    if known is None:
        what = _(
            "it is not known how many callers more or fewer abandon: the staff this day needs is not computed."
        )
    elif not known.curves:
        what = _("it is not known how many callers abandon: the patience of this queue's callers is not set.")
    elif found.callers is None:
        what = _("it is not known how many callers fewer abandon: so many people are beyond what is computed.")
    else:
        what = callers_words(found.callers)
    when = span_words(found.start, found.end)
    text = f"{when} ({known.queue}): {what}" if known else f"{when}: {what}"
    opened = bool(known and known.curves and known.scheduled[found.at])
    url = reverse("capacity:why", args=[queue, day.isoformat(), found.at]) if opened else ""
    return PriceLine(queue, found.start, found.end, found.callers, text, url)


def _without_queue(found: Sequence[Difference]) -> Iterator[PriceLine]:
    """Shifts for no queue: whose callers they answer is not said."""
    change = _change(found, None)
    counted: dict[Stretch, int] = {}
    for each in change:
        alike = Stretch(each.start, each.end, each.meal_start, each.meal_end, 1)
        counted[alike] = counted.get(alike, 0) + each.people
    for each, people in counted.items():
        if people:
            start, end = (
                datetime.fromtimestamp(second, timezone.get_current_timezone())
                for second in (each.start, each.end)
            )
            what = _("the shift is for no queue, so what it means for callers is not known.")
            yield PriceLine(None, start, end, None, f"{span_words(start, end)}: {what}")
