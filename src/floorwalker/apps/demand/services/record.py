"""Keeping the record of every source, and blending sources by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.events import HistoryStored
from floorwalker.apps.demand.models import ForecastVersion, Queue, RecordDay
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries import queues as queue_queries
from floorwalker.apps.demand.queries import record as queries
from floorwalker.apps.demand.rules.record import LEADS
from floorwalker.apps.demand.services.forecasts import keep_version
from floorwalker.kernel import audit, jobs
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.errors import Refused

RECORD, BLEND, QUEUE = "demand.record", "demand.blend", "demand.queue"


class NothingToBlend(Refused):
    code = "nothing_to_blend"
    status = 409
    text = _(
        "A blend needs our forecast and the client's for the same days ahead. For {queue} the client has none "
        "beyond {day}."
    )


def judge_after_history(event: HistoryStored, at: datetime) -> None:
    """History came, so what was said about its days can be judged."""
    for queue in Queue.objects.filter(pk__in=event.queue_ids):
        title = _("Judge forecasts of {queue}").format(queue=queue.name)
        jobs.start(RECORD, ref=(QUEUE, queue.pk), title=title, by=SYSTEM, at=at, lock=f"record:{queue.pk}")


@transaction.atomic
def ask_for_record(*, queues: Sequence[Queue], by: Actor, at: datetime) -> list[jobs.Job]:
    """Judge again what was said of these queues, each by work of its own."""
    started = []
    for queue in queues:
        the = queue_queries.the_queue(by, queue.pk, P.MAKE_FORECASTS)
        title = _("Judge forecasts of {queue}").format(queue=the.name)
        about = {"ref": (QUEUE, the.pk), "lock": f"record:{the.pk}"}
        started.append(jobs.start(RECORD, **about, title=title, by=by, at=at))
    return started


def keep_record(*, queue: Queue, first: date, last: date, fence: jobs.Fence) -> int:
    """Write down what each source had said of these days; the same again changes nothing. How many rows."""
    sayings = queries.Sayings(queue, first, last)
    rows = [row for lead in LEADS for row in queries.said_of(sayings, lead)]
    with transaction.atomic():
        fence.hold()
        RecordDay.objects.filter(queue=queue, day__range=(first, last)).delete()
        RecordDay.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


@transaction.atomic
def ask_for_blend(*, queue: Queue, by: Actor, at: datetime) -> jobs.Job:
    """Have our forecast and the client's blended by what each has earned."""
    the = queue_queries.the_queue(by, queue.pk, P.MAKE_FORECASTS)
    latest = queries.latest_statistical(the)
    if latest is None or not queries.client_ahead(the, latest.first_day):
        raise NothingToBlend(queue=the.name, day=latest.first_day if latest else at.date())
    audit.record(by=by, verb="demand.ask_for_blend", about=(QUEUE, the.pk), at=at)
    title = _("Blend the forecasts of {queue}").format(queue=the.name)
    return jobs.start(BLEND, ref=(QUEUE, the.pk), title=title, by=by, at=at)


@transaction.atomic
def keep_blend(
    *, queue_id: int, made: Mapping[str, Any], fence: jobs.Fence, by_id: int | None, by_name: str, at: datetime
) -> ForecastVersion:
    """Keep a blend as a version with its sources, weights and corrections, and put it in use."""
    fence.hold()
    queue = Queue.objects.select_for_update(of=("self",)).get(pk=queue_id)
    return keep_version(
        queue=queue, made=made, source=ForecastVersion.Source.BLEND, by_id=by_id, by_name=by_name, at=at
    )
