"""What the staffing job computes with: plain values out of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.conf import settings

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.models import StaffingOrder
from floorwalker.apps.capacity.queries.overflow import Neighbour, beside
from floorwalker.apps.capacity.queries.policies import policies_of
from floorwalker.apps.capacity.queries.required import newest_days
from floorwalker.apps.capacity.rostered import Skilled, rostered, skilled, stretches
from floorwalker.apps.capacity.rostered import version as roster_version
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.models import Expectation, Override, Queue
from floorwalker.apps.demand.queries.expectations import in_force
from floorwalker.apps.demand.queries.forecasts import Expected
from floorwalker.apps.offphone import queries as offphone
from floorwalker.kernel.access import SYSTEM
from floorwalker.science.rostering import Stretch
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid


def inputs_of(order_id: int) -> dict[str, Any]:
    """Everything a staffing order needs, forecasts in three queries however many queues there are."""
    order = StaffingOrder.objects.get(pk=order_id)
    queues = list(order.queues.order_by("pk"))
    last = order.first_day + timedelta(days=order.days - 1)
    expected = demand.expected_days(queues, order.first_day, last)
    policies = policies_of(queues)
    agreed = in_force({queue.client_id for queue in queues}, order.first_day)
    off = off_phone_shares(queues, order.first_day)
    found = [
        queue_inputs(queue, expected[queue.pk], policies[queue.pk], goals_of(queue, agreed), off[queue.pk])
        for queue in queues
        if expected[queue.pk].days
    ]
    if order.purpose == StaffingOrder.Purpose.AUDIT:
        tied = _neighbours(queues, order.first_day, last)
        people = cache(skilled)  # of each queue and week once, however many queues stand beside it
        found = [
            _audited(each, queue, tied.get(queue.site_id, []), people)
            for each in found
            for queue in queues
            if queue.pk == each["id"]
        ]
    return {"purpose": order.purpose, "queues": found}


def _neighbours(queues: Sequence[Queue], first_day: date, last: date) -> dict[int, list[Neighbour]]:
    """By site: all of its queues with a forecast, where people of one help another; elsewhere none is needed."""
    rows = demand.visible_queues(SYSTEM).filter(site__in={queue.site_id for queue in queues}, archived=False)
    near = list(rows.order_by("pk"))
    policies = policies_of(near)
    sites = {queue.site_id for queue in near if policies[queue.pk].overflow}
    near = [queue for queue in near if queue.site_id in sites]
    expected = demand.expected_days(near, first_day, last) if near else {}
    agreed = in_force({queue.client_id for queue in near}, first_day)
    off = off_phone_shares(near, first_day)
    found: dict[int, list[Neighbour]] = {}
    for queue in near:
        if expected[queue.pk].days:
            policy = policies[queue.pk]
            plain = queue_inputs(queue, expected[queue.pk], policy, goals_of(queue, agreed), off[queue.pk])
            found.setdefault(queue.site_id, []).append(Neighbour(queue, plain, policy.overflow))
    return found


def _audited(
    plain: dict[str, Any], queue: Queue, neighbours: Sequence[Neighbour], people: Skilled
) -> dict[str, Any]:
    """The same, in pieces of calendar weeks: agents required, and when everybody rostered is at work."""
    days = {date.fromisoformat(each["day"]): each for each in plain["days"]}
    rows = newest_days(SYSTEM, [queue.pk], min(days), max(days))
    required = {
        row.day: row.required
        for row in rows
        if row.day in days and len(row.required) == len(days[row.day]["open"])
    }
    counts = dict(zip(days, plain["rostered"], strict=True))
    weeks = []
    for first, count in rules.weeks_of(sorted(required)):
        piece = [first + timedelta(days=n) for n in range(count)]
        version = roster_version(queue.pk, first)  # before the people: in doubt a price is of the older one
        known = all(counts[day] is not None for day in piece)
        at_work = stretches(queue.pk, first, count) if known else None
        weeks.append(
            {
                "days": [days[day] for day in piece],
                "required": [required[day] for day in piece],
                "rostered": [counts[day] for day in piece],
                "roster": version if known else None,
                "beside": beside(queue.pk, neighbours, piece, people) if known and neighbours else None,
                "stretches": None if at_work is None else [_plain(each) for each in at_work],
            }
        )
    return {**plain, "weeks": weeks}


def _plain(each: Stretch) -> list[int | None]:
    return [each.start, each.end, each.meal_start, each.meal_end, each.people]


def queue_inputs(
    queue: Queue, expected: Expected, policy: rules.Staffing, goals: dict[str, Any], off_phone: float
) -> dict[str, Any]:
    """One queue: ``of`` is what its numbers are made of and is kept with them. ``off_phone`` is the share of paid
    time that its site plans off the phones."""
    version = expected.version
    assert version is not None
    step_seconds = version.step_minutes * 60
    return {
        "id": queue.pk,
        "name": queue.name,
        "days": day_inputs(queue, expected),
        "rosters": _rosters(queue.pk, [each.day for each in expected.days]),
        "rostered": rostered_days(queue, [each.day for each in expected.days], step_seconds, version.zone),
        "of": {
            "goals": goals,
            "policy": policy.to_dict(),
            "off_phone": off_phone,
            "version": version.pk,
            "method": version.method,
            "step_seconds": step_seconds,
            "zone": version.zone,
            "slot_correlation": version.slot_correlation,
            "day_correlation": version.day_correlation,
            "currency": settings.CURRENCY,
            "handling": _handling(expected),
        },
    }


def off_phone_shares(queues: Sequence[Queue], first_day: date) -> dict[int, float]:
    """By queue: the share of paid time its site plans off the phones in the week of that day."""
    shares = offphone.shares_of_paid_time({queue.site_id for queue in queues}, first_day)
    return {queue.pk: shares.get(queue.site_id, 0.0) for queue in queues}


def day_inputs(queue: Queue, expected: Expected) -> list[dict[str, Any]]:
    """What is expected of a queue on each day, as its numbers are computed with."""
    version = expected.version
    assert version is not None
    step_seconds = version.step_minutes * 60
    closed = {day for day, _name, is_closed, _factor in version.special if is_closed}
    days = []
    for each in expected.days:
        grid = TimeGrid(each.day, 1, step_seconds, version.zone)
        minutes = (
            [0] * len(grid) if step_seconds == DAY_SECONDS else [s * version.step_minutes for s in grid.slots]
        )
        days.append(
            {
                "day": each.day.isoformat(),
                "contacts": list(each.mean),
                "aht_seconds": [queue.aht_seconds if value is None else value for value in each.aht],
                "slot_cv": [value or 0.0 for value in each.slot_cv],
                "day_cv": each.day_cv,
                "open": rules.open_intervals(
                    queue.hours,
                    each.day.weekday(),
                    minutes,
                    each.mean,
                    closed=each.day.isoformat() in closed,
                ),
            }
        )
    return days


def _handling(expected: Expected) -> list[dict[str, Any]]:
    """The handling times a planner has set, in their order, each with its reason."""
    return [
        {"start": each.start, "end": each.end, "seconds": each.value, "reason": each.reason}
        for each in expected.layers
        if each.kind == Override.Kind.HANDLING
    ]


def _rosters(queue_id: int, days: Sequence[date]) -> list[tuple[int, int] | None]:
    """The version published of each day's week, and its number."""
    known = {monday: roster_version(queue_id, monday) for monday in {rules.monday(day) for day in days}}
    return [known[rules.monday(day)] for day in days]


def goals_of(queue: Queue, agreed: Mapping[int, Expectation]) -> dict[str, Any]:
    """What is asked of a queue, with what was ``agreed`` with its client on callers who hang up.

    With an average speed of answer the share is only measured.
    """
    ceiling = agreed[queue.client_id].abandon_ceiling if queue.client_id in agreed else None
    return {
        "share": queue.service_share,
        "seconds": queue.service_seconds,
        "definition": queue.service_definition,
        "asa_seconds": queue.asa_seconds if queue.target == Queue.Target.ASA else None,
        "patience_seconds": queue.patience_seconds,
        "max_abandon": ceiling if queue.patience_seconds else None,
    }


def rostered_days(queue: Queue, days: Sequence[date], step_seconds: int, zone: str) -> list[list[int] | None]:
    """People at work on each day of a published week, counted in the same intervals; None on the others."""
    found: list[list[int] | None] = []
    for first, count in rules.weeks_of(days):
        grid = TimeGrid(first, count, step_seconds, zone)
        counts = rostered(queue.pk, first, count)
        if counts is None or len(counts) != len(grid):
            found += [None] * count
        else:
            found += [counts[grid.day_slice(number)] for number in range(count)]
    return found


def lacking(queues: Sequence[Queue], first_day: date, days: int) -> dict[int, rules.Lack]:
    """The queues whose staff cannot be computed for these days, each with what it lacks."""
    last = first_day + timedelta(days=days - 1)
    expected = demand.expected_days(queues, first_day, last)
    found = {queue.pk: lack_of(queue, expected[queue.pk]) for queue in queues}
    return {queue: lack for queue, lack in found.items() if lack}


def lack_of(queue: Queue, expected: Expected) -> rules.Lack | None:
    """What is missing to compute a queue's staff: a forecast, or how long one of its contacts takes."""
    if not expected.days:
        return rules.Lack.FORECAST
    unknown = any(
        contacts > 0 and seconds is None
        for each in expected.days
        for contacts, seconds in zip(each.mean, each.aht, strict=True)
    )
    return rules.Lack.HANDLING_TIME if unknown and queue.aht_seconds is None else None


def not_computed(queues: Sequence[Queue], first_day: date, days: int) -> dict[int, rules.Lack]:
    """The queues whose required staff is not known for any of these days."""
    last = first_day + timedelta(days=days - 1)
    rows = newest_days(SYSTEM, [queue.pk for queue in queues], first_day, last)
    known = {row.requirement.queue_id for row in rows}
    return {queue.pk: rules.Lack.COMPUTED for queue in queues if queue.pk not in known}
