"""Jobs of required staff."""

from __future__ import annotations

from floorwalker.apps.capacity import queries, services
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM

WORK = "floorwalker.apps.capacity.work:staff"
STUDY_WORK = "floorwalker.apps.capacity.work.studies:study"


@jobs.job(services.STAFF, memory_mb=3000, refs=queries.visible_orders, url=queries.result_url)
def staff(running: jobs.Running) -> None:
    """Compute the required staff somebody asked for; stopped, the queues that were finished are kept."""
    plain = queries.inputs_of(running.ref_id)
    result = running.in_child(WORK, plain)
    services.keep(order_id=running.ref_id, result=result, fence=running.fence, by=SYSTEM, at=running.now())


@jobs.job(services.STUDY, memory_mb=3000, refs=queries.visible_studies, url=queries.study_url)
def study(running: jobs.Running) -> None:
    """Simulate a published week with skills taught; stopped, the lessons that were finished are kept."""
    plain = queries.study_inputs(running.ref_id)
    result = running.in_child(STUDY_WORK, plain)
    services.keep_study(study_id=running.ref_id, result=result, fence=running.fence, by=SYSTEM, at=running.now())
