"""Calendar feeds, and what an agent's calendar holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.offphone import queries as offphone
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import Feed, LastLook, Shift
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.rules.stints import monday_of
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.periods import Period
from floorwalker.kernel.scoping import not_scoped, pick, scoped, within
from floorwalker.science.timegrid import zone_info

if TYPE_CHECKING:
    from floorwalker.science.rostering import CalendarEvent

KEPT_BEFORE, KEPT_AFTER = timedelta(days=28), timedelta(days=366)


def visible_feeds(actor: Actor, permission: Permission = P.SEE_OWN) -> QuerySet[Feed]:
    """A person's own; nobody else's, whatever they may see."""
    return Feed.objects.filter(within(actor.sight(permission), own="agent__user"), revoked_at=None)


def the_feed(actor: Actor, feed_id: Any, permission: Permission = P.SEE_OWN) -> Feed:
    return pick(visible_feeds(actor, permission).select_related("agent"), feed_id)


def calendar(agent: Agent, at: datetime) -> bytes:
    """An agent's shifts and time off the phones as a calendar file: their own, without anybody else's name.

    Cancelled shifts are told to go. Of time off the phones only the kind is told: a telephone shows it to whoever
    looks over a shoulder.
    """
    # The library for calendars is loaded with the first one read, not with every process that shows pages.
    from floorwalker.science.rostering import CalendarEvent, calendar_bytes

    zone = agent.zone or agent.team.site.zone
    around = Period(at - KEPT_BEFORE, at + KEPT_AFTER)
    rows = (
        Shift.objects.filter(agent=agent, until=None, period__overlap=around.range)
        .select_related("queue", "week__site")
        .order_by("period", "identity")
    )
    events = [
        CalendarEvent(
            uid=f"{row.identity}@floorwalker",
            start=row.period.lower,
            end=row.period.upper,
            summary=_("Shift, %(queue)s") % {"queue": row.queue.name} if row.queue else _("Shift"),
            description=_meal(row, zone),
            sequence=row.version - 1,
            cancelled=row.cancelled,
            stamp=row.since_at,
        )
        for row in rows
    ]
    events += [
        CalendarEvent(
            uid=f"off-the-phones-{each.id}@floorwalker",
            start=each.period.start,
            end=each.period.end,
            summary=each.kind[:1].upper() + each.kind[1:],
            sequence=each.version - 1,
            stamp=each.made_at,
        )
        for each in offphone.calendar_of(agent.pk, around)
    ]
    title = _("Shifts of %(name)s") % {"name": agent.name}
    return calendar_bytes(title, zone, events or [_nothing(agent, at, zone)], stamp=at)


def _nothing(agent: Agent, at: datetime, zone: str) -> CalendarEvent:
    """A calendar must hold something: a note over this week that takes no time."""
    from floorwalker.science.rostering import CalendarEvent, event_uid  # as above

    monday = monday_of(at.astimezone(zone_info(zone)).date())
    start = datetime.combine(monday, datetime.min.time(), UTC)
    uid = event_uid("no shift", str(agent.pk))
    return CalendarEvent(uid, monday, monday + timedelta(days=6), _("No shift planned"), stamp=start)


def _meal(row: Shift, zone: str) -> str:
    if not row.meal:
        return ""
    begins, ends = (each.astimezone(zone_info(zone)) for each in (row.meal.lower, row.meal.upper))
    return _("Meal %(begins)s–%(ends)s (%(zone)s), unpaid.") % {
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "zone": zone,
    }


scoped(Feed, visible_feeds, P.SEE_OWN, fixed=("key_hash",), relations=("own",))
not_scoped(LastLook, "a moment kept for the person themselves, read only to mark what is new on their own page")
