"""Reads of uploads and of what was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, QuerySet

from floorwalker.apps.demand.models import HistoryDay, HistoryUpload, Queue, QueueName
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries.queues import QUEUE_RELATIONS, queues_in_order, visible_queues
from floorwalker.kernel.access import SYSTEM, Actor, Permission, refuse
from floorwalker.kernel.scoping import not_scoped, pick, scoped
from floorwalker.science.timegrid import zone_info


def visible_uploads(actor: Actor, permission: Permission = P.STORE_HISTORY) -> QuerySet[HistoryUpload]:
    """Files under way: all for who may store everywhere, else one's own."""
    sight = actor.sight(permission)
    if sight.everything:
        return HistoryUpload.objects.all()
    own = actor.user_id if sight.beyond_own else None
    return HistoryUpload.objects.filter(by_id=own) if own is not None else HistoryUpload.objects.none()


def the_upload(actor: Actor, upload_id: Any) -> HistoryUpload:
    return pick(visible_uploads(actor), upload_id)


def latest_uploads(actor: Actor, most: int = 30) -> list[HistoryUpload]:
    return list(visible_uploads(actor).defer("rejects").order_by("-at", "-pk")[:most])


def visible_history(actor: Actor, permission: Permission = P.SEE_VOLUMES) -> QuerySet[HistoryDay]:
    return HistoryDay.objects.filter(queue__in=visible_queues(actor, permission))


def names_meant(actor: Actor, upload: HistoryUpload) -> list[tuple[str, date | None, date | None, Queue]]:
    """Names of the file with the queue each means, from day to day: by the system's names, else by its key."""
    found = upload.found or {"queues": []}
    in_file = {each["name"]: each for each in found["queues"]}
    mine = {queue.pk: queue for queue in queues_in_order(actor, P.STORE_HISTORY)}
    meant: list[tuple[str, date | None, date | None, Queue]] = []
    named = QueueName.objects.filter(system=upload.system, external_id__in=in_file, queue__in=mine)
    meant += [
        (name.external_id, name.days.lower, name.days.upper, mine[name.queue_id])
        for name in named.order_by("external_id", "days")
        if _touches(name, in_file[name.external_id], mine[name.queue_id].zone)
    ]
    placed = {each[0] for each in meant}
    by_key = {queue.key: queue for queue in mine.values()}
    meant += [(name, None, None, by_key[name]) for name in in_file if name not in placed and name in by_key]
    return meant


def _touches(name: QueueName, rows: dict[str, Any], zone: str) -> bool:
    first, last = (datetime.fromtimestamp(rows[end], zone_info(zone)).date() for end in ("first", "last"))
    lower, upper = name.days.lower, name.days.upper
    return (upper is None or first < upper) and (lower is None or last >= lower)


def upload_to_store(upload_id: int, store: str, kept: str, job_id: int) -> dict[str, Any]:
    """What the child needs to store an upload, as plain values: only queues that who placed it may store for.

    The job and the file name the load: begun again after a kill it is known, placed anew it is another.
    """
    upload = HistoryUpload.objects.get(pk=upload_id)
    placed = set(upload.found["placed"])
    meant = [each for each in names_meant(SYSTEM, upload) if each[-1].pk in placed]
    return {
        "store": store,
        "load": f"job {job_id}, {upload.sha256}",
        "kept": kept,
        "table": upload.found["table"],
        "step_seconds": upload.found["step_seconds"],
        "system": upload.system,
        "names": [
            [name, first.isoformat() if first else None, until.isoformat() if until else None, queue.key]
            for name, first, until, queue in meant
        ],
        "queues": {queue.key: {"zone": queue.zone, "step_seconds": queue.step_seconds} for *_rest, queue in meant},
    }


@dataclass(frozen=True)
class FoundQueue:
    """One name of a file: what it means, and what the file holds of it."""

    name: str
    queues: list[Queue]
    rows: int
    contacts: float
    first: date
    last: date
    handling_known: bool


def found_queues(
    upload: HistoryUpload, meant: Sequence[tuple[str, date | None, date | None, Queue]]
) -> list[FoundQueue]:
    zone = zone_info(upload.zone)

    def day(at: int) -> date:
        return datetime.fromtimestamp(at, zone).date()

    return [
        FoundQueue(
            each["name"],
            [queue for name, *_rest, queue in meant if name == each["name"]],
            each["rows"],
            each["contacts"],
            day(each["first"]),
            day(each["last"]),
            each.get("handling_known", True),  # not noted of files read by an earlier version
        )
        for each in upload.found["queues"]
    ]


def upload_preview(actor: Actor, upload: HistoryUpload) -> dict[str, Any]:
    """What was found in a file that has been read, as plain values; as if there were nothing before."""
    if upload.found is None:
        refuse(actor)
    counts = ("read", "stored", "duplicates", "rejected", "left_out", "guesses")
    queues = found_queues(upload, names_meant(actor, upload))
    return {
        "upload": upload,
        **{name: upload.found[name] for name in counts},
        "queues": [{**vars(each), "queue_ids": [queue.pk for queue in each.queues]} for each in queues],
    }


@dataclass(frozen=True)
class Held:
    """What is known of a queue's past."""

    first: date | None = None
    last: date | None = None
    at: datetime | None = None


def held_of(queues: Iterable[Queue]) -> dict[int, Held]:
    """First and last day of each queue's history, by its id; one query for all."""
    rows = (
        HistoryDay.objects.filter(queue__in=list(queues), superseded_at=None)
        .values("queue_id")
        .annotate(first=Min("day"), last=Max("day"), at=Max("stored_at"))
    )
    return {row["queue_id"]: Held(row["first"], row["last"], row["at"]) for row in rows}


def days_of(
    queue: Queue, first: date, last: date, *, as_of: datetime | None = None, fields: Sequence[str] = ()
) -> list[HistoryDay]:
    """Days of a queue's history in order; as they stood at a moment when one is given."""
    found = HistoryDay.objects.filter(queue=queue, day__range=(first, last)).order_by("day", "stored_at")
    if fields:
        found = found.only("day", "queue_id", "total", *fields)
    if as_of is None:
        return list(found.filter(superseded_at=None))
    return list({row.day: row for row in found.filter(stored_at__lte=as_of)}.values())


def days_of_each(
    queues: Sequence[Queue], first: date, last: date, fields: Sequence[str]
) -> dict[int, list[HistoryDay]]:
    """The same fields of these days for several queues, by queue and in order; one query for all."""
    found: dict[int, list[HistoryDay]] = {queue.pk: [] for queue in queues}
    rows = HistoryDay.objects.filter(queue__in=found, day__range=(first, last), superseded_at=None).order_by("day")
    for row in rows.only("day", "queue_id", "total", *fields):
        found[row.queue_id].append(row)
    return found


scoped(HistoryDay, visible_history, P.SEE_VOLUMES, key="history_day_id", relations=QUEUE_RELATIONS)
not_scoped(HistoryUpload, "a file is its uploader's until stored; visible_uploads is its only door")
