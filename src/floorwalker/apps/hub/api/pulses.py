"""Pulses for programs: sheets go in one by one, sums come out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Hub"])


class PulseOut(Out):
    id: int
    site_id: int | None
    asks: str
    fourth: str
    by_id: int
    opened_at: datetime
    closes_on: date
    answer_by: date
    state: str
    asked: int
    answer: str
    follows_by: date | None
    outcome: str
    version: int


class PulseResultOut(Out):
    group: str
    team_id: int | None
    band: str
    question: str
    agree: int
    answered: int
    weakest: bool


class PulseIn(In):
    closes_on: date
    answer_by: date
    asks: Literal["usual", "drivers"] = "usual"
    fourth: Literal["effort", "career"] = "effort"
    site_id: int | None = None


class PulseSheetIn(In):
    skill: int = Field(ge=1, le=5)
    lead: int = Field(ge=1, le=5)
    valued: int | None = Field(None, ge=1, le=5)
    confidence: int | None = Field(None, ge=1, le=5)
    effort: int | None = Field(None, ge=1, le=5)
    career: int | None = Field(None, ge=1, le=5)


class PulseAnswerIn(In):
    text: str = Field(min_length=1, max_length=4000)
    follows_by: date


class PulseEndIn(In):
    text: str = Field(min_length=1, max_length=4000)


@operation(router, "get", "/pulses", P.SEE_PULSE, response=Page[PulseOut], summary=_("Pulses"))
def list_pulses(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_pulses(request.actor), "-opened_at")


@operation(router, "post", "/pulses", P.ASK_PULSE, response=PulseOut, status=201, summary=_("Ask a pulse"))
def ask_pulse(request: Request, payload: PulseIn) -> Any:
    return services.ask_pulse(**payload.dict(), by=request.actor, at=request.at)


@operation(router, "get", "/pulses/{int:pulse_id}", P.SEE_PULSE, response=PulseOut, summary=_("One pulse"))
def get_pulse(request: Request, pulse_id: int) -> Any:
    return queries.the_pulse(request.actor, pulse_id)


@operation(
    router,
    "get",
    "/pulses/{int:pulse_id}/results",
    P.SEE_PULSE,
    response=Page[PulseResultOut],
    summary=_("What may be shown of it"),
)
def list_results(request: Request, pulse_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_pulse(request.actor, pulse_id)
    return paging.of(queries.visible_results(request.actor).filter(pulse=found), "group")


@operation(
    router, "post", "/pulses/{int:pulse_id}/sheet", P.SEE_PULSE, status=204, summary=_("Answer, without a name")
)
def answer_pulse(request: Request, pulse_id: int, payload: PulseSheetIn) -> None:
    given = {name: value for name, value in payload.dict().items() if value is not None}
    services.answer_pulse(pulse_id=pulse_id, answers=given, by=request.actor, at=request.at)


@operation(
    router, "post", "/pulses/{int:pulse_id}/answer", P.ASK_PULSE, response=PulseOut, summary=_("What follows")
)
def say_what_follows(request: Request, pulse_id: int, payload: PulseAnswerIn) -> Any:
    return services.say_what_follows(pulse_id=pulse_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", "/pulses/{int:pulse_id}/done", P.ASK_PULSE, response=PulseOut, summary=_("It has followed")
)
def end_pulse(request: Request, pulse_id: int, payload: PulseEndIn) -> Any:
    return services.end_pulse(pulse_id=pulse_id, text=payload.text, by=request.actor, at=request.at)
