"""Making and ending promises. Called by the rooms that promise, inside their transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.people import queries as people
from floorwalker.apps.promises import queries
from floorwalker.apps.promises.events import PromiseEnded
from floorwalker.apps.promises.kinds import KINDS
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.promises.rules import (
    BROKEN,
    OPEN,
    REMINDED_BEFORE,
    WITHDRAWN,
    delivered,
    lapsed,
    lead_told_from,
    owner_told_from,
)
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse
from floorwalker.kernel.errors import Refused

BROKEN_KIND, DUE_KIND, LATE_KIND = "promises.broken", "promises.due", "promises.late"
LAPSED = _("its day passed and nobody delivered it")


class AlreadyEnded(Refused):
    code = "promise_already_ended"
    status = 409
    text = _("“{what}” ended already: {state}.")


class WithoutReason(Refused):
    code = "promise_without_reason"
    text = _("Say in a few words why “{what}” is not kept; who waits for it reads this.")


@transaction.atomic
def register(
    *,
    kind: str,
    ref: tuple[str, int],
    owner: int,
    to: int | str,
    what: str,
    due: datetime,
    by: Actor,
    at: datetime,
    once: str,
) -> Promise:
    """Write down what is promised; the same ``once`` again changes nothing. ``to`` is a user's id or a name."""
    if kind not in KINDS:
        raise LookupError(f"no kind of promise is called {kind!r}; register it in the domain's apps.py")
    receiver: dict[str, object] = {"to_user_id": to} if isinstance(to, int) else {"to_text": to}
    promise, new = Promise.objects.get_or_create(
        once=once,
        defaults={
            "kind": kind,
            "ref_kind": ref[0],
            "ref_id": ref[1],
            "owner_id": owner,
            "what": what,
            "due": due,
            "made_at": at,
            "made_by": by.name,
            **receiver,
        },
    )
    if new:
        audit.record(
            by=by, verb="promises.register", about=("promises.promise", promise.pk), facts={"kind": kind}, at=at
        )
    return promise


@transaction.atomic
def keep(*, once: str, by: Actor, at: datetime) -> Promise | None:
    """It was delivered: kept, or kept late. Nothing is promised under that name: nothing happens."""
    promise = Promise.objects.select_for_update().filter(once=once).first()
    if promise is None or promise.state != OPEN:
        return promise
    return _end(promise, delivered(promise.due, at), "", by, at)


@transaction.atomic
def withdraw(*, once: str, why: str, by: Actor, at: datetime) -> Promise | None:
    """It no longer holds, with the reason; not counted against its owner."""
    promise = Promise.objects.select_for_update().filter(once=once).first()
    if promise is None or promise.state != OPEN:
        return promise
    return _end(promise, WITHDRAWN, _reason(promise, why), by, at)


@transaction.atomic
def hand_over(
    *, once: str, owner: int, why: str, by: Actor, at: datetime, due: datetime | None = None
) -> Promise | None:
    """Somebody else owes it from now on: withdrawn for the one, with the reason, and promised anew by the other.

    The name goes to the new promise, so that the room keeps or ends it as before. What has ended already stays
    with whoever kept or broke it. ``due`` is a later day, where the new owner needs one.
    """
    before = Promise.objects.select_for_update().filter(once=once).first()
    if before is None or before.state != OPEN or before.owner_id == owner:
        return before
    return _anew(before, owner, before.to_user_id or before.to_text, due or before.due, why, by, at)


@transaction.atomic
def owe_to(*, once: str, to: int, why: str, by: Actor, at: datetime) -> Promise | None:
    """The same person owes it to somebody else from now on: withdrawn towards the one, promised to the other."""
    before = Promise.objects.select_for_update().filter(once=once).first()
    if before is None or before.state != OPEN or before.to_user_id == to:
        return before
    return _anew(before, before.owner_id, to, before.due, why, by, at)


@transaction.atomic
def miss(*, once: str, why: str, by: Actor, at: datetime) -> Promise | None:
    """The room in which it was promised has found that it was not delivered, with the reason."""
    promise = Promise.objects.select_for_update().filter(once=once).first()
    if promise is None or promise.state != OPEN:
        return promise
    return _end(promise, BROKEN, _reason(promise, why), by, at)


@transaction.atomic
def break_off(*, promise: Promise, why: str, by: Actor, at: datetime) -> Promise:
    """Its owner says that it will not be kept, and why; nobody else can."""
    locked = Promise.objects.select_for_update().get(pk=promise.pk)
    if locked.owner_id != by.user_id:
        refuse(by)
    if locked.state != OPEN:
        raise AlreadyEnded(what=locked.what, state=locked.get_state_display())
    return _end(locked, BROKEN, _reason(locked, why), by, at)


def lapse(at: datetime) -> int:
    """End what nobody delivered: run every hour by a job; the number that broke."""
    broken = 0
    for candidate in Promise.objects.filter(state=OPEN, due__lt=at).values_list("pk", flat=True):
        with transaction.atomic():
            promise = Promise.objects.select_for_update(skip_locked=True).filter(pk=candidate, state=OPEN).first()
            if promise and promise.kind in KINDS and lapsed(promise.due, KINDS[promise.kind].grace, at):
                _end(promise, BROKEN, str(LAPSED), SYSTEM, at)
                broken += 1
    return broken


def tell_owners(at: datetime) -> int:
    """Remind everybody of what is due within a day, once a promise; the number reminded."""
    near = Promise.objects.filter(state=OPEN, owner_told_at=None, due__lte=at + REMINDED_BEFORE)
    told = 0
    for made_at, due, pk in near.order_by("due", "pk").values_list("made_at", "due", "pk"):
        if at < owner_told_from(made_at, due):
            continue
        with transaction.atomic():
            promise = Promise.objects.select_for_update(skip_locked=True).filter(pk=pk, state=OPEN).first()
            if promise is None or promise.owner_told_at:
                continue
            promise.owner_told_at = at
            promise.save(update_fields=["owner_told_at"])
            _tell(promise, promise.owner_id, DUE_KIND, "due", at)
            told += 1
    return told


def tell_leads(at: datetime) -> int:
    """Tell who leads the owner of what is late and was not delivered for a while; the number of such promises."""
    late = Promise.objects.filter(state=OPEN, lead_told_at=None, due__lt=at)
    told = 0
    for due, kind, pk in late.order_by("due", "pk").values_list("due", "kind", "pk"):
        known = KINDS.get(kind)
        if known is None or at < lead_told_from(due, known.lead_after, known.grace):
            continue
        with transaction.atomic():
            rows = Promise.objects.select_for_update(of=("self",), skip_locked=True).select_related("owner")
            promise = rows.filter(pk=pk, state=OPEN).first()
            if promise is None or promise.lead_told_at:
                continue
            promise.lead_told_at = at
            promise.save(update_fields=["lead_told_at"])
            for lead in people.leads_over(promise.owner):
                if queries.visible_promises(actor_of(lead)).filter(pk=pk).exists():
                    _tell(promise, lead.pk, LATE_KIND, "late", at)
            told += 1
    return told


def _tell(promise: Promise, to: int, kind: str, why: str, at: datetime) -> None:
    ref = ("promises.promise", promise.pk)
    notices.notify(to=to, kind=kind, ref=ref, once=f"promise:{promise.pk}:{why}", at=at)


def _anew(before: Promise, owner: int, to: int | str, due: datetime, why: str, by: Actor, at: datetime) -> Promise:
    """Withdrawn, and promised again under the same name between others."""
    once = str(before.once)
    before.once = f"{once}:was:{before.pk}"
    before.save(update_fields=["once"])
    _end(before, WITHDRAWN, _reason(before, why), by, at)
    about = before.ref_kind, before.ref_id
    return register(
        kind=before.kind, ref=about, owner=owner, to=to, what=before.what, due=due, by=by, at=at, once=once
    )


def _reason(promise: Promise, why: str) -> str:
    if not why.strip():
        raise WithoutReason(what=promise.what)
    return why.strip()[:300]


def _end(promise: Promise, state: str, why: str, by: Actor, at: datetime) -> Promise:
    promise.state, promise.ended_at, promise.why = state, at, why
    promise.save(update_fields=["state", "ended_at", "why"])
    about = ("promises.promise", promise.pk)
    audit.record(by=by, verb=f"promises.{state}", about=about, facts={"kind": promise.kind}, at=at)
    events.announce(PromiseEnded(promise.pk, promise.kind, state, promise.owner_id))
    if state == BROKEN and promise.to_user_id is not None:
        _tell(promise, promise.to_user_id, BROKEN_KIND, "broken", at)
    return promise
