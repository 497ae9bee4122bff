"""What was announced and what followed, for those who run the installation."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from floorwalker.kernel.access import Actor
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.models.event import Delivery

SHOWN = 100


def failing(actor: Actor) -> QuerySet[Delivery]:
    """Reactions that failed and are tried again, for who sees all background work."""
    if not actor.sight(JobPermission.SEE_ALL).everything:
        return Delivery.objects.none()
    found = Delivery.objects.filter(~Q(failure=""), done_at=None)
    return found.select_related("event").order_by("-tried_at")[:SHOWN]
