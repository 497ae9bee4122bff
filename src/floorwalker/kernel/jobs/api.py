"""Background work for programs: what runs, how far it is, and the word that stops it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.jobs import seeing, starting
from floorwalker.kernel.pages import Request

router = Router(tags=["Background work"])
OWN = "everybody follows the work they started themselves, and that of the things they see"


class JobOut(Out):
    """One piece of background work."""

    id: int
    kind: str
    ref_kind: str = Field(description="What it is about, such as demand.run.")
    ref_id: int
    title: str
    state: str = Field(description="queued, running, stopping, done, stopped or failed.")
    share: float | None = Field(description="Of the work that is done, 0 to 1.")
    best: float | None = Field(description="The best so far, where the work looks for one.")
    bound: float | None = Field(description="What no answer can beat.")
    seconds: float | None = Field(description="How long it says it still takes.")
    text: str = Field(description="What it is at.")
    failure: str = Field(description="Why it failed.")
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class JobFilter(In):
    """Which work to show."""

    live: bool = Field(False, description="Only what waits and runs.")
    ref_kind: str = Field("", max_length=60)
    ref_id: int | None = None


@operation(router, "get", "/jobs", own=OWN, response=Page[JobOut], summary=_("Background work, newest first"))
def list_jobs(request: Request, wanted: Query[JobFilter], paging: Query[Paging]) -> Any:
    return paging.of(seeing.found(request.actor, **wanted.dict()), "-pk")


@operation(router, "get", "/jobs/{int:job_id}", own=OWN, response=JobOut, summary=_("How far some work is"))
def get_job(request: Request, job_id: int) -> Any:
    """Ask again every few seconds while it is queued, running or stopping."""
    return seeing.the_job(request.actor, job_id)


@operation(router, "post", "/jobs/{int:job_id}/stop", own=OWN, response=JobOut, summary=_("Stop some work"))
def stop_job(request: Request, job_id: int) -> Any:
    """It ends with the best it has; for who started it, and who runs the installation."""
    return starting.stop(job_id, by=request.actor, at=request.at)
