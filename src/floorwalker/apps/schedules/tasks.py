"""Jobs of schedules."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.schedules import queries, services
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.jobs.running import WorkFailed


@jobs.job(
    services.JOB,
    memory_mb=6000,
    refs=queries.visible_runs,
    url=lambda ref: reverse("schedules:run", args=[ref]),
    unit=_("weighted hours"),
)
def roster(running: jobs.Running) -> None:
    """Make a roster in a process of its own and keep it as a draft. Stopped, the best so far is kept."""
    plain = queries.plain_problem(running.ref_id)
    try:
        result = running.in_child("floorwalker.apps.schedules.work:roster", plain)
    except (WorkFailed, jobs.Stopped) as failed:
        with running.write():
            services.run_failed(run_id=running.ref_id, why=str(failed), by=SYSTEM, at=running.now())
        raise
    with running.write():
        services.keep_solution(run_id=running.ref_id, result=result, by=SYSTEM, at=running.now())


@jobs.every("20 3 * * *", name="schedules.unused_feeds")
def unused_feeds(at: datetime) -> None:
    """Calendar addresses nobody has read for half a year are switched off."""
    services.switch_off_unused(at)


@jobs.every("25 * * * *", name="schedules.owe_weeks")
def owe_weeks(at: datetime) -> None:
    """Every hour: which weeks have to be published soon, and which have begun without."""
    services.owe_weeks(at=at)


@jobs.every("*/10 * * * *", name="schedules.weigh_changes")
def weigh_changes(at: datetime) -> None:
    """Whose published hours were changed too late and unasked, once nobody can take the change back."""
    services.weigh_changes(at=at)
