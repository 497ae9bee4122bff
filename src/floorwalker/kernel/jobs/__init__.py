"""Jobs: long work in the background that can be watched and stopped and survives a killed worker.

::

    # services.py
    job = jobs.start("schedules.solve", ref=("schedules.run", run.pk), title=_("Solve week 14"), by=by, at=at)

    # tasks.py
    @jobs.job("schedules.solve", memory_mb=3000, refs=queries.visible_runs, url=queries.address_of_run)
    def solve(running: jobs.Running) -> None:
        result = running.in_child("floorwalker.apps.schedules.work:solve", queries.problem_of(running.ref_id))
        services.keep_solution(run=running.ref_id, result=result, fence=running.fence, by=SYSTEM, at=running.now())

    # work.py, in the child process
    def solve(plain: dict, watch: Watch) -> dict: ...

Names are loaded when used: a job's child process imports `kernel.jobs.watch` and must not get Django with it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from floorwalker.kernel.jobs.fence import Fence, LateTwin
    from floorwalker.kernel.jobs.registry import every, job
    from floorwalker.kernel.jobs.running import Running, Stopped
    from floorwalker.kernel.jobs.seeing import latest, started_by, the_job, view, visible
    from floorwalker.kernel.jobs.starting import start, stop
    from floorwalker.kernel.jobs.watch import Watch

HOMES = {
    "Fence": "fence",
    "LateTwin": "fence",
    "Running": "running",
    "Stopped": "running",
    "Watch": "watch",
    "every": "registry",
    "job": "registry",
    "latest": "seeing",
    "start": "starting",
    "started_by": "seeing",
    "stop": "starting",
    "the_job": "seeing",
    "view": "seeing",
    "visible": "seeing",
}
__all__ = [
    "Fence",
    "LateTwin",
    "Running",
    "Stopped",
    "Watch",
    "every",
    "job",
    "latest",
    "start",
    "started_by",
    "stop",
    "the_job",
    "view",
    "visible",
]


def __getattr__(name: str) -> Any:
    if name in HOMES:
        return getattr(import_module(f"floorwalker.kernel.jobs.{HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
