"""Setting up queues and saying what other systems call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.models import HistoryDay, Queue, QueueName
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries import queues as queries
from floorwalker.apps.demand.rules.hours import well_formed
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, refuse, require
from floorwalker.kernel.errors import Refused, Stale
from floorwalker.kernel.scoping import pick
from floorwalker.science.errors import InvalidInput
from floorwalker.science.timegrid import zone_info

QUEUE = "demand.queue"


class NameTaken(Refused):
    code = "queue_name_taken"
    status = 409
    text = _("{client} already has a queue called {name}. Choose another name, or use that one.")


class NameElsewhereTaken(Refused):
    code = "queue_name_elsewhere_taken"
    status = 409
    text = _("{system} already means another queue by {external} on some of these days. End that first.")


class UnknownZone(Refused):
    code = "unknown_zone"
    text = _("{zone} is no time zone. Use a name such as Europe/Lisbon.")


class HoursNotInOrder(Refused):
    code = "hours_not_in_order"
    text = _(
        "Give hours as seven days from Monday on, each a list of openings such as [480, 1200]: minutes after "
        "midnight, in order, none over another."
    )


class CountedOtherwise(Refused):
    code = "history_counted_otherwise"
    status = 409
    text = _(
        "The history of {queue} is counted in intervals of {minutes} minutes by the days of {zone}. Set up a new "
        "queue for another interval or zone, and upload the history for it."
    )


@dataclass(frozen=True)
class QueueFields:
    """What a queue is, as it is set up."""

    name: str
    client_id: int
    site_id: int
    zone: str = ""
    skill_id: int | None = None
    channel: str = Queue.Channel.VOICE
    step_minutes: int = 30
    hours: list[Any] | None = None
    target: str = Queue.Target.SERVICE
    service_share: float = 0.8
    service_seconds: int = 20
    service_definition: str = Queue.Definition.LATE_ABANDONS
    asa_seconds: int | None = None
    tolerance: float = 0.05
    patience_seconds: float | None = None
    aht_seconds: float | None = None


@transaction.atomic
def set_up_queue(*, fields: QueueFields, by: Actor, at: datetime) -> Queue:
    """A new queue; its days follow its site's zone unless another is given."""
    require(by, P.KEEP_QUEUES)
    values = _checked(by, fields)
    _hold_keys()
    with _taken(fields, by):
        queue = Queue.objects.create(key=_free_key(fields.name), **values)
    audit.record(by=by, verb="demand.set_up_queue", about=(QUEUE, queue.pk), facts={"name": queue.name}, at=at)
    return queue


@transaction.atomic
def change_queue(*, queue: Queue, fields: QueueFields, version: int, by: Actor, at: datetime) -> Queue:
    """Change what a queue is; its interval and zone only while nothing is counted by them."""
    require(by, P.KEEP_QUEUES)
    locked = queries.visible_queues(by, P.KEEP_QUEUES).select_for_update(of=("self",)).filter(pk=queue.pk).first()
    if locked is None:
        refuse(by)
    if locked.version != version:
        raise Stale()
    values = _checked(by, fields)
    moved = (locked.step_minutes, locked.zone) != (values["step_minutes"], values["zone"])
    if moved and HistoryDay.objects.filter(queue=locked).exists():
        raise CountedOtherwise(queue=locked.name, minutes=locked.step_minutes, zone=locked.zone)
    before = {name: getattr(locked, name) for name in values}
    for name, value in values.items():
        setattr(locked, name, value)
    locked.version += 1
    with _taken(fields, by):
        locked.save()
    changed = {name: [str(before[name]), str(value)] for name, value in values.items() if before[name] != value}
    audit.record(by=by, verb="demand.change_queue", about=(QUEUE, locked.pk), facts=_short(changed), at=at)
    return locked


@transaction.atomic
def archive_queue(*, queue: Queue, archived: bool, by: Actor, at: datetime) -> None:
    """Take a queue out of use, or back; what was counted and forecast stays."""
    the = queries.the_queue(by, queue.pk, P.KEEP_QUEUES)
    Queue.objects.filter(pk=the.pk).update(archived=archived, version=the.version + 1)
    verb = "demand.archive_queue" if archived else "demand.restore_queue"
    audit.record(by=by, verb=verb, about=(QUEUE, the.pk), at=at)


@transaction.atomic
def call_queue(
    *, queue: Queue, system: str, external: str, first: date | None, until: date | None, by: Actor, at: datetime
) -> QueueName:
    """Say what another system calls a queue from ``first`` until before ``until``."""
    the = queries.the_queue(by, queue.pk, P.KEEP_QUEUES)
    system, external = system.strip(), external.strip()
    name = QueueName(queue=the, system=system, external_id=external, days=DateRange(first, until, "[)"))
    _write_name(name)
    facts = {"system": system, "name": external}
    audit.record(by=by, verb="demand.call_queue", about=(QUEUE, the.pk), facts=facts, at=at)
    return name


@transaction.atomic
def end_name(*, name: QueueName, until: date, by: Actor, at: datetime) -> None:
    """From ``until`` on the other system no longer means this queue; a name never used is removed."""
    the = queries.the_queue(by, name.queue_id, P.KEEP_QUEUES)
    name = pick(queries.visible_names(by, P.KEEP_QUEUES).select_for_update(of=("self",)), name.pk)
    if name.days.lower is not None and until <= name.days.lower:
        name.delete()
    else:
        name.days = DateRange(name.days.lower, until, "[)")
        _write_name(name)
    facts = {"system": name.system, "name": name.external_id, "until": until.isoformat()}
    audit.record(by=by, verb="demand.end_queue_name", about=(QUEUE, the.pk), facts=facts, at=at)


def _write_name(name: QueueName) -> None:
    """Also an end moved to a later day may reach into what another queue is called by then."""
    try:
        with transaction.atomic():
            name.save()
    except IntegrityError as error:
        if "demand_queue_name_no_overlap" not in str(error):
            raise
        raise NameElsewhereTaken(system=name.system, external=name.external_id) from error


def in_order(hours: list[Any] | None) -> None:
    """Refuse hours that are none, however they came."""
    if hours is not None and not well_formed(hours):
        raise HoursNotInOrder()


def _checked(by: Actor, fields: QueueFields) -> dict[str, Any]:
    """The values, with the site and client in reach of the actor and a zone there is."""
    site = queries.sites_for_queues(by).filter(pk=fields.site_id).first()
    client = queries.clients_for_queues(by).filter(pk=fields.client_id).first()
    skilled = fields.skill_id is None or queries.skills_for_queues().filter(pk=fields.skill_id).exists()
    if site is None or client is None or not skilled:
        refuse(by)
    in_order(fields.hours)
    zone = fields.zone or site.zone
    try:
        zone_info(zone)
    except InvalidInput as error:
        raise UnknownZone(zone=zone) from error
    return {**asdict(fields), "name": fields.name.strip(), "zone": zone}


class _taken:  # noqa: N801 - reads as a clause where it is used
    """Turns the constraint on names into its refusal."""

    def __init__(self, fields: QueueFields, by: Actor) -> None:
        self.fields, self.by = fields, by
        self.savepoint = transaction.atomic()

    def __enter__(self) -> None:
        self.savepoint.__enter__()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        self.savepoint.__exit__(kind, error, trace)
        if isinstance(error, IntegrityError) and "demand_queue_once" in str(error):
            client = queries.clients_for_queues(self.by).get(pk=self.fields.client_id)
            raise NameTaken(client=client.name, name=self.fields.name) from error


def _hold_keys() -> None:
    """Whoever sets up a queue at the same moment waits, so that no key is chosen twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demand.queue.key'))")


def _free_key(name: str) -> str:
    stem = slugify(name)[:70] or "queue"
    taken = set(Queue.objects.filter(key__startswith=stem).values_list("key", flat=True))
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(key for key in candidates if key not in taken)


def _short(changed: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: f"{before[:60]} → {after[:60]}" for name, (before, after) in changed.items()}
