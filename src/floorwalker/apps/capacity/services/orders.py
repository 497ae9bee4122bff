"""Required staff asked for, kept, and how queues are staffed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.capacity import queries, rules
from floorwalker.apps.capacity.events import RequirementMade
from floorwalker.apps.capacity.models import (
    DayAudit,
    DayRisk,
    RequiredDay,
    Requirement,
    StaffingOrder,
    StaffingPolicy,
)
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand.events import ForecastChanged, ForecastMade
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.offphone import services as offphone
from floorwalker.kernel import audit, events, jobs
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import Refused, Stale
from floorwalker.kernel.jobs import Fence

STAFF = "capacity.staff"
ORDER = "capacity.order"
LONGEST_DAYS = 70
Purpose = StaffingOrder.Purpose
TITLES = {
    Purpose.REQUIREMENT: _("Required staff"),
    Purpose.RISK: _("Days at risk"),
    Purpose.AUDIT: _("As simulated"),
}

# Why a queue is left out, by what it lacks.
LACKS = {
    rules.Lack.FORECAST: _("It has no forecast for these days."),
    rules.Lack.HANDLING_TIME: _(
        "Its history holds no handling times and none is set for it: set one on the queue's page."
    ),
    rules.Lack.COMPUTED: _("Its required staff is not computed."),
}

# What a setting that makes no sense is called, by its code.
PROBLEMS = {
    "shrinkage": _("shrinkage is 0 to below 90 %"),
    "absence": _("unplanned absence is 0 to below 50 %"),
    "min_staff": _("the fewest agents are 0 to 1000"),
    "confidence": _("confidence is above 0 and below 100 %"),
    "max_occupancy": _("the highest occupancy is above 0 and below 100 %"),
    "max_abandon": _("the share that may hang up is above 0 and below 100 %"),
    "value_in_time": _("the worth of a contact answered in time is 0 to 1,000,000"),
    "cost_lost": _("the cost of a contact lost is 0 to 1,000,000"),
    "patience": _("a limit on callers who hang up needs the patience of the queue's callers; set it at the queue"),
}


class NothingToStaff(Refused):
    code = "capacity_nothing_to_staff"
    text = _("None of these queues has a forecast for those days: forecast first, then come back.")


class NoHandlingTime(NothingToStaff):
    code = "capacity_no_handling_time"
    text = _(
        "There is a forecast, but nobody has said how long a contact takes: {queues}. Their history holds no "
        "handling times. Open the queue under Demand, set its handling time, then come back."
    )


class NothingToAudit(Refused):
    code = "capacity_nothing_to_audit"
    text = _("The required staff of those days is not computed yet: compute it first, then simulate it.")


class TooManyDays(Refused):
    code = "capacity_too_many_days"
    text = _("{days} days are too many at once; {most} is the most.")


class BadPolicy(Refused):
    code = "capacity_bad_policy"
    text = _("These settings do not go together: {problems}.")


@transaction.atomic
def order(
    *,
    queues: Sequence[int],
    first_day: date,
    days: int,
    by: Actor,
    at: datetime,
    purpose: str = Purpose.REQUIREMENT,
) -> StaffingOrder:
    """Ask for the required staff of some queues, what it means for the days, or what a simulation makes of it.

    A job computes it. Queues without a forecast are left out, and where there is nothing to simulate.
    """
    require(by, P.PLAN)
    if not 1 <= days <= LONGEST_DAYS:
        raise TooManyDays(days=days, most=LONGEST_DAYS)
    found = demand.the_queues(by, queues, P.PLAN)
    audit_only = purpose == Purpose.AUDIT
    lacking = (queries.not_computed if audit_only else queries.lacking)(found, first_day, days)
    ready = [queue for queue in found if queue.pk not in lacking]
    if not ready:
        raise _refusal(found, lacking)
    made = StaffingOrder.objects.create(
        purpose=purpose,
        first_day=first_day,
        days=days,
        by_name=by.name,
        at=at,
        left_out=[[queue.pk, queue.name, str(LACKS[lacking[queue.pk]])] for queue in found if queue.pk in lacking],
    )
    made.queues.set(ready)
    jobs.start(STAFF, ref=(ORDER, made.pk), title=TITLES[Purpose(purpose)], by=by, at=at, lock="capacity")
    facts = {"queues": len(ready), "days": days, "purpose": str(purpose)}
    audit.record(by=by, verb="capacity.order", about=(ORDER, made.pk), facts=facts, at=at)
    return made


def _refusal(queues: Sequence[Queue], lacking: Mapping[int, rules.Lack]) -> Refused:
    """Why there is nothing to compute; of two things that are missing the one that is quickly said."""
    untimed = [queue.name for queue in queues if lacking[queue.pk] == rules.Lack.HANDLING_TIME]
    if untimed:
        return NoHandlingTime(queues=", ".join(untimed[:6]) + (" …" if len(untimed) > 6 else ""))
    return NothingToAudit() if rules.Lack.COMPUTED in lacking.values() else NothingToStaff()


def follow_forecast(event: ForecastMade, at: datetime) -> None:
    """There is a new forecast: compute the staff it asks for."""
    first = date.fromisoformat(event.first_day)
    order_for_forecast(queue_id=event.queue_id, first_day=first, days=event.days, at=at)


def follow_change(event: ForecastChanged, at: datetime) -> None:
    """A planner changed the forecast, or put another in use: compute the days it touches anew."""
    first, last = date.fromisoformat(event.first_day), date.fromisoformat(event.last_day)
    order_for_forecast(queue_id=event.queue_id, first_day=first, days=(last - first).days + 1, at=at)


def order_for_forecast(*, queue_id: int, first_day: date, days: int, at: datetime) -> StaffingOrder | None:
    """What was computed from an old forecast is computed anew, from this week on."""
    first, count = rules.order_days(first_day, days, at.date(), LONGEST_DAYS)
    try:
        return order(queues=[queue_id], first_day=first, days=count, by=SYSTEM, at=at)
    except NothingToStaff:
        return None


def order_for_roster(*, site_id: int, first_day: date, at: datetime) -> StaffingOrder | None:
    """A roster is published: what it means for the days of its week is computed anew; requirements stay."""
    queues = demand.visible_queues(SYSTEM).filter(site=site_id, archived=False).values_list("pk", flat=True)
    ids = sorted(queues)
    if not ids:
        return None
    try:
        return order(queues=ids, first_day=first_day, days=7, by=SYSTEM, at=at, purpose=Purpose.RISK)
    except NothingToStaff:
        return None


@transaction.atomic
def keep(*, order_id: int, result: dict[str, Any], fence: Fence, by: Actor, at: datetime) -> None:
    """Keep what the job has computed: requirements, risks and prices, all or nothing."""
    fence.hold()
    done = StaffingOrder.objects.select_for_update().get(pk=order_id)
    names = dict(done.queues.values_list("pk", "name"))
    trouble = {each["id"]: each["trouble"] for each in result["queues"] if "trouble" in each}
    finished = [each for each in result["queues"] if "trouble" not in each]
    for found in finished:
        _keep_queue(done, found, at)
    unfinished = names.keys() - trouble.keys() - {each["id"] for each in finished}
    trouble |= dict.fromkeys(sorted(unfinished), str(_("It was stopped before this queue was finished.")))
    done.left_out = [*done.left_out, *([queue, names[queue], why] for queue, why in trouble.items())]
    done.done_at = at
    done.save(update_fields=["left_out", "done_at"])
    facts = {"queues": len(finished), "left_out": len(trouble)}
    audit.record(by=by, verb="capacity.staff", about=(ORDER, order_id), facts=facts, at=at)
    if done.purpose != Purpose.AUDIT:
        _put_to_the_test(finished, at)


def _put_to_the_test(finished: Sequence[dict[str, Any]], at: datetime) -> None:
    """Days for which a roster is published are simulated, once what is required of them is known."""
    days = {
        each["id"]: [
            date.fromisoformat(row["day"]) for row in each["risks"] if row["basis"] == DayRisk.Basis.ROSTERED
        ]
        for each in finished
    }
    queues = [queue for queue, rostered in days.items() if rostered]
    if not queues:
        return
    first, last = min(min(days[queue]) for queue in queues), max(max(days[queue]) for queue in queues)
    try:
        order(
            queues=queues, first_day=first, days=(last - first).days + 1, by=SYSTEM, at=at, purpose=Purpose.AUDIT
        )
    except NothingToAudit:
        return


def _keep_queue(done: StaffingOrder, found: dict[str, Any], at: datetime) -> None:
    if done.purpose == Purpose.REQUIREMENT:
        _keep_requirement(done, found, at)
    if done.purpose == Purpose.AUDIT:
        _keep_audits(found, at)
        _keep_prices(found, "simulation", at)
        return
    for risk in found["risks"]:
        values = {"repair_start": None, "repair_end": None, "repair_kept": 0, "repair_in_time": 0, **risk}
        day = date.fromisoformat(values.pop("day"))
        DayRisk.objects.update_or_create(queue_id=found["id"], day=day, defaults={**values, "made_at": at})
    _keep_prices(found, "formula", at)


def _keep_audits(found: dict[str, Any], at: datetime) -> None:
    for row in found["audits"]:
        currency = found["of"]["currency"] if "worth" in row else ""
        empty = dict.fromkeys(("worth_claimed", "worth", "worth_low", "worth_high"))
        values = {**empty, **row, "currency": currency, "forecast_version": found["of"]["version"], "made_at": at}
        day, basis = date.fromisoformat(values.pop("day")), values.pop("basis")
        DayAudit.objects.update_or_create(queue_id=found["id"], day=day, basis=basis, defaults=values)


def _keep_prices(found: dict[str, Any], source: str, at: datetime) -> None:
    for price in found["prices"]:
        offphone.set_prices(
            group=found["id"],
            start=datetime.fromisoformat(price["start"]),
            step_seconds=price["step_seconds"],
            agents=rules.PRICE_LEVELS,
            callers=price["callers"],
            low=price["low"],
            high=price["high"],
            source=source,
            at=at,
            money=price.get("money"),
            currency=found["of"]["currency"],
            roster=price["roster"] and tuple(price["roster"]),
        )


def _keep_requirement(done: StaffingOrder, found: dict[str, Any], at: datetime) -> None:
    made_of, days = found["of"], found["days"]
    requirement = Requirement.objects.create(
        queue_id=found["id"],
        first_day=date.fromisoformat(days[0]["day"]),
        days=len(days),
        step_seconds=made_of["step_seconds"],
        zone=made_of["zone"],
        settings={name: made_of[name] for name in ("goals", "policy", "handling", "off_phone")},
        curve_offsets=found["curve_offsets"],
        forecast_version=made_of["version"],
        forecast_name=made_of["method"],
        made_at=at,
        made_by=done.by_name,
    )
    RequiredDay.objects.bulk_create([RequiredDay(requirement=requirement, **day) for day in days])
    events.announce(RequirementMade(requirement.pk, found["id"], requirement.first_day, requirement.days))


@transaction.atomic
def decide_policy(
    *, queue_id: int, policy: rules.Staffing, version: int, by: Actor, at: datetime
) -> StaffingPolicy:
    """Decide how a queue is staffed."""
    require(by, P.PLAN)
    queue = demand.the_queue(by, queue_id, P.PLAN)
    problems = policy.problems(queue.patience_seconds is not None)
    if problems:
        raise BadPolicy(problems="; ".join(str(PROBLEMS[code]) for code in problems))
    StaffingPolicy.objects.get_or_create(queue=queue)
    kept = StaffingPolicy.objects.select_for_update().get(queue=queue)
    if kept.version != version:
        raise Stale
    before = queries.policy_of(kept).to_dict()
    for name, value in policy.to_dict().items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save()
    changed = {name: [before[name], value] for name, value in policy.to_dict().items() if before[name] != value}
    audit.record(by=by, verb="capacity.decide_policy", about=("demand.queue", queue.pk), facts=changed, at=at)
    return kept
