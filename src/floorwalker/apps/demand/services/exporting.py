"""Taking a client's numbers along as a file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.db import transaction

from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.services.queues import QUEUE
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require


@transaction.atomic
def note_export(
    *,
    queue: Queue,
    what: Literal["history", "forecast", "client forecast"],
    first: date,
    last: date,
    by: Actor,
    at: datetime,
) -> None:
    """Say that somebody took the numbers of a queue with them, and of which days."""
    require(by, P.SEE_VOLUMES)
    facts = {"what": what, "first": first, "last": last}
    audit.record(by=by, verb="demand.export", about=(QUEUE, queue.pk), facts=facts, at=at)
