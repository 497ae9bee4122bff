"""What should have followed and failed, for programs that watch over the installation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.kernel.api import Out, Page, Paging, operation
from floorwalker.kernel.events import retrying, seeing
from floorwalker.kernel.jobs.permissions import JobPermission
from floorwalker.kernel.pages import Request

router = Router(tags=["Background work"])


class FailedReactionOut(Out):
    """One reaction to an event that has not taken effect."""

    id: int
    event_id: int
    event: str = Field(alias="event.name")
    reaction: str
    failure: str
    given_up_at: datetime | None = Field(
        alias="event.given_up_at",
        description="Since when it waits for somebody; none: still tried by itself.",
    )


@operation(
    router,
    "get",
    "/failed-reactions",
    JobPermission.SEE_ALL,
    response=Page[FailedReactionOut],
    summary=_("What should have followed and failed"),
)
def list_failed(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(seeing.failing(request.actor), "-pk")


@operation(
    router,
    "post",
    "/events/{int:event_id}/retry",
    JobPermission.RETRY_REACTIONS,
    status=204,
    summary=_("Have what failed tried again now"),
)
def retry_event(request: Request, event_id: int) -> None:
    """Reactions that took effect do not take it again."""
    retrying.retry(event_id, by=request.actor, at=request.at)
