"""Reading raters, for programs: that it is done; what was found is read on its page alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from floorwalker.apps.quality import services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.api import Out, operation
from floorwalker.kernel.pages import Request


class RaterFitOut(Out):
    id: int = Field(description="Its background work is about quality.fit of this number.")
    version: int
    state: str
    asked_at: datetime


@operation(
    router,
    "post",
    "/quality/rater-fits",
    P.FIT_RATERS,
    response=RaterFitOut,
    status=201,
    summary=_("Have the scores of the last year taken apart"),
)
def order_fit(request: Request) -> Any:
    """Severity of evaluators, apart from who was evaluated; one at a time."""
    return services.order_fit(by=request.actor, at=request.at)
