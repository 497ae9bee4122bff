"""Try again what should have followed, at once."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from procrastinate.contrib.django import app

from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.events.announcing import DELIVER
from floorwalker.kernel.events.seeing import failing, the_undelivered
from floorwalker.kernel.jobs.permissions import JobPermission

BRING_FORWARD = """
    UPDATE procrastinate_jobs SET scheduled_at = NULL
    WHERE task_name = %s AND (args->>'event_id')::bigint = %s AND status = 'todo'
"""


@transaction.atomic
def retry(event_id: int, *, by: Actor, at: datetime) -> None:
    """Deliver an event once more; reactions that took effect do not again.

    One that is still tried by itself is brought forward, so that there are never two deliveries in the queue.
    """
    require(by, JobPermission.RETRY_REACTIONS)
    event = the_undelivered(by, event_id)
    names = sorted(failing(by).filter(event=event).values_list("reaction", flat=True))
    if event.given_up_at is not None:
        event.given_up_at = None
        event.save(update_fields=["given_up_at"])
        app.configure_task(DELIVER).defer(event_id=event.pk)
    else:
        with connection.cursor() as cursor:
            cursor.execute(BRING_FORWARD, [DELIVER, event.pk])
    facts = {"event": event.name, "reactions": names}
    audit.record(by=by, verb="kernel.retry_reactions", about=("kernel.event", event.pk), facts=facts, at=at)
