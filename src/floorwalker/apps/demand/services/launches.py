"""Bringing a new account from signature to go-live; every item is a promise with an owner and a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.demand.judged_by import forms_in_force
from floorwalker.apps.demand.models import ForecastVersion, Launch, LaunchItem, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries import launches as queries
from floorwalker.apps.demand.queries import queues as queue_queries
from floorwalker.apps.demand.rules.hours import is_open
from floorwalker.apps.demand.rules.launch import KINDS, due_dates
from floorwalker.apps.demand.services.forecasts import keep_version
from floorwalker.apps.people.models import Client
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, jobs
from floorwalker.kernel.access import SYSTEM, Actor, refuse
from floorwalker.kernel.errors import Refused

LAUNCH, LAUNCH_PROMISE, QUEUE = "demand.launch", "demand.launch_item", "demand.queue"
FIRST_FORECAST = "demand.first_forecast"
DAY_END = time(23, 59, tzinfo=UTC)


class GoLiveBeforeSignature(Refused):
    code = "go_live_before_signature"
    text = gettext_lazy(
        "The account goes live on {go_live}, before it was signed on {signed}. Correct one of them."
    )


class NotReady(Refused):
    code = "launch_not_ready"
    status = 409
    text = gettext_lazy("It cannot go live yet: {missing} still missing.")


class FormNotForAll(Refused):
    code = "launch_form_not_for_all"
    status = 409
    text = gettext_lazy(
        "Choose a form in force that is for all clients, or put one of this client's own in force."
    )


class HoursUnknown(Refused):
    code = "first_forecast_without_hours"
    status = 409
    text = gettext_lazy("Set the opening hours of {queue} first: they say when the contacts come.")


class ProfileUnknown(Refused):
    code = "first_forecast_without_profile"
    status = 409
    text = gettext_lazy("{queue} has no history whose shape could be used, or is counted in other intervals.")


@transaction.atomic
def open_launch(
    *, client: Client, name: str, signed_on: date, go_live: date, owner: int, by: Actor, at: datetime
) -> Launch:
    """Start the checklist of a new account; everything is ``owner``'s until given to somebody else."""
    the = queue_queries.the_client_to_agree_with(by, client.pk, P.LAUNCH_ACCOUNTS)
    if go_live < signed_on:
        raise GoLiveBeforeSignature(go_live=go_live, signed=signed_on)
    if not queries.possible_owners(by).filter(pk=owner).exists():
        refuse(by)
    launch = Launch.objects.create(
        client=the, name=name.strip(), signed_on=signed_on, go_live=go_live, by_name=by.name, at=at
    )
    due = due_dates(signed_on, go_live)
    for kind in KINDS:
        item = LaunchItem.objects.create(launch=launch, kind=kind, owner_id=owner, due=due[kind])
        _promise(item, by, at)
    facts = {"client": the.name, "go_live": go_live.isoformat()}
    audit.record(by=by, verb="demand.open_launch", about=(LAUNCH, launch.pk), facts=facts, at=at)
    _settle([launch], by, at)
    return launch


@transaction.atomic
def give_item(*, item: LaunchItem, owner: int, due: date, by: Actor, at: datetime) -> None:
    """Another owner or another day: the former promise is withdrawn, a new one made."""
    the = _locked_item(by, item)
    if not queries.possible_owners(by, besides=the.owner_id).filter(pk=owner).exists():
        refuse(by)
    if (the.owner_id, the.due) == (owner, due):
        return
    promises.withdraw(once=_once(the), why=_("given to another owner or day"), by=by, at=at)
    the.owner_id, the.due, the.given = owner, due, the.given + 1
    the.save(update_fields=["owner", "due", "given"])
    _promise(the, by, at)
    facts = {"item": the.kind, "owner": owner, "due": due.isoformat()}
    audit.record(by=by, verb="demand.give_launch_item", about=(LAUNCH, the.launch_id), facts=facts, at=at)


@transaction.atomic
def take_form(*, item: LaunchItem, form_id: int, by: Actor, at: datetime) -> None:
    """The account has no form of its own: one for all clients is good enough, says a person."""
    the = _locked_item(by, item)
    if the.kind != LaunchItem.Kind.QUALITY_FORM:
        refuse(by)
    for_all = {each.id: each.name for each in forms_in_force() if each.client_id is None}
    if form_id not in for_all:
        raise FormNotForAll()
    the.chosen = for_all[form_id]
    the.save(update_fields=["chosen"])
    facts = {"item": the.kind, "form": the.chosen}
    audit.record(by=by, verb="demand.take_form", about=(LAUNCH, the.launch_id), facts=facts, at=at)
    _settle([the.launch], by, at)


@transaction.atomic
def say_training(*, item: LaunchItem, material: str, by: Actor, at: datetime) -> None:
    """Its owner says what the people of the account learn from, in which order, and where it lies."""
    the = _locked_item(by, item)
    if the.kind != LaunchItem.Kind.TRAINING:
        refuse(by)
    the.chosen = material.strip()
    the.save(update_fields=["chosen"])
    facts = {"item": the.kind, "material": the.chosen}
    audit.record(by=by, verb="demand.say_training", about=(LAUNCH, the.launch_id), facts=facts, at=at)
    _settle([the.launch], by, at)


@transaction.atomic
def go_live(*, launch: Launch, by: Actor, at: datetime) -> None:
    """Say that the account is live; everything else has to stand."""
    the = queries.visible_launches(by).select_for_update(of=("self",)).filter(pk=launch.pk).first()
    if the is None:
        refuse(by)
    state = queries.launch_states([the], by.today(at))[0]
    missing = [str(i.item.get_kind_display()) for i in state.items if not i.done and i.item.kind != "go_live"]
    if missing:
        raise NotReady(missing=", ".join(missing))
    the.went_live_at = at
    the.save(update_fields=["went_live_at"])
    audit.record(by=by, verb="demand.go_live", about=(LAUNCH, the.pk), at=at)
    _settle([the], by, at)


@transaction.atomic
def call_off(*, launch: Launch, why: str, by: Actor, at: datetime) -> None:
    """The account does not come; its open promises are withdrawn."""
    the = queries.visible_launches(by).select_for_update(of=("self",)).filter(pk=launch.pk).first()
    if the is None:
        refuse(by)
    the.called_off_at = at
    the.save(update_fields=["called_off_at"])
    for item in the.items.filter(done_at=None):
        promises.withdraw(once=_once(item), why=why, by=by, at=at)
    audit.record(by=by, verb="demand.call_off_launch", about=(LAUNCH, the.pk), facts={"why": why}, at=at)


@transaction.atomic
def settle_launches(*, at: datetime) -> int:
    """Keep the promises of items that have come to stand, for all open launches; how many did."""
    return _settle(list(Launch.objects.filter(called_off_at=None, items__done_at=None).distinct()), SYSTEM, at)


@transaction.atomic
def ask_for_first_forecast(
    *,
    queue: Queue,
    starts: date,
    days: int,
    contacts_per_week: float,
    ramp_days: int,
    aht_seconds: float | None,
    uncertainty: float,
    like: Queue | None,
    by: Actor,
    at: datetime,
) -> jobs.Job:
    """A forecast of a queue without a past, along its opening hours or the shape of another queue."""
    the = queue_queries.the_queue(by, queue.pk, P.MAKE_FORECASTS)
    if the.hours is None:
        raise HoursUnknown(queue=the.name)
    if like is not None:
        other = queue_queries.the_queue(by, like.pk, P.MAKE_FORECASTS)
        if other.step_minutes != the.step_minutes or not other.history_days.filter(superseded_at=None).exists():
            raise ProfileUnknown(queue=other.name)
    settings = {
        "starts": starts.isoformat(),
        "days": days,
        "contacts_per_week": contacts_per_week,
        "ramp_days": ramp_days,
        "aht_seconds": aht_seconds,
        "uncertainty": uncertainty,
        "like": like.pk if like else None,
    }
    audit.record(by=by, verb="demand.ask_for_first_forecast", about=(QUEUE, the.pk), facts=settings, at=at)
    Queue.objects.filter(pk=the.pk).update(first_forecast=settings)
    title = _("First forecast of {queue}").format(queue=the.name)
    return jobs.start(FIRST_FORECAST, ref=(QUEUE, the.pk), title=title, by=by, at=at)


@transaction.atomic
def keep_first_forecast(
    *, queue_id: int, made: Mapping[str, Any], fence: jobs.Fence, by_id: int | None, by_name: str, at: datetime
) -> ForecastVersion:
    fence.hold()
    queue = Queue.objects.select_for_update(of=("self",)).get(pk=queue_id)
    return keep_version(
        queue=queue, made=made, source=ForecastVersion.Source.LAUNCH, by_id=by_id, by_name=by_name, at=at
    )


def open_slots(queue: Queue) -> list[list[bool]]:
    """Where a queue is open, 7 weekdays × slots."""
    step = queue.step_minutes
    return [[is_open(queue.hours, day, minute) for minute in range(0, 1440, step)] for day in range(7)]


def _settle(launches: Sequence[Launch], by: Actor, at: datetime) -> int:
    count = 0
    for state in queries.launch_states(launches, at.date()):
        for each in state.items:
            if each.done and each.item.done_at is None:
                LaunchItem.objects.filter(pk=each.item.pk).update(done_at=at)
                promises.keep(once=_once(each.item), by=by, at=at)
                count += 1
    return count


def _promise(item: LaunchItem, by: Actor, at: datetime) -> None:
    what = _("{what} for {name}").format(what=item.get_kind_display(), name=item.launch.name)
    made = promises.register(
        kind=LAUNCH_PROMISE,
        ref=(LAUNCH, item.launch_id),
        owner=item.owner_id,
        to=item.launch.client.name,
        what=what,
        due=datetime.combine(item.due, DAY_END),
        by=by,
        at=at,
        once=_once(item),
    )
    LaunchItem.objects.filter(pk=item.pk).update(promise_id=made.pk)


def _once(item: LaunchItem) -> str:
    return f"{LAUNCH_PROMISE}:{item.pk}:{item.given}"


def _locked_item(by: Actor, item: LaunchItem) -> LaunchItem:
    the = queries.the_item(by, item.pk)
    found = LaunchItem.objects.select_for_update(of=("self",)).select_related("launch__client").get(pk=the.pk)
    if found.done_at is not None or found.launch.called_off_at is not None:
        refuse(by)
    return found
