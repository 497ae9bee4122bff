"""The audit for programs of auditors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.audit import checking, reading
from floorwalker.kernel.audit.forms import AuditFilters
from floorwalker.kernel.audit.permissions import AuditPermission as P
from floorwalker.kernel.jobs.api import JobOut
from floorwalker.kernel.pages import Request

router = Router(tags=["Audit"])


class AuditEntryOut(Out):
    """One thing somebody did. Entries are sealed in one chain: each hash holds the one before."""

    id: int
    seq: int | None = Field(description="Its number in the chain; none for the moment until it is sealed.")
    at: datetime
    actor_kind: str
    actor_id: int | None
    actor_name: str
    verb: str
    about_kind: str
    about_id: str
    facts: dict[str, Any]
    previous: str | None
    hash: str | None


class EntryFilter(In):
    """The same filters as on the page."""

    first: date | None = Field(None, description="From this day on, in your zone.")
    last: date | None = None
    who: str = Field("", max_length=200, description="Part of a name.")
    verb: str = Field("", max_length=80, description="How it begins, such as accounts.")
    about: str = Field("", max_length=140, description="Such as people.agent 12.")


@operation(
    router,
    "get",
    "/audit-entries",
    P.READ_ALL,
    P.READ_TECHNICAL,
    response=Page[AuditEntryOut],
    summary=_("Who did what to what, newest first"),
)
def list_entries(request: Request, wanted: Query[EntryFilter], paging: Query[Paging]) -> Any:
    """Auditors read all, administrators what is technical."""
    form = AuditFilters(wanted.model_dump(exclude_none=True))
    return paging.of(form.applied(reading.visible(request.actor)), "-pk")


@operation(
    router,
    "post",
    "/audit-checks",
    P.READ_ALL,
    P.READ_TECHNICAL,
    response=JobOut,
    status=201,
    summary=_("Have the whole chain checked"),
)
def check_audit(request: Request) -> Any:
    """The work that is answered says in the end what was found."""
    return checking.start(by=request.actor, at=request.at)
