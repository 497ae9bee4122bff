"""Contact history from a file of somebody's to counts per queue and day."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.events import HistoryStored
from floorwalker.apps.demand.models import HistoryDay, HistoryUpload, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries import history as queries
from floorwalker.apps.demand.queries import queues as queue_queries
from floorwalker.apps.demand.rules.days import total
from floorwalker.apps.demand.services.queues import QueueFields, call_queue, set_up_queue
from floorwalker.kernel import audit, events, jobs
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import Refused, Stale
from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.kinds import recognise
from floorwalker.kernel.files.limits import LIMITS, MEBIBYTE, Limits
from floorwalker.kernel.files.refusals import FileTooLarge, refused
from floorwalker.kernel.files.uploads import Uploaded, shown_name
from floorwalker.science.errors import InvalidInput
from floorwalker.science.timegrid import zone_info

UPLOAD = "demand.upload"
READ, STORE = "demand.read_history", "demand.store_history"
GZIP = b"\x1f\x8b"
State = HistoryUpload.State


class LogTooLarge(FileTooLarge):
    code = "history_too_large"
    text = _(
        "The file is larger than {megabytes} MB. Split it by month and upload the parts, or have it read on the "
        "server: floorwalker import FILE --store {store}."
    )


class QueueNotPlaced(Refused):
    code = "queue_not_placed"
    text = _("Say which queue “{name}” is, or leave it out.")


class IntervalTooCoarse(Refused):
    code = "interval_too_coarse"
    text = _(
        "The file counts in intervals of {has} minutes, but {queue} is planned in {wants}. Export it finer, or "
        "set up a queue with intervals of {has} minutes."
    )


class UploadZoneUnknown(Refused):
    code = "upload_zone_unknown"
    text = _("{zone} is no time zone. Use a name such as Europe/Lisbon.")


@dataclass(frozen=True)
class Placing:
    """What a name in the file means: an existing queue, a new one, or nothing."""

    name: str
    queue_id: int | None = None
    new: QueueFields | None = None


def upload_history(
    *, file: Uploaded, system: str, zone: str, by: Actor, at: datetime, limits: Limits = LIMITS
) -> HistoryUpload:
    """Take a file in and have it read; nothing is stored before somebody has looked at what was found."""
    require(by, P.STORE_HISTORY)
    try:
        zone_info(zone)
    except InvalidInput as error:
        raise UploadZoneUnknown(zone=zone) from error
    path = folder() / secrets.token_urlsafe(24)
    try:
        size, digest = _take_in(file, path, limits)
        with transaction.atomic():
            upload = HistoryUpload.objects.create(
                name=shown_name(file.name or ""),
                size=size,
                sha256=digest,
                system=system.strip(),
                zone=zone,
                by_id=by.user_id,
                by_name=by.name,
                at=at,
                changed_at=at,
            )
            path.rename(file_of(upload))
            audit.record(
                by=by,
                verb="demand.upload_history",
                about=(UPLOAD, upload.pk),
                at=at,
                facts={"name": upload.name, "sha256": digest},
            )
            _read(upload, by, at)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return upload


@transaction.atomic
def answer_question(*, upload: HistoryUpload, setting: str, value: str, by: Actor, at: datetime) -> None:
    """One answer about the file, or another reading of it: it is read again with it."""
    locked = _locked(by, upload, State.ASKED, State.READY, State.FAILED)
    if setting == "zone":
        try:
            zone_info(value)
        except InvalidInput as error:
            raise UploadZoneUnknown(zone=value) from error
        locked.zone = value
    elif value:
        locked.mapping = {**locked.mapping, setting: value}
    else:
        locked.mapping = {name: kept for name, kept in locked.mapping.items() if name != setting}
    _move(locked, State.READING, at, "zone", "mapping")
    audit.record(
        by=by, verb="demand.answer_about_history", about=(UPLOAD, locked.pk), facts={setting: value}, at=at
    )
    _read(locked, by, at)


@transaction.atomic
def keep_reading(*, upload_id: int, account: Mapping[str, Any], fence: jobs.Fence, at: datetime) -> None:
    """What the reader found: a question, or rows waiting for somebody to say what the queues are."""
    fence.hold()
    upload = HistoryUpload.objects.select_for_update().get(pk=upload_id)
    if "question" in account:
        upload.question, upload.found, upload.rejects = account["question"], None, []
        _move(upload, State.ASKED, at, "question", "found", "rejects")
        return
    found = {name: value for name, value in account.items() if name != "rejects"}
    upload.found, upload.rejects, upload.question, upload.trouble = found, account["rejects"], None, ""
    _move(upload, State.READY, at, "found", "rejects", "question", "trouble")


@transaction.atomic
def note_unreadable(*, upload_id: int, trouble: str, fence: jobs.Fence, at: datetime) -> None:
    """The file cannot be read, or storing it failed; what the store held stays as it was."""
    fence.hold()
    upload = HistoryUpload.objects.select_for_update().get(pk=upload_id)
    upload.trouble = trouble
    _move(upload, State.READY if upload.state == State.STORING else State.FAILED, at, "trouble")


@transaction.atomic
def place_queues(*, upload: HistoryUpload, placings: Sequence[Placing], by: Actor, at: datetime) -> HistoryUpload:
    """Say what each name in the file means, and have it stored."""
    locked = _locked(by, upload, State.READY)
    names = {each["name"] for each in locked.found["queues"]}
    first = min((each["first"] for each in locked.found["queues"]), default=0)
    known = {name for name, *_rest in queries.names_meant(by, locked)}
    for placing in placings:
        if placing.name not in names or placing.name in known:
            continue
        queue = _meant(placing, by, at)
        if queue is not None:
            start = datetime.fromtimestamp(first, zone_info(queue.zone)).date() if first else None
            call_queue(
                queue=queue, system=locked.system, external=placing.name, first=start, until=None, by=by, at=at
            )
    meant = queries.names_meant(by, locked)
    if not meant:
        raise QueueNotPlaced(name=sorted(names)[0] if names else "")
    _refuse_coarse(locked, {queue for *_rest, queue in meant})
    locked.found = {**locked.found, "placed": sorted({queue.pk for *_rest, queue in meant})}
    _move(locked, State.STORING, at, "found")
    audit.record(by=by, verb="demand.store_history", about=(UPLOAD, locked.pk), at=at)
    jobs.start(
        STORE,
        ref=(UPLOAD, locked.pk),
        title=_("Store {name}").format(name=locked.name),
        by=by,
        at=at,
        lock="history",
    )
    return locked


@transaction.atomic
def keep_stored(*, upload_id: int, result: Mapping[str, Any], fence: jobs.Fence, by: Actor, at: datetime) -> None:
    """Counts per queue and day as the store has them now; the same counts again change nothing."""
    fence.hold()
    upload = HistoryUpload.objects.select_for_update().get(pk=upload_id)
    if result.get("stopped"):
        _move(upload, State.READY, at)
        return
    queues = {queue.key: queue for queue in Queue.objects.filter(key__in={day["queue"] for day in result["days"]})}
    counted = _keep_days(upload, result["days"], queues, at)
    for key, seconds in result["patience"].items():
        Queue.objects.filter(key=key, patience_seconds=None).update(patience_seconds=seconds)
    account = {name: result[name] for name in ("stored", "unchanged", "replaced", "unplaced")}
    upload.stored = {**account, "days": counted}
    upload.trouble = ""
    _move(upload, State.STORED, at, "stored", "trouble")
    for path in (file_of(upload), kept_of(upload)):
        path.unlink(missing_ok=True)
    days = [day["day"] for day in result["days"]]
    if days:
        ids = tuple(sorted(queue.pk for queue in queues.values()))
        events.announce(HistoryStored(upload.pk, ids, min(days), max(days)))
    audit.record(by=by, verb="demand.history_stored", about=(UPLOAD, upload.pk), facts=upload.stored, at=at)


@transaction.atomic
def drop_upload(*, upload: HistoryUpload, by: Actor, at: datetime) -> None:
    """Throw a file away that was not stored."""
    locked = _locked(by, upload, State.ASKED, State.READY, State.FAILED)
    locked.rejects = []
    _move(locked, State.DROPPED, at, "rejects")
    audit.record(by=by, verb="demand.drop_history", about=(UPLOAD, locked.pk), at=at)
    for path in (file_of(locked), kept_of(locked)):
        path.unlink(missing_ok=True)


def folder() -> Path:
    """Where files lie that are not stored yet; nobody but the suite reads it."""
    place: Path = settings.HOME / "uploads" / "history"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def store_folder() -> Path:
    """The store of contacts; only jobs open it."""
    place: Path = settings.HOME / "contacts"
    return place


def file_of(upload: HistoryUpload) -> Path:
    return folder() / f"{upload.pk}"


def kept_of(upload: HistoryUpload) -> Path:
    return kept_of_id(upload.pk)


def kept_of_id(upload_id: int) -> Path:
    """What the reader understood, in the columns of the store."""
    return folder() / f"{upload_id}.rows.csv"


def _take_in(file: Uploaded, path: Path, limits: Limits) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("xb") as target:
        path.chmod(0o600)
        for chunk in file.chunks():
            size += len(chunk)
            if size > limits.upload_bytes:
                raise LogTooLarge(megabytes=limits.upload_bytes // MEBIBYTE, store=store_folder().name)
            digest.update(chunk)
            target.write(chunk)
    with path.open("rb") as kept:
        packed = kept.read(2) == GZIP
    try:
        if not packed:  # the reader of histories unpacks gzip itself, under limits of its own
            recognise(path, limits)
    except FileFault as fault:
        raise refused(fault) from fault
    return size, digest.hexdigest()


def _read(upload: HistoryUpload, by: Actor, at: datetime) -> None:
    jobs.start(READ, ref=(UPLOAD, upload.pk), title=_("Read {name}").format(name=upload.name), by=by, at=at)


def _locked(by: Actor, upload: HistoryUpload, *states: str) -> HistoryUpload:
    found = queries.visible_uploads(by).select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if found is None:
        refuse(by)
    if found.state not in states:
        raise Stale()
    return found


def _move(upload: HistoryUpload, state: str, at: datetime, *fields: str) -> None:
    upload.state, upload.changed_at = state, at
    upload.save(update_fields=["state", "changed_at", *fields])


def _meant(placing: Placing, by: Actor, at: datetime) -> Queue | None:
    if placing.new is not None:
        return set_up_queue(fields=placing.new, by=by, at=at)
    if placing.queue_id is not None:
        return queue_queries.the_queue(by, placing.queue_id, P.KEEP_QUEUES)
    return None


def _refuse_coarse(upload: HistoryUpload, queues: set[Queue]) -> None:
    step = upload.found["step_seconds"]
    for queue in sorted(queues, key=lambda each: each.name):
        if step and queue.step_seconds % step:
            raise IntervalTooCoarse(has=step // 60, wants=queue.step_minutes, queue=queue.name)


def _keep_days(
    upload: HistoryUpload, days: Sequence[Mapping[str, Any]], queues: Mapping[str, Queue], at: datetime
) -> int:
    """Write days that differ from what is there, superseding it; how many did."""
    ids = sorted(queue.pk for queue in queues.values())
    list(Queue.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    present = {
        (row.queue_id, row.day): row
        for row in HistoryDay.objects.select_for_update().filter(
            queue__in=queues.values(), superseded_at=None, day__range=_span(days)
        )
    }
    fresh, outdated = [], []
    for each in days:
        queue = queues[each["queue"]]
        row = HistoryDay(
            queue=queue,
            day=date.fromisoformat(each["day"]),
            step_minutes=queue.step_minutes,
            upload=upload,
            total=total(each["offered"]),
            stored_at=at,
            **{name: each[name] for name in SERIES},
        )
        before = present.get((queue.pk, row.day))
        if before is not None and all(_equal(getattr(before, name), each[name]) for name in SERIES):
            continue
        fresh.append(row)
        outdated += [before.pk] if before else []
    HistoryDay.objects.filter(pk__in=outdated).update(superseded_at=at)
    HistoryDay.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


SERIES = ("offered", "answered", "abandoned", "handled", "handling_seconds")


def _equal(before: Sequence[Any], now: Sequence[Any]) -> bool:
    return len(before) == len(now) and all(a == b for a, b in zip(before, now, strict=True))


def _span(days: Sequence[Mapping[str, Any]]) -> tuple[date, date]:
    every = [date.fromisoformat(each["day"]) for each in days]
    return min(every, default=date.min), max(every, default=date.min)
