"""People at work against people needed, counted in the database and laid over the day in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db.models import BigIntegerField, Count, Func, QuerySet

from floorwalker.apps.demand.queries import visible_queues
from floorwalker.apps.schedules.models import DraftShift, Shift, Week
from floorwalker.apps.schedules.queries.needs import needs_of
from floorwalker.apps.schedules.queries.shifts import at_version
from floorwalker.apps.schedules.rules.cover import DayCover, Need, day_cover
from floorwalker.apps.schedules.rules.stints import WEEK, day_bounds
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.science.rostering import Stretch, people_at_work
from floorwalker.science.timegrid import TimeGrid

Rows = QuerySet[Shift] | QuerySet[DraftShift]


class Seconds(Func):
    """A moment as UTC seconds, whatever zone a page speaks: read ten times as fast, where there are thousands."""

    template = "extract(epoch from %(expressions)s)::bigint"
    arity = 1
    output_field = BigIntegerField()


ENDS = {
    "start_at": Seconds("period__startswith"),
    "end_at": Seconds("period__endswith"),
    "meal_start_at": Seconds("meal__startswith"),
    "meal_end_at": Seconds("meal__endswith"),
}


def rows_of(week: Week, draft_id: int | None, number: int | None = None) -> Rows:
    """The shifts of a draft, or of a version of the published week."""
    if draft_id is not None:
        return DraftShift.objects.filter(draft_id=draft_id)
    version = week.number if number is None else number
    return Shift.objects.filter(at_version(version), week=week.pk or 0, cancelled=False)


def stretches(rows: Rows, queues: Collection[int] | None = None) -> list[Stretch]:
    """People at work alike counted together: some hundred rows for thousands of shifts. Open ones are nobody's."""
    staffed = rows.filter(agent__isnull=False)
    if queues is not None:
        staffed = staffed.filter(queue__in=queues)
    counted = staffed.annotate(**ENDS).values_list(*ENDS).annotate(people=Count("pk")).order_by()
    return [Stretch(*numbers) for numbers in counted]


def before_monday(week: Week, queues: Collection[int] | None = None) -> list[Stretch]:
    """Night shifts of the week before that reach into this one."""
    start, _ = day_bounds(week.first_day, week.site.zone)
    rows = Shift.objects.filter(
        until=None,
        cancelled=False,
        week__site=week.site_id,
        day=week.first_day - timedelta(days=1),
        period__endswith__gt=start,
    )
    return stretches(rows, queues)


def week_covers(
    by: Actor, week: Week, draft_id: int | None = None, queues: Collection[int] | None = None
) -> list[DayCover | None]:
    """Each day's coverage; None where nobody is needed and nobody works."""
    needs = needs_of(by, week.site_id, week.first_day)
    if queues is not None:
        needs = [need for need in needs if need.queue in queues]
    there = [*before_monday(week, queues), *stretches(rows_of(week, draft_id), queues)]
    days = [week.first_day + timedelta(days=d) for d in range(WEEK)]
    covers = [day_cover(day, week.site.zone, _of(needs, day), there) for day in days]
    return [cover if any(cover.needed) or any(cover.there) else None for cover in covers]


def _of(needs: Sequence[Need], day: date) -> list[Need]:
    return [need for need in needs if need.day == day]


def rostered_counts(queue_id: int, first_day: date, days: int) -> list[int] | None:
    """People a queue has at work in each interval of its step, where a week is published for any of these days."""
    queue = visible_queues(SYSTEM).filter(pk=queue_id).first()
    if queue is None:
        return None
    found = rostered_stretches(queue_id, first_day, days)
    return (
        None if found is None else people_at_work(TimeGrid(first_day, days, queue.step_seconds, queue.zone), found)
    )


def rostered_stretches(queue_id: int, first_day: date, days: int) -> list[Stretch] | None:
    """When a queue has people at work, from the night before on; None while none of these days is published."""
    rows = _of_queue(queue_id, first_day, days)
    return None if rows is None else stretches(rows)


def rostered_skills(queue_id: int, first_day: date, days: int) -> list[tuple[Stretch, frozenset[int]]] | None:
    """The same by the skills of the people at work; one row for people who work alike and can do the same."""
    rows = _of_queue(queue_id, first_day, days)
    if rows is None:
        return None
    staffed = rows.filter(agent__isnull=False).annotate(**ENDS)
    skills: dict[tuple[int, ...], set[int]] = {}
    for *ends, pk, skill in staffed.values_list(*ENDS, "pk", "agent__agent_skills__skill"):
        skills.setdefault((pk, *ends), set()).update([skill] if skill else [])
    alike = Counter((tuple(ends), frozenset(held)) for (_pk, *ends), held in skills.items())
    return [(Stretch(*ends, people), held) for (ends, held), people in alike.items()]


def rostered_members(
    queue_id: int, first_day: date, days: int
) -> list[tuple[list[Stretch], frozenset[int]]] | None:
    """The same person by person, in the order of their first hours: when each is at work, and their skills."""
    rows = _of_queue(queue_id, first_day, days)
    if rows is None:
        return None
    staffed = rows.filter(agent__isnull=False).annotate(**ENDS)
    skills: dict[int, set[int]] = {}
    at_work: dict[int, dict[int, Stretch]] = {}
    for *ends, pk, agent, skill in staffed.values_list(*ENDS, "pk", "agent", "agent__agent_skills__skill"):
        at_work.setdefault(agent, {})[pk] = Stretch(*ends, 1)
        skills.setdefault(agent, set()).update([skill] if skill else [])
    found = [(agent, sorted(shifts.values(), key=lambda each: each.start)) for agent, shifts in at_work.items()]
    found.sort(key=lambda each: ([(stretch.start, stretch.end) for stretch in each[1]], each[0]))
    return [(stretches, frozenset(skills[agent])) for agent, stretches in found]


def rostered_holders(
    queue_ids: Sequence[int], first_day: date, days: int
) -> list[tuple[frozenset[int], frozenset[int]]]:
    """Everybody at work for any of these queues, each once: for which of them, and with which skills."""
    queues: dict[int, set[int]] = {}
    skills: dict[int, set[int]] = {}
    for queue_id in queue_ids:
        rows = _of_queue(queue_id, first_day, days)
        if rows is None:
            continue
        held = rows.filter(agent__isnull=False).values_list("agent", "agent__agent_skills__skill")
        for agent, skill in set(held):
            queues.setdefault(agent, set()).add(queue_id)
            skills.setdefault(agent, set()).update([skill] if skill else [])
    return [(frozenset(queues[agent]), frozenset(skills[agent])) for agent in sorted(queues)]


def _of_queue(queue_id: int, first_day: date, days: int) -> QuerySet[Shift] | None:
    """The published shifts of a queue, those of the night before that reach into these days among them; None while
    none of these days is published."""
    queue = visible_queues(SYSTEM).filter(pk=queue_id).first()
    last = first_day + timedelta(days=days - 1)
    if queue is None or not _published(queue.site_id, first_day, last):
        return None
    before, (start, _end) = first_day - timedelta(days=1), day_bounds(first_day, queue.zone)
    found = Shift.objects.filter(until=None, cancelled=False, queue=queue_id, day__range=(before, last))
    return found.filter(period__endswith__gt=start)


def _published(site_id: int, first_day: date, last: date) -> bool:
    monday = first_day - timedelta(days=first_day.weekday())
    return Week.objects.filter(site=site_id, first_day__range=(monday, last), current__isnull=False).exists()


def rostered_version(queue_id: int, day: date) -> tuple[int, int] | None:
    """The version published of the week a day is in at the site of a queue, and its number."""
    queue = visible_queues(SYSTEM).filter(pk=queue_id).first()
    monday = day - timedelta(days=day.weekday())
    weeks = Week.objects.filter(site=queue.site_id if queue else None, first_day=monday, current__isnull=False)
    return weeks.values_list("current_id", "current__number").first()


def still_current(publications: Collection[int]) -> set[int]:
    """Those of these versions that are the published ones of their weeks."""
    return set(Week.objects.filter(current__in=publications).values_list("current_id", flat=True))
