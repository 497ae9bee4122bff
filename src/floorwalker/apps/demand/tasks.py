"""Jobs of demand: load, let the child compute, one service call."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.urls import reverse

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.files.limits import LIMITS

READING_MB = 3000  # of address space: the reader's libraries reserve far more than they use
WORK = "floorwalker.apps.demand.work"


def _upload(ref: int) -> str:
    return reverse("demand:upload", args=[ref])


@jobs.job("demand.read_history", permission=P.STORE_HISTORY, url=_upload)
def read_history(running: jobs.Running) -> None:
    """Read an uploaded file in a limited child."""
    upload = queries.the_upload(SYSTEM, running.ref_id)
    try:
        account = run_limited(
            "contact history",
            str(services.file_of(upload)),
            str(services.kept_of(upload)),
            upload.mapping,
            upload.zone,
            asdict(LIMITS),
            seconds=120,
            memory_mb=READING_MB,
            on_progress=lambda done, of: running.tell(share=done / of),
            stop=lambda: running.stopping,
        )
    except Refused as trouble:
        services.note_unreadable(upload_id=upload.pk, trouble=str(trouble), fence=running.fence, at=running.now())
        return
    services.keep_reading(upload_id=upload.pk, account=account, fence=running.fence, at=running.now())


@jobs.job("demand.store_history", permission=P.STORE_HISTORY, url=_upload)
def store_history(running: jobs.Running) -> None:
    """Put what was read into the store, and count its days."""
    kept = str(services.kept_of_id(running.ref_id))
    plain = queries.upload_to_store(running.ref_id, str(services.store_folder()), kept, running.job_id)
    try:
        result = running.in_child(f"{WORK}.storing:store", plain)
    except Exception as trouble:  # the file waits to be stored again, whatever kept it from it
        services.note_unreadable(
            upload_id=running.ref_id, trouble=str(trouble), fence=running.fence, at=running.now()
        )
        raise
    services.keep_stored(upload_id=running.ref_id, result=result, fence=running.fence, by=SYSTEM, at=running.now())


@jobs.job(
    "demand.forecast",
    memory_mb=6000,
    permission=P.MAKE_FORECASTS,
    refs=queries.visible_runs,
    url=lambda ref: reverse("demand:run", args=[ref]),
)
def forecast(running: jobs.Running) -> None:
    """Forecast the queues of a run, one after the other; stopped early, those that are done are kept."""
    result = running.in_child(f"{WORK}.forecasting:forecast", queries.forecast_problem(running.ref_id))
    services.keep_forecasts(run_id=running.ref_id, result=result, fence=running.fence, at=running.now())


@jobs.job("demand.first_forecast", permission=P.MAKE_FORECASTS)
def first_forecast(running: jobs.Running) -> None:
    """Forecast a queue without a past."""
    queue = queries.the_queue(SYSTEM, running.ref_id)
    plain = queries.first_forecast_problem(queue.pk, services.open_slots(queue))
    made = running.in_child(f"{WORK}.forecasting:launch", plain)
    services.keep_first_forecast(
        queue_id=queue.pk, made=made, fence=running.fence, at=running.now(), **queries.starter(running.job_id)
    )


@jobs.job("demand.blend", permission=P.MAKE_FORECASTS)
def blend(running: jobs.Running) -> None:
    """Blend our forecast and the client's by their record."""
    made = running.in_child(f"{WORK}.blending:blended", queries.blend_problem(running.ref_id))
    services.keep_blend(
        queue_id=running.ref_id,
        made=made,
        fence=running.fence,
        at=running.now(),
        **queries.starter(running.job_id),
    )


@jobs.job("demand.record", permission=P.SEE_RECORD)
def record(running: jobs.Running) -> None:
    """Judge what every source had said of a queue, as far as its history reaches."""
    queue = queries.the_queue(SYSTEM, running.ref_id)
    reach = queries.record_reach(queue)
    if reach:
        services.keep_record(queue=queue, first=reach[0], last=reach[1], fence=running.fence)


@jobs.every("40 4 * * *", "demand.owe_statements")
def owe_statements(moment: datetime) -> None:
    """Every morning: a month is over, its numbers are known, and nobody has stated them yet."""
    services.owe_statements(at=moment)


@jobs.every("*/5 * * * *", "demand.settle_launches")
def settle_launches(moment: datetime) -> None:
    """Items of new accounts that have come to stand keep their promises."""
    services.settle_launches(at=moment)
