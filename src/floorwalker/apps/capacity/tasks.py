"""Jobs of required staff."""

from __future__ import annotations

from floorwalker.apps.capacity import queries, services
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM

WORK = "floorwalker.apps.capacity.work:staff"


@jobs.job(services.STAFF, memory_mb=3000, refs=queries.visible_orders, url=queries.result_url)
def staff(running: jobs.Running) -> None:
    """Compute the required staff somebody asked for; stopped, the queues that were finished are kept."""
    plain = queries.inputs_of(running.ref_id)
    result = running.in_child(WORK, plain)
    services.keep(order_id=running.ref_id, result=result, fence=running.fence, by=SYSTEM, at=running.now())
