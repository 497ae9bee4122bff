"""Announce an event: kept with the change it tells of, delivered after it."""

from __future__ import annotations

from django.db import transaction

from floorwalker.kernel.events.event import Event
from floorwalker.kernel.models.event import AnnouncedEvent

DELIVER = "kernel.deliver"


def announce(event: Event) -> None:
    """Keep the event and its delivery in the transaction of the change."""
    from procrastinate.contrib.django import app

    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event.name()}: an event is announced in the transaction of the change it tells of")
    kept = AnnouncedEvent.objects.create(name=event.name(), body=event.body())
    app.configure_task(DELIVER).defer(event_id=kept.pk)
