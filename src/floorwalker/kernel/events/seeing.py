"""What was announced and what did not follow, for those who run the installation."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.models.event import AnnouncedEvent, Delivery


def failing(actor: Actor) -> QuerySet[Delivery]:
    """Reactions that failed, tried again or waiting for an administrator; for who sees all background work."""
    if not actor.sight(JobPermission.SEE_ALL).everything:
        return Delivery.objects.none()
    found = Delivery.objects.filter(~Q(failure=""), done_at=None, event__delivered_at=None)
    return found.select_related("event")


def the_undelivered(actor: Actor, event_id: int) -> AnnouncedEvent:
    """An event of which something has not followed, held for a change."""
    found = failing(actor).filter(event=event_id)
    event = AnnouncedEvent.objects.select_for_update().filter(pk__in=found.values("event")).first()
    if event is None:
        raise NotFound
    return event
