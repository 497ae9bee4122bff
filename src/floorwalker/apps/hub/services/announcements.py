"""Announcing something, sending it out, reading and confirming it, reminding once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from time import monotonic, sleep

from django.db import transaction
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub import queries
from floorwalker.apps.hub.models import Announcement, Receipt
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules import posts as rules
from floorwalker.apps.hub.services.posts import searchable
from floorwalker.kernel import audit, jobs, notices
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Refused

SEND = "hub.send_announcement"
NEWS, CONFIRM, REMIND, REPORT = "hub.news", "hub.confirm", "hub.remind", "hub.confirmed"
AT_ONCE = 500  # readers in one transaction: pages and other jobs come in between
BREATH_SECONDS = 0.3  # at most, between two of them; no longer than the last took
REMINDED_BEFORE = timedelta(days=1)


class NothingAnnounced(Refused):
    code = "hub_nothing_announced"
    text = _("An announcement needs a title and a few words.")


class DayOver(Refused):
    code = "hub_confirm_day_over"
    text = _("The day to confirm by must lie ahead.")


class NobodyThere(Refused):
    code = "hub_nobody_there"
    text = _("Nobody there can sign in; choose somebody else to tell.")


class AlreadyWithdrawn(Refused):
    code = "hub_already_withdrawn"
    status = 409
    text = _("It was withdrawn already.")


@transaction.atomic
def announce(
    *,
    title: str,
    text: str,
    audience: str,
    by: Actor,
    at: datetime,
    place_id: int | None = None,
    confirm_by: date | None = None,
) -> Announcement:
    """Say something to many; a job takes it to each reader. ``place_id`` is the site, team or queue."""
    require(by, P.ANNOUNCE)
    if by.user_id is None:
        refuse(by)
    title, text = " ".join(rules.plain(title).split()), rules.plain(text)
    if not title or not text:
        raise NothingAnnounced
    if confirm_by is not None and confirm_by <= at.date():
        raise DayOver
    to, queue, place = queries.may_tell(by, audience, place_id)
    if not queries.reader_ids(to, at.date(), by.user_id).exists():
        raise NobodyThere
    found = Announcement.objects.create(
        title=title[:120],
        text=text[:8000],
        by_id=by.user_id,
        at=at,
        audience=to.audience,
        site_id=to.site_id,
        team_id=to.team_id,
        queue=queue,
        place=place[:200],
        confirm_by=confirm_by,
        **searchable(f"{title}\n{text}"),
    )
    _record(found, "hub.announce", by, at)
    title = _said("Announce: %(title)s") % {"title": found.title}
    jobs.start(SEND, ref=("hub.announcement", found.pk), title=title, by=by, at=at, lock=f"{SEND}:{found.pk}")
    return found


def send(running: jobs.Running) -> None:
    """To every reader a receipt and a notice, some hundreds at a time; begun anew nobody is told twice.

    Between portions it rests as long as the last took, so that half of what the database can do is left for pages.
    """
    found = Announcement.objects.filter(pk=running.ref_id).first()
    if found is None or found.state != Announcement.State.GOING_OUT:
        return
    to = queries.to_of(found, SYSTEM)
    everybody = list(queries.reader_ids(to, found.at.date(), found.by_id))
    kind, about = CONFIRM if found.confirm_by else NEWS, ("hub.announcement", found.pk)
    done = 0
    for some in _portions(everybody):
        begun = monotonic()
        with running.write():
            Receipt.objects.bulk_create(
                (Receipt(announcement=found, user_id=user) for user in some), ignore_conflicts=True
            )
            notices.notify_many(to=some, kind=kind, ref=about, once=f"hub:announcement:{found.pk}", at=found.at)
        done += len(some)
        running.tell(share=done / len(everybody))
        if done < len(everybody):
            sleep(min(BREATH_SECONDS, monotonic() - begun))
    with running.write():
        counted = Receipt.objects.filter(announcement=found).count()
        out = Announcement.objects.filter(pk=found.pk, state=Announcement.State.GOING_OUT)
        out.update(state=Announcement.State.OUT, readers=counted)


@transaction.atomic
def note_read(*, announcement: Announcement, by: Actor, at: datetime) -> None:
    """A reader has opened it; the first time counts."""
    require(by, P.READ_NEWS)
    if by.user_id is not None:
        Receipt.objects.filter(announcement=announcement, user=by.user_id, read_at=None).update(read_at=at)


@transaction.atomic
def confirm(*, announcement_id: int, by: Actor, at: datetime) -> Announcement:
    """A reader confirms; again changes nothing."""
    require(by, P.READ_NEWS)
    found = queries.the_announcement(by, announcement_id)
    if found.confirm_by is None or found.withdrawn_at is not None or by.user_id is None:
        refuse(by)
    note_read(announcement=found, by=by, at=at)
    mine = Receipt.objects.filter(announcement=found, user=by.user_id)
    if mine.filter(confirmed_at=None).update(confirmed_at=at):
        _record(found, "hub.confirm", by, at)
    elif not mine.exists():
        refuse(by)
    return found


@transaction.atomic
def withdraw(*, announcement_id: int, why: str, by: Actor, at: datetime) -> Announcement:
    """Who announced it takes it back, with the reason in the audit; its readers no longer see it."""
    require(by, P.ANNOUNCE)
    seen = queries.the_announcement(by, announcement_id, P.ANNOUNCE)
    if seen.by_id != by.user_id:
        refuse(by)
    found = Announcement.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if found.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if not why.strip():
        raise NothingAnnounced
    found.state, found.withdrawn_at, found.withdrawn_why = (
        Announcement.State.WITHDRAWN,
        at,
        rules.plain(why)[:300],
    )
    found.save(update_fields=["state", "withdrawn_at", "withdrawn_why"])
    _record(found, "hub.withdraw", by, at, why=found.withdrawn_why)
    return found


def remind(at: datetime) -> int:
    """The day before its day, once: who has not confirmed is asked again; the number of announcements."""
    done = 0
    for found in queries.to_remind(at.date() + REMINDED_BEFORE):
        with transaction.atomic():
            if Announcement.objects.filter(pk=found.pk, reminded_at=None).update(reminded_at=at):
                about, once = ("hub.announcement", found.pk), f"hub:announcement:{found.pk}:again"
                notices.notify_many(to=queries.users_missing(found), kind=REMIND, ref=about, once=once, at=at)
                done += 1
    return done


def report(at: datetime) -> int:
    """When its day is over, who announced it is told how many confirmed, once; the number of announcements."""
    done = 0
    for found in queries.to_report(at.date()):
        with transaction.atomic():
            if Announcement.objects.filter(pk=found.pk, reported_at=None).update(reported_at=at):
                about, once = ("hub.announcement", found.pk), f"hub:announcement:{found.pk}:over"
                notices.notify(to=found.by_id, kind=REPORT, ref=about, once=once, at=at)
                done += 1
    return done


def _portions(users: list[int]) -> list[list[int]]:
    return [users[begin : begin + AT_ONCE] for begin in range(0, len(users), AT_ONCE)]


def _record(found: Announcement, verb: str, by: Actor, at: datetime, **facts: object) -> None:
    facts = {"audience": found.audience, "title": found.title, **facts}
    audit.record(by=by, verb=verb, about=("hub.announcement", found.pk), facts=facts, at=at)
