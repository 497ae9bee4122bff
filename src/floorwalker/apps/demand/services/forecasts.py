"""Making forecasts, saying which is in use, and changing what is expected with a reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.events import ForecastChanged, ForecastMade
from floorwalker.apps.demand.models import (
    ForecastDay,
    ForecastRun,
    ForecastVersion,
    Override,
    Queue,
    SpecialDay,
    VersionUse,
    Vouched,
)
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries import forecasts as queries
from floorwalker.apps.demand.queries import history as history_queries
from floorwalker.apps.demand.queries import queues as queue_queries
from floorwalker.kernel import audit, events, jobs
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import Refused, Stale
from floorwalker.science.timegrid import zone_info

RUN, VERSION, QUEUE = "demand.run", "demand.version", "demand.queue"
FORECAST = "demand.forecast"
LONGEST_DAYS = 546
USUAL_DAYS = 56
Source = ForecastVersion.Source


class NoHistory(Refused):
    code = "queue_without_history"
    status = 409
    text = _("{queue} has no history yet. Upload some first, or make its first forecast from a new account.")


class HorizonTooLong(Refused):
    code = "horizon_too_long"
    text = _("A forecast reaches from 1 to {most} days ahead, not {days}.")


class NothingThere(Refused):
    code = "no_forecast_there"
    text = _("There is no forecast from {first} to {last} to change. Make one that reaches there first.")


class WithoutReason(Refused):
    code = "change_without_reason"
    text = _("Say in a few words why; everyone who reads the forecast sees it.")


class SpecialDayTaken(Refused):
    code = "special_day_taken"
    status = 409
    text = _("{day} of {queue} is already {name}. Remove that first.")


class OtherQueue(Refused):
    code = "version_of_other_queue"
    status = 409
    text = _("This version is in use already.")


@transaction.atomic
def ask_for_forecasts(
    *, queues: Sequence[Queue], days: int = USUAL_DAYS, first_day: date | None = None, by: Actor, at: datetime
) -> ForecastRun:
    """Have forecasts made of these queues, from the day after their history unless a day is given."""
    require(by, P.MAKE_FORECASTS)
    if not 1 <= days <= LONGEST_DAYS:
        raise HorizonTooLong(most=LONGEST_DAYS, days=days)
    mine = list(queue_queries.visible_queues(by, P.MAKE_FORECASTS).filter(pk__in=[q.pk for q in queues]))
    if len(mine) != len({queue.pk for queue in queues}) or not mine:
        refuse(by)
    held = history_queries.held_of(mine)
    for queue in mine:
        if queue.pk not in held:
            raise NoHistory(queue=queue.name)
    run = ForecastRun.objects.create(first_day=first_day, days=days, by_id=by.user_id, by_name=by.name, at=at)
    run.queues.set(mine)
    names = [queue.name for queue in mine]
    title = _("Forecast {names}").format(names=", ".join(names[:4]) + ("…" if len(names) > 4 else ""))
    jobs.start(FORECAST, ref=(RUN, run.pk), title=title, by=by, at=at)
    audit.record(by=by, verb="demand.ask_for_forecasts", about=(RUN, run.pk), facts={"queues": len(mine)}, at=at)
    return run


@transaction.atomic
def keep_forecasts(*, run_id: int, result: Mapping[str, Any], fence: jobs.Fence, at: datetime) -> None:
    """Keep what was made as new versions and put them in use; what could not be made says why."""
    fence.hold()
    run = ForecastRun.objects.select_for_update().get(pk=run_id)
    outcome = []
    queues = Queue.objects.select_for_update(of=("self",)).in_bulk([each["queue_id"] for each in result["queues"]])
    for each in result["queues"]:
        queue = queues[each["queue_id"]]
        if "trouble" in each:
            outcome.append({"queue_id": queue.pk, "trouble": each["trouble"]})
            continue
        version = keep_version(
            queue=queue, made=each, source=Source.STATISTICAL, run=run, by_id=run.by_id, by_name=run.by_name, at=at
        )
        outcome.append({"queue_id": queue.pk, "version_id": version.pk})
    run.outcome, run.done_at = outcome, at
    run.save(update_fields=["outcome", "done_at"])


@transaction.atomic
def keep_version(
    *,
    queue: Queue,
    made: Mapping[str, Any],
    source: str,
    by_id: int | None,
    by_name: str,
    at: datetime,
    run: ForecastRun | None = None,
    reason: str = "",
) -> ForecastVersion:
    """Write a version with its days, put it in use and announce it; called within that of its maker."""
    last = ForecastVersion.objects.filter(queue=queue).aggregate(last=Max("number"))["last"] or 0
    days = made["forecast_days"]
    version = ForecastVersion.objects.create(
        queue=queue,
        number=last + 1,
        run=run,
        source=source,
        made_at=at,
        by_id=by_id,
        by_name=by_name,
        first_day=date.fromisoformat(made["first_day"]),
        days=made["days"],
        step_minutes=made["step_minutes"],
        zone=made["zone"],
        origin=made["origin"] and date.fromisoformat(made["origin"]),
        method=made["method"][:120],
        notes=made["notes"],
        words=made["words"],
        scores=made["scores"],
        cleaned=made["cleaned"],
        special=made["special"],
        slot_correlation=made["slot_correlation"],
        day_correlation=made["day_correlation"],
        made_from=made.get("made_from", {}),
        aht_known=made["aht_known"],
        sha256=content_hash(days),
    )
    ForecastDay.objects.bulk_create(
        [ForecastDay(version=version, **{**each, "day": date.fromisoformat(each["day"])}) for each in days],
        batch_size=500,
    )
    VersionUse.objects.create(queue=queue, version=version, at=at, by_name=by_name, reason=reason)
    events.announce(ForecastMade(version.pk, queue.pk, made["first_day"], made["days"]))
    return version


def content_hash(days: Sequence[Mapping[str, Any]]) -> str:
    """What a version holds, in one line: the same numbers, the same hash."""
    text = json.dumps(list(days), sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def use_version(*, version: ForecastVersion, reason: str, by: Actor, at: datetime) -> None:
    """Go back to an earlier version, or forward again, with the reason."""
    the = queries.the_version(by, version.pk, P.MAKE_FORECASTS)
    if not reason.strip():
        raise WithoutReason()
    queue = Queue.objects.select_for_update(of=("self",)).get(pk=the.queue_id)
    now = queries.in_use([queue]).get(queue.pk)
    if now is not None and now.pk == the.pk:
        raise OtherQueue()
    VersionUse.objects.create(queue=queue, version=the, at=at, by_name=by.name, reason=reason.strip())
    audit.record(by=by, verb="demand.use_version", about=(VERSION, the.pk), facts={"why": reason}, at=at)
    last = date.fromordinal(the.first_day.toordinal() + the.days - 1)
    events.announce(ForecastChanged(queue.pk, the.first_day.isoformat(), last.isoformat()))


@transaction.atomic
def override(
    *, queue: Queue, start: datetime, end: datetime, kind: str, value: float, reason: str, by: Actor, at: datetime
) -> Override:
    """Lay a factor, or a number of contacts, over a stretch of the forecast."""
    the = queue_queries.the_queue(by, queue.pk, P.MAKE_FORECASTS)
    if not reason.strip():
        raise WithoutReason()
    first, last = _local_days(the, start, end)
    if not queries.expected_days([the], first, last)[the.pk].days:
        raise NothingThere(first=first, last=last)
    made = Override.objects.create(
        queue=the,
        start=start,
        end=end,
        kind=kind,
        value=value,
        reason=reason.strip(),
        by_id=by.user_id,
        by_name=by.name,
        at=at,
    )
    facts = {"kind": kind, "value": value, "why": reason, "from": start.isoformat(), "until": end.isoformat()}
    audit.record(by=by, verb="demand.override", about=(QUEUE, the.pk), facts=facts, at=at)
    events.announce(ForecastChanged(the.pk, first.isoformat(), last.isoformat()))
    return made


@transaction.atomic
def undo_override(*, layer: Override, by: Actor, at: datetime) -> None:
    """Take a change back; it stays readable."""
    the = queries.the_override(by, layer.pk)
    if not Override.objects.filter(pk=the.pk, undone_at=None).update(undone_at=at, undone_by=by.name):
        raise Stale()
    audit.record(
        by=by, verb="demand.undo_override", about=(QUEUE, the.queue_id), facts={"override": the.pk}, at=at
    )
    first, last = _local_days(the.queue, the.start, the.end)
    events.announce(ForecastChanged(the.queue_id, first.isoformat(), last.isoformat()))


@transaction.atomic
def add_special_day(
    *, queues: Sequence[Queue], day: date, name: str, closed: bool, factor: float | None, by: Actor, at: datetime
) -> list[SpecialDay]:
    """Say that a day differs; the next forecast knows it. Each queue has one such word a day."""
    require(by, P.MAKE_FORECASTS)
    wanted = {queue.pk for queue in queues}
    seen = queue_queries.visible_queues(by, P.MAKE_FORECASTS).filter(pk__in=wanted).order_by("pk")
    locked = list(seen.select_for_update(of=("self",)))  # in one order, or two wait for each other
    if len(locked) != len(wanted):
        refuse(by)
    made = []
    for queue in locked:
        there = SpecialDay.objects.filter(queue=queue, day=day, removed_at=None).first()
        if there is not None:
            raise SpecialDayTaken(day=day, queue=queue.name, name=there.name)
        effect = {"closed": closed, "factor": None if closed else factor}
        made.append(
            SpecialDay.objects.create(queue=queue, day=day, name=name.strip(), by_name=by.name, at=at, **effect)
        )
        facts = {"day": day.isoformat(), "name": name, "closed": closed, "factor": factor}
        audit.record(by=by, verb="demand.add_special_day", about=(QUEUE, queue.pk), facts=facts, at=at)
    return made


@transaction.atomic
def remove_special_day(*, special: SpecialDay, by: Actor, at: datetime) -> None:
    """Take it back; it stays readable."""
    the = queries.the_special_day(by, special.pk)
    if not SpecialDay.objects.filter(pk=the.pk, removed_at=None).update(removed_at=at, removed_by=by.name):
        raise Stale()
    facts = {"day": the.day.isoformat(), "name": the.name}
    audit.record(by=by, verb="demand.remove_special_day", about=(QUEUE, the.queue_id), facts=facts, at=at)


@transaction.atomic
def vouch(*, queue: Queue, start: datetime, end: datetime, reason: str, by: Actor, at: datetime) -> Vouched:
    """Say that counts which look wrong are right: the next forecast learns from them."""
    the = queue_queries.the_queue(by, queue.pk, P.MAKE_FORECASTS)
    if not reason.strip():
        raise WithoutReason()
    made = Vouched.objects.create(queue=the, start=start, end=end, reason=reason.strip(), by_name=by.name, at=at)
    facts = {"from": start.isoformat(), "until": end.isoformat(), "why": reason}
    audit.record(by=by, verb="demand.vouch", about=(QUEUE, the.pk), facts=facts, at=at)
    return made


@transaction.atomic
def unvouch(*, vouched: Vouched, by: Actor, at: datetime) -> None:
    """Take it back; it stays readable."""
    the = queries.the_vouched(by, vouched.pk)
    if not Vouched.objects.filter(pk=the.pk, undone_at=None).update(undone_at=at, undone_by=by.name):
        raise Stale()
    audit.record(by=by, verb="demand.unvouch", about=(QUEUE, the.queue_id), facts={"vouched": the.pk}, at=at)


def _local_days(queue: Queue, start: datetime, end: datetime) -> tuple[date, date]:
    """The first and last local day a stretch touches."""
    zone = zone_info(queue.zone)
    last = datetime.fromtimestamp(end.timestamp() - 1, zone).date()
    return start.astimezone(zone).date(), last
