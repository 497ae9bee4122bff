"""Deliver an event: every reaction on its own, none twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from floorwalker.kernel.events.event import Event, UnknownEvent, event_class
from floorwalker.kernel.events.reactions import Reaction, reactions
from floorwalker.kernel.models.event import AnnouncedEvent, Delivery

log = logging.getLogger(__name__)


READING = "reading the event"  # fails where a version does not know the event any more


class Undelivered(Exception):
    """Some reactions failed; they are tried again."""


def deliver(event_id: int) -> None:
    """Let every reaction to one event take effect that has not yet."""
    kept = AnnouncedEvent.objects.get(pk=event_id)
    if kept.delivered_at is not None:
        return
    try:
        event = event_class(kept.name).from_body(kept.body)
    except UnknownEvent as error:
        note_failure(kept, READING, error, timezone.now())
        raise Undelivered(f"there is no event {kept.name} any more") from error
    tried = {each.name: take_effect(kept, each, event) for each in reactions(kept.name)}
    failed = {name: error for name, error in tried.items() if error is not None}
    if failed:
        raise Undelivered(f"{kept.name} {event_id}: {', '.join(failed)}") from next(iter(failed.values()))
    AnnouncedEvent.objects.filter(pk=event_id).update(delivered_at=timezone.now(), given_up_at=None)


def give_up(event_id: int) -> None:
    """It has been tried often enough: wait until an administrator has it tried again."""
    log.error("event %s waits for an administrator: some reactions keep failing", event_id)
    AnnouncedEvent.objects.filter(pk=event_id, delivered_at=None).update(given_up_at=timezone.now())


def take_effect(kept: AnnouncedEvent, reaction: Reaction, event: Event) -> Exception | None:
    """Run one reaction and note it in the same transaction, so that its effect and the note exist together."""
    at = timezone.now()
    try:
        with transaction.atomic(), its_turn(kept, reaction, at) as turn:
            if turn:
                reaction.handler(event, at)
    except (InterfaceError, OperationalError):
        raise  # the database went away: nothing is known about the reaction
    except Exception as error:
        log.exception("reaction %r to %s %s failed", reaction.name, kept.name, kept.pk)
        note_failure(kept, reaction.name, error, at)
        return error
    return None


def forget(before: datetime) -> int:
    """Remove what was delivered before; what has not been waits for ever. The number of events."""
    found = AnnouncedEvent.objects.filter(delivered_at__lt=before)
    return found.delete()[1].get(AnnouncedEvent._meta.label, 0)


@contextmanager
def its_turn(kept: AnnouncedEvent, reaction: Reaction, at: datetime) -> Iterator[bool]:
    """Whether the reaction is still due; a twin waits here until the first one is through."""
    Delivery.objects.bulk_create([Delivery(event=kept, reaction=reaction.name)], ignore_conflicts=True)
    row = Delivery.objects.select_for_update().get(event=kept, reaction=reaction.name)
    due = row.done_at is None
    yield due
    if due:
        Delivery.objects.filter(pk=row.pk).update(done_at=at, tried_at=at, attempts=F("attempts") + 1, failure="")


def note_failure(kept: AnnouncedEvent, reaction: str, error: Exception, at: datetime) -> None:
    """Keep why it failed where the administrator sees it."""
    row, _ = Delivery.objects.get_or_create(event=kept, reaction=reaction)
    sentence = f"{type(error).__name__}: {error}"[:2000]
    Delivery.objects.filter(pk=row.pk, done_at=None).update(
        attempts=F("attempts") + 1, failure=sentence, tried_at=at
    )
