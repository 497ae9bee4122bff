"""What people are told about being assessed, for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.shapes import AssessmentNoticeOut, GiveNotice
from floorwalker.kernel.api import Page, Paging, operation, verb
from floorwalker.kernel.pages import Request


@operation(
    router,
    "get",
    "/quality/assessment-notices",
    P.SEE_FORMS,
    response=Page[AssessmentNoticeOut],
    summary=_("What people are scored for"),
)
def list_notices(request: Request, paging: Query[Paging]) -> Any:
    """The latest first: it holds."""
    return paging.of(queries.visible_notices(request.actor), "-at")


verb(
    router,
    "post",
    "/quality/assessment-notices",
    P.KEEP_FORMS,
    does=services.give_notice,
    takes=GiveNotice,
    response=AssessmentNoticeOut,
    status=201,
    summary=_("Say what people are scored for"),
)
