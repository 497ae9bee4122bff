"""Who is overdue, points no agent can win back, scores in sums, for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.shapes import (
    AgreeTarget,
    CadenceAsked,
    DaysAsked,
    LostPointOut,
    OverdueOut,
    QualityTargetOut,
    ScoreSumOut,
)
from floorwalker.kernel.api import Page, Paging, operation, verb
from floorwalker.kernel.pages import Request


@operation(
    router,
    "get",
    "/quality/overdue",
    P.EVALUATE,
    response=list[OverdueOut],
    summary=_("Agents overdue for a review"),
)
def list_overdue(request: Request, asked: Query[CadenceAsked]) -> Any:
    """The longest overdue first."""
    return [
        queries.plain_late(each)
        for each in queries.overdue(request.actor, int(asked.cadence or 0) or None, request.at)
    ]


@operation(
    router,
    "get",
    "/quality/lost-points",
    P.SEE_LOST,
    response=list[LostPointOut],
    summary=_("Points no agent can win back"),
)
def list_lost_points(request: Request, asked: Query[DaysAsked]) -> Any:
    """By who could keep them, the most costly first."""
    found = queries.lost_points(request.actor, request.at - timedelta(days=int(asked.days)), request.at)
    return [queries.plain_lost(each) for each in found.lines]


@operation(router, "get", "/quality/scores", P.SEE_SUMS, response=list[ScoreSumOut], summary=_("Scores in sums"))
def list_scores(request: Request) -> Any:
    """By month and client; nothing is told of fewer than five agents."""
    return [queries.plain_sum(each) for each in queries.score_sums(request.actor, request.at)]


@operation(
    router,
    "get",
    "/quality/targets",
    P.SEE_SUMS,
    response=Page[QualityTargetOut],
    summary=_("Quality agreed with clients"),
)
def list_targets(request: Request, paging: Query[Paging]) -> Any:
    """Everything ever agreed, the latest written first; the newest first day holds."""
    return paging.of(queries.visible_targets(request.actor), "-at")


verb(
    router,
    "post",
    "/quality/targets",
    P.KEEP_FORMS,
    does=services.agree_target,
    takes=AgreeTarget,
    response=QualityTargetOut,
    status=201,
    summary=_("Write down the quality agreed with a client"),
)
