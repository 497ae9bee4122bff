"""Jobs of demand: load, let the child compute, one service call."""

from __future__ import annotations

from dataclasses import asdict

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.files.limits import LIMITS

READING_MB = 3000  # of address space: the reader's libraries reserve far more than they use


@jobs.job("demand.read_history", permission=P.STORE_HISTORY)
def read_history(running: jobs.Running) -> None:
    """Read an uploaded file in a limited child."""
    upload = queries.the_upload(SYSTEM, running.ref_id)
    running.tell(text=str(upload.name))
    try:
        account = run_limited(
            "contact history",
            str(services.file_of(upload)), str(services.kept_of(upload)), upload.mapping, upload.zone, asdict(LIMITS),
            seconds=120, memory_mb=READING_MB,
            on_progress=lambda done, of: running.tell(share=done / of),
            stop=lambda: running.stopping,
        )  # fmt: skip
    except Refused as trouble:
        services.note_unreadable(upload_id=upload.pk, trouble=str(trouble), fence=running.fence, at=running.now())
        return
    services.keep_reading(upload_id=upload.pk, account=account, fence=running.fence, at=running.now())


@jobs.job("demand.store_history", permission=P.STORE_HISTORY)
def store_history(running: jobs.Running) -> None:
    """Put what was read into the store, and count its days."""
    plain = queries.upload_to_store(
        running.ref_id, str(services.store_folder()), str(services.kept_of_id(running.ref_id))
    )
    try:
        result = running.in_child("floorwalker.apps.demand.work.storing:store", plain)
    except Exception as error:
        services.note_unreadable(
            upload_id=running.ref_id, trouble=str(error), fence=running.fence, at=running.now()
        )
        raise
    services.keep_stored(upload_id=running.ref_id, result=result, fence=running.fence, by=SYSTEM, at=running.now())


@jobs.job("demand.forecast", memory_mb=6000, permission=P.MAKE_FORECASTS)
def forecast(running: jobs.Running) -> None:
    """Forecast the queues of a run, one after the other; stopped early, those that are done are kept."""
    result = running.in_child(
        "floorwalker.apps.demand.work.forecasting:forecast", queries.forecast_problem(running.ref_id)
    )
    services.keep_forecasts(run_id=running.ref_id, result=result, fence=running.fence, at=running.now())
