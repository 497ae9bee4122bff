"""The one place that writes published shifts: a new version of a locked week, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from django.db import IntegrityError, transaction
from django.db.models import Max

from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.events import RosterPublished
from floorwalker.apps.schedules.models import Planned, Publication, Shift, Week
from floorwalker.apps.schedules.rules.checking import Finding
from floorwalker.apps.schedules.rules.differences import Difference, touched
from floorwalker.apps.schedules.rules.stints import Stint
from floorwalker.apps.schedules.services.refusals import DoubleBooked
from floorwalker.kernel import audit, events, live
from floorwalker.kernel.access import Actor
from floorwalker.kernel.periods import Period

NO_DOUBLE_BOOKING = "schedules_shift_no_double_booking"


def locked_week(week_id: int) -> Week:
    """The week, nobody else's until the transaction ends. Several weeks are locked in the order of their ids."""
    Week.objects.select_for_update(no_key=True, of=("self",)).get(pk=week_id)
    return Week.objects.select_related("site", "current").get(pk=week_id)


def locked_weeks(week_ids: Iterable[int]) -> dict[int, Week]:
    return {week_id: locked_week(week_id) for week_id in sorted(set(week_ids))}


def lock_agents(agents: Iterable[int]) -> None:
    """Nobody else decides about these people's shifts until the transaction ends; always in the order of ids."""
    list(Agent.objects.select_for_update(no_key=True).filter(pk__in=set(agents)).order_by("pk").values_list("pk"))


def write_version(
    *,
    week: Week,
    found: Sequence[Difference],
    kind: str,
    note: str = "",
    by: Actor,
    at: datetime,
    facts: dict[str, object] | None = None,
    overridden: Sequence[Finding] = (),
) -> Publication:
    """The next version of a locked week: what differs is ended and written anew, and the switch is turned."""
    people = touched(found)
    publication = Publication.objects.create(
        week=week,
        number=week.number + 1,
        kind=kind,
        note=note[:300],
        changes=len(found),
        touched=len(people),
        published_at=at,
        published_by=by.name,
        published_by_user_id=by.user_id,
    )
    _end(week, found, publication.number)
    _begin(week, found, publication, at)
    week.current = publication
    week.save(update_fields=["current"])
    _write_down(publication, people, overridden, by, at, facts or {})
    _tell(publication, people, by, at)
    return publication


def _end(week: Week, found: Sequence[Difference], number: int) -> None:
    gone = [each.before.identity for each in found if each.before]
    back = [each.after for each in found if each.after]
    ending = Shift.objects.filter(week=week, until=None)
    live_ids = list(ending.filter(identity__in=gone, cancelled=False).values_list("pk", flat=True))
    Planned.objects.filter(shift__in=live_ids).delete()
    # Whoever gets a shift back that was taken from them has it again, and not its cancellation too.
    returned = {(stint.identity, stint.agent) for stint in back if stint.agent is not None}
    marks = ending.filter(cancelled=True, identity__in=[identity for identity, _ in returned])
    marked = [
        pk for pk, i, agent in marks.values_list("pk", "identity", "agent_id") if (str(i), agent) in returned
    ]
    Shift.objects.filter(pk__in=[*live_ids, *marked]).update(until=number)


def _begin(week: Week, found: Sequence[Difference], publication: Publication, at: datetime) -> None:
    rows, taken = [], []
    known = _highest_versions(week, found)
    for each in found:
        version = max(side.version for side in (each.before, each.after) if side) + (1 if each.before else 0)
        version = max(version, known.get(_identity(each), 0) + 1)
        if each.after:
            rows.append(_row(week, replace(each.after, version=version), publication.number, at))
        if each.before and each.before.agent and (not each.after or each.after.agent != each.before.agent):
            taken.append(_row(week, replace(each.before, version=version), publication.number, at, cancelled=True))
    try:
        with transaction.atomic():
            made = Shift.objects.bulk_create(rows)
            Shift.objects.bulk_create(taken)
    except IntegrityError as error:
        if NO_DOUBLE_BOOKING not in str(error):
            raise
        raise double_booked(rows) from error
    Planned.objects.bulk_create(
        Planned(
            shift=row,
            agent_id=row.agent_id,
            period=Period(start, end).range,
            activity=activity,
            queue_id=row.queue_id if activity == Planned.Activity.PHONES else None,
            publication=publication,
        )
        for row, stint in zip(made, (each.after for each in found if each.after), strict=True)
        if row.agent_id is not None
        for start, end, activity in stint.pieces()
    )


def _highest_versions(week: Week, found: Sequence[Difference]) -> dict[str, int]:
    """Of shifts that come back: calendars believe only a higher number than the one they know."""
    back = [each.after.identity for each in found if each.after and not each.before]
    rows = Shift.objects.filter(week=week, identity__in=back).values_list("identity")
    return {str(identity): version for identity, version in rows.annotate(Max("version")).order_by()}


def _identity(each: Difference) -> str:
    side = each.after or each.before
    assert side is not None
    return side.identity


def _row(week: Week, stint: Stint, number: int, at: datetime, *, cancelled: bool = False) -> Shift:
    return Shift(week=week, since=number, since_at=at, cancelled=cancelled, **columns(stint))


def columns(stint: Stint) -> dict[str, object]:
    """A shift as the tables keep it."""
    meal = Period(stint.meal_start, stint.meal_end).range if stint.meal_start and stint.meal_end else None
    return {
        "identity": stint.identity,
        "agent_id": stint.agent,
        "period": Period(stint.start, stint.end).range,
        "meal": meal,
        "queue_id": stint.queue,
        "day": stint.day,
        "wall_minute": stint.wall_minute,
        "version": stint.version,
    }


def double_booked(rows: Sequence[Shift]) -> DoubleBooked:
    """Who, and when: the database only said that somebody is."""
    for row in rows:
        others = Shift.objects.filter(
            until=None, cancelled=False, agent=row.agent_id, period__overlap=row.period
        ).select_related("agent", "week__site")
        for other in others:
            where = f"{other.day}, {other.week.site.name}"
            return DoubleBooked(who=other.agent, when=where)
    by_agent: dict[int | None, list[Shift]] = {}
    for row in rows:
        by_agent.setdefault(row.agent_id, []).append(row)
    for agent, theirs in by_agent.items():
        theirs.sort(key=lambda r: r.period.lower)
        for one, two in pairwise(theirs):
            if agent is not None and two.period.lower < one.period.upper:
                return DoubleBooked(who=Agent.objects.get(pk=agent), when=two.day)
    return DoubleBooked(who="", when="")


def _write_down(
    publication: Publication,
    people: dict[int, list[Difference]],
    overridden: Sequence[Finding],
    by: Actor,
    at: datetime,
    facts: dict[str, object],
) -> None:
    """A roster is one entry; a change is one for each person concerned, who may read it and no rule of another."""
    about = ("schedules.publication", publication.pk)
    facts = {"number": publication.number, "changes": publication.changes, "people": len(people), **facts}
    if publication.kind != Publication.Kind.CHANGE:
        audit.record(by=by, verb="schedules.publish", about=about, facts=facts, at=at)
        return
    users = dict(Agent.objects.filter(pk__in=people).order_by("pk").values_list("pk", "user_id"))
    for agent, user in (users or {None: None}).items():  # an open shift is nobody's, and its change is told too
        theirs = [each.text for each in overridden if each.agent == agent]
        more = {"overridden": theirs} if theirs else {}
        audit.record(by=by, verb="schedules.change", about=about, facts=facts | more, person=user, at=at)


def _tell(publication: Publication, people: dict[int, list[Difference]], by: Actor, at: datetime) -> None:
    week = publication.week
    news = [agent for agent, theirs in people.items() if any(side_end(each) > at for each in theirs)]
    users = Agent.objects.filter(pk__in=news, user__isnull=False).exclude(user_id=by.user_id or 0)
    events.announce(
        RosterPublished(
            publication.pk,
            week.pk,
            week.site_id,
            week.first_day.isoformat(),
            publication.number,
            publication.kind,
            tuple(sorted(people)),
            tuple(sorted(users.values_list("user_id", flat=True))),
        )
    )
    live.tell(f"roster:{week.pk}")


def side_end(each: Difference) -> datetime:
    """The last moment of what changes: yesterday's shift is nobody's news."""
    return max(side.end for side in (each.before, each.after) if side)
