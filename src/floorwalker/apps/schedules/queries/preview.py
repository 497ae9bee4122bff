"""What a step would break, and what it would do to coverage, before and while it is done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from floorwalker.apps.people.models import Agent
from floorwalker.apps.people.queries import visible_agents
from floorwalker.apps.schedules.models import Draft, Shift, Week
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.coverage import before_monday, rows_of, stretches
from floorwalker.apps.schedules.queries.needs import QueueRow, needs_of, queues_of
from floorwalker.apps.schedules.queries.prices import Price, PriceLine, price_of
from floorwalker.apps.schedules.queries.shifts import by_identity, shifts_around, stints
from floorwalker.apps.schedules.queries.workers import workers
from floorwalker.apps.schedules.rules.checking import Finding, caused, findings
from floorwalker.apps.schedules.rules.cover import cover_changes, day_cover, stretch_of
from floorwalker.apps.schedules.rules.differences import Difference
from floorwalker.apps.schedules.rules.edits import ADD, OPEN, Step, after
from floorwalker.apps.schedules.rules.stints import WEEK, Stint, Worker, week_bounds
from floorwalker.apps.schedules.words import cover_words_of, worded
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.errors import NotFound


@dataclass(frozen=True)
class Sheet:
    """The sheet a step is made on: the published week, or a draft of it."""

    week: Week
    draft: Draft | None = None

    @property
    def draft_id(self) -> int | None:
        return self.draft.pk if self.draft else None

    @property
    def permission(self) -> P:
        return P.PLAN if self.draft else P.CHANGE


@dataclass(frozen=True)
class Preview:
    """A step before it is done."""

    differences: list[Difference]
    findings: list[Finding]
    cover: list[str]
    names: dict[int, str]
    price: Price | None = None  # for those who see required staff

    @property
    def hard(self) -> list[Finding]:
        return [each for each in self.findings if each.hard]

    @property
    def prices(self) -> tuple[PriceLine, ...] | None:
        return self.price.lines if self.price else None

    @property
    def callers(self) -> float | None:
        """Callers more who abandon in all; None where that is not known, or not this reader's."""
        return self.price.callers if self.price else None

    @property
    def absolute(self) -> list[Finding]:
        return [each for each in self.findings if each.absolute]


def stepped(by: Actor, sheet: Sheet, step: Step) -> list[Difference]:
    """The shifts before and after the step; whoever does not see one of them does not learn that it is there."""
    stints = sheet_stints(sheet)
    touched = [stints[name] for name in (step.identity, step.other_identity) if name in stints]
    in_sight(by, {stint.agent for stint in touched if stint.agent}, sheet.permission)
    opens = any(stint.agent is None for stint in touched) or (step.verb in (ADD, OPEN) and step.agent is None)
    sight = by.sight(sheet.permission)
    if opens and not (sight.everything or sheet.week.site_id in sight.sites):
        raise NotFound  # open shifts are the site's
    if step.queue is not None and all(
        queue.id != step.queue for queue in queues_of(by, sheet.week.site_id, sheet.permission)
    ):
        raise NotFound
    return after(step, stints, first_day=sheet.week.first_day, zone=sheet.week.site.zone)


def previewed(by: Actor, sheet: Sheet, found: list[Difference]) -> Preview:
    """What a change would do. Everybody it touches, before or after, must be in the actor's sight."""
    people = sorted({person for each in found for person in each.people})
    in_sight(by, people, sheet.permission)
    everyone = workers_of(people, sheet)
    broken = broken_by(sheet, everyone, found)
    names = {worker.id: worker.name for worker in everyone}
    price = price_of(by, sheet.week, sheet.draft_id, found)
    return Preview(found, broken, cover_words(by, sheet, found), names, price)


def sheet_stints(sheet: Sheet) -> dict[str, Stint]:
    return by_identity(stints(rows_of(sheet.week, sheet.draft_id)))


def in_sight(by: Actor, people: Collection[int], permission: P) -> None:
    """Whoever is not seen is not there: also an id that came with a form."""
    if not sees_all(by, people, permission):
        raise NotFound


def sees_all(by: Actor, people: Collection[int], permission: P) -> bool:
    """Whether the permission is held for every one of these people, and not just for some."""
    return visible_agents(by, permission).filter(pk__in=people).count() == len(set(people))


def week_in_sight(by: Actor, week: Week, found: Sequence[Difference], permission: P) -> None:
    """A week is its site's: who holds only a team there touches nobody else's shift, and no open one."""
    sight = by.sight(permission)
    if sight.everything or week.site_id in sight.sites:
        return
    if any(side is not None and side.agent is None for each in found for side in (each.before, each.after)):
        raise NotFound
    in_sight(by, {person for each in found for person in each.people}, permission)


def workers_of(people: Sequence[int], sheet: Sheet) -> list[Worker]:
    queues: list[QueueRow] = queues_of(SYSTEM, sheet.week.site_id)
    return workers(Agent.objects.filter(pk__in=people), sheet.week.first_day, queues)


def broken_by(sheet: Sheet, everyone: Sequence[Worker], found: Sequence[Difference]) -> list[Finding]:
    """The rules a change breaks that were kept before it, for the people it touches."""
    week, ids = sheet.week, [worker.id for worker in everyone]
    around = neighbours(week, ids)
    now = stints(rows_of(week, sheet.draft_id).filter(agent__in=ids))
    gone = {each.before.identity for each in found if each.before}
    then = [stint for stint in now if stint.identity not in gone]
    then += [each.after for each in found if each.after and each.after.agent in ids]
    zone = week.site.zone
    before = findings(week.first_day, zone, everyone, [*around, *now])
    return worded(caused(before, findings(week.first_day, zone, everyone, [*around, *then])))


def neighbours(week: Week, people: Collection[int]) -> list[Stint]:
    return stints(around(week, people))


def around(week: Week, people: Collection[int]) -> QuerySet[Shift]:
    """Their published shifts outside this week, from the week before to the week after, at any site."""
    start, end = week_bounds(week.first_day, week.site.zone)
    span = timedelta(days=WEEK)
    return shifts_around(people, start - span, end + span, without_week=week.pk)


def cover_words(by: Actor, sheet: Sheet, found: Sequence[Difference]) -> list[str]:
    """“Monday 10:00–10:30 would miss 2 people”, for each stretch that gets better or worse."""
    week = sheet.week
    needs = needs_of(by, week.site_id, week.first_day)
    sides = [side for each in found for side in (each.before, each.after) if side and side.day]
    queues = {side.queue for side in sides if side.queue is not None}
    ours = [need for need in needs if need.queue in queues]
    if not ours:
        return []
    now = [*before_monday(week, queues), *stretches(rows_of(week, sheet.draft_id), queues)]
    change = [stretch_of(each.before, -1) for each in found if each.before and each.before.agent]
    change += [stretch_of(each.after) for each in found if each.after and each.after.agent]
    words = []
    days = {side.day + timedelta(days=d) for side in sides for d in (0, 1)}  # type: ignore[operator]
    for day in sorted(days):
        today = [need for need in ours if need.day == day]
        if today:
            before = day_cover(day, week.site.zone, today, now)
            then = day_cover(day, week.site.zone, today, [*now, *change])
            words += [cover_words_of(each, week.site.zone) for each in cover_changes(before, then)]
    return words
