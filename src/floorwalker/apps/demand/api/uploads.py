"""Files of history from upload to stored, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import File, Form, Query
from ninja.files import UploadedFile
from pydantic import Field, model_validator

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.api.queues import QueueIn
from floorwalker.apps.demand.api.router import router
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

ONE = "/history-uploads/{int:upload_id}"


class HistoryUploadOut(Out):
    id: int = Field(description="The work that reads or stores it is about demand.upload of this number.")
    name: str
    size: int
    system: str = Field(description="Whose names its queues bear.")
    zone: str
    state: str = Field(description="reading, asked, ready, storing, stored, failed or dropped.")
    trouble: str = Field(description="Why it could not be read or stored.")
    question: dict[str, Any] | None = Field(description="What is open, and the answers there are.")
    stored: dict[str, Any] | None = Field(description="Rows that were new, the same, or replaced others.")
    by_name: str
    at: datetime


class FoundQueueOut(Out):
    name: str = Field(description="In the file.")
    queue_ids: list[int] = Field(description="The queues it means; none: say so when storing.")
    rows: int
    contacts: float
    first: date
    last: date
    handling_known: bool = Field(description="Without, a new queue needs aht_seconds before it can be staffed.")


class HistoryPreviewOut(Out):
    """What a file holds: read = stored + duplicates + rejected + left out."""

    upload: HistoryUploadOut
    read: int
    stored: int = Field(description="Rows that would be stored.")
    duplicates: int
    rejected: int
    left_out: int
    guesses: list[dict[str, Any]] = Field(description="What the reader decided, and why.")
    queues: list[FoundQueueOut]


class HistoryRejectOut(Out):
    line: int
    kind: str
    reason: str
    text: str


class HistoryIn(In):
    system: str = Field(min_length=1, max_length=60, description="Its names for queues are remembered under it.")
    zone: str = Field(min_length=1, max_length=64, description="Such as Europe/Lisbon; offsets in the file win.")


class HistoryAnswer(In):
    setting: str = Field(min_length=1, max_length=40, description="Such as dates, step, zone, or a column's role.")
    value: str = Field(min_length=1, max_length=120)


class HistoryPlacing(In):
    """What a name in the file means: a queue there is, a new one, or – with neither – nothing."""

    name: str = Field(max_length=200)
    queue_id: int | None = None
    new: QueueIn | None = None

    @model_validator(mode="after")
    def means_one(self) -> HistoryPlacing:
        if self.queue_id is not None and self.new is not None:
            raise ValueError("a name means a queue there is, or a new one")
        return self

    def placing(self) -> services.Placing:
        return services.Placing(self.name, self.queue_id, self.new.fields() if self.new else None)


class HistoryPlacings(In):
    placings: list[HistoryPlacing] = Field(default=[], max_length=500, description="Of names not yet known.")


@operation(
    router,
    "get",
    "/history-uploads",
    P.STORE_HISTORY,
    response=Page[HistoryUploadOut],
    summary=_("Files of history"),
)
def list_uploads(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_uploads(request.actor).defer("rejects", "found"), "-at")


@operation(
    router,
    "post",
    "/history-uploads",
    P.STORE_HISTORY,
    response=HistoryUploadOut,
    status=201,
    summary=_("Upload a file of history"),
)
def upload_history(request: Request, file: File[UploadedFile], payload: Form[HistoryIn]) -> Any:
    """Sent as multipart/form-data. It is read in the background; nothing is stored before you say so."""
    return services.upload_history(file=file, **payload.dict(), by=request.actor, at=request.at)


@operation(router, "get", ONE, P.STORE_HISTORY, response=HistoryUploadOut, summary=_("How a history file stands"))
def get_upload(request: Request, upload_id: int) -> Any:
    return queries.the_upload(request.actor, upload_id)


@operation(
    router,
    "get",
    f"{ONE}/preview",
    P.STORE_HISTORY,
    response=HistoryPreviewOut,
    summary=_("What a file of history holds"),
)
def preview_upload(request: Request, upload_id: int) -> Any:
    """Once it is read; before, there is none."""
    return queries.upload_preview(request.actor, queries.the_upload(request.actor, upload_id))


@operation(
    router,
    "get",
    f"{ONE}/rejects",
    P.STORE_HISTORY,
    response=list[HistoryRejectOut],
    summary=_("Lines of a file that were set aside, each with its reason"),
)
def list_rejects(request: Request, upload_id: int) -> Any:
    """The first thousand."""
    found = queries.the_upload(request.actor, upload_id)
    return [{"line": line, "kind": kind, "reason": why, "text": text} for line, text, why, kind in found.rejects]


@operation(
    router,
    "post",
    f"{ONE}/answer",
    P.STORE_HISTORY,
    status=204,
    summary=_("Answer what a file leaves open, or have it read otherwise"),
)
def answer_upload(request: Request, upload_id: int, payload: HistoryAnswer) -> None:
    upload = queries.the_upload(request.actor, upload_id)
    services.answer_question(upload=upload, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    f"{ONE}/store",
    P.STORE_HISTORY,
    response=HistoryUploadOut,
    summary=_("Say what the names in a file mean, and have it stored"),
)
def store_upload(request: Request, upload_id: int, payload: HistoryPlacings) -> Any:
    upload = queries.the_upload(request.actor, upload_id)
    placings = [each.placing() for each in payload.placings]
    return services.place_queues(upload=upload, placings=placings, by=request.actor, at=request.at)


@operation(router, "delete", ONE, P.STORE_HISTORY, status=204, summary=_("Throw away a file that was not stored"))
def drop_upload(request: Request, upload_id: int) -> None:
    upload = queries.the_upload(request.actor, upload_id)
    services.drop_upload(upload=upload, by=request.actor, at=request.at)
