"""Calibrations and what evaluators give, for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.api.shapes import (
    AdjustedOut,
    AgreeingReading,
    CalibrationDetailOut,
    CalibrationOut,
    NewCalibration,
    RaterOut,
    ScoringCalibration,
)
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.api import Page, Paging, operation
from floorwalker.kernel.pages import Request

ONE = "/quality/calibrations/{int:calibration_id}"


@operation(
    router, "get", "/quality/calibrations", P.TAKE_PART, response=Page[CalibrationOut], summary=_("Calibrations")
)
def list_calibrations(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.calibrations_in(request.actor), "-opened_at")


@operation(router, "get", ONE, P.TAKE_PART, response=CalibrationDetailOut, summary=_("A calibration"))
def get_calibration(request: Request, calibration_id: int) -> Any:
    """Scores of others, and how far all agree, once it is closed."""
    return _detail(request, calibration_id)


@operation(
    router,
    "post",
    "/quality/conversations/{int:conversation_id}/calibrations",
    P.CALIBRATE,
    response=CalibrationOut,
    status=201,
    summary=_("Open a calibration on a contact"),
)
def open_calibration(request: Request, conversation_id: int, payload: NewCalibration) -> Any:
    return services.open_calibration(
        conversation_id=conversation_id, participants=payload.participants, last_day=payload.last_day,
        by=request.actor, at=request.at,
    )  # fmt: skip


@operation(
    router,
    "post",
    f"{ONE}/score",
    P.TAKE_PART,
    response=CalibrationDetailOut,
    summary=_("Score a contact for a calibration"),
)
def score_calibration(request: Request, calibration_id: int, payload: ScoringCalibration) -> Any:
    """Kept as it is given; `finish` hands it in."""
    services.score_calibration(
        calibration_id=calibration_id, answers=payload.answers, comments=payload.comments, finish=payload.finish,
        by=request.actor, at=request.at,
    )  # fmt: skip
    return _detail(request, calibration_id)


@operation(
    router, "post", f"{ONE}/close", P.CALIBRATE, response=CalibrationDetailOut, summary=_("Close a calibration")
)
def close_calibration(request: Request, calibration_id: int) -> Any:
    services.close_calibration(calibration_id=calibration_id, by=request.actor, at=request.at)
    return _detail(request, calibration_id)


@operation(
    router,
    "put",
    f"{ONE}/readings/{{str:item_key}}",
    P.CALIBRATE,
    response=CalibrationDetailOut,
    summary=_("Write down how an item is read"),
)
def agree_reading(request: Request, calibration_id: int, item_key: str, payload: AgreeingReading) -> Any:
    """An empty text takes it back."""
    services.agree_reading(
        calibration_id=calibration_id, item_key=item_key, text=payload.text, by=request.actor, at=request.at
    )
    return _detail(request, calibration_id)


def _detail(request: Request, calibration_id: int) -> Any:
    found = queries.the_calibration(request.actor, calibration_id)
    return queries.plain_calibration(queries.calibration_page(request.actor, found))


@operation(
    router, "get", "/quality/raters", P.SEE_RATERS, response=list[RaterOut], summary=_("What evaluators give")
)
def list_raters(request: Request) -> Any:
    """Against the mean of all, for the same work, with its interval: one's own, and those of one's places."""
    return queries.plain_raters(request.actor)


@operation(
    router,
    "get",
    "/quality/mine/adjusted",
    P.ANSWER,
    response=AdjustedOut,
    summary=_("One's own score without the leniency of evaluators"),
)
def get_adjusted(request: Request) -> Any:
    """With its interval, or the sentence that says why there is none."""
    return queries.plain_adjusted(request.actor)
