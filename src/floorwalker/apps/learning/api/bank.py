"""The banks of lines and moments, and handbooks, for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.api.router import router
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules.handbook import drafts_of
from floorwalker.apps.learning.shapes import (
    AgendaIn,
    AgendaSlotOut,
    CustomerLineOut,
    CustomerLinesIn,
    HandbookIn,
    HandbookKindIn,
    HandbookKindOut,
    HandbookOut,
    LineFilter,
    MarkedLine,
    MomentOut,
    ScenarioVersionOut,
    TakenLinesOut,
)
from floorwalker.contacts import NoHandbook
from floorwalker.kernel.api import Page, Paging, operation
from floorwalker.kernel.errors import Invalid
from floorwalker.kernel.pages import Request


@operation(
    router,
    "get",
    "/arena/customer-lines",
    P.SEE_SCENARIOS,
    response=Page[CustomerLineOut],
    summary=_("What customers say"),
)
def list_lines(request: Request, wanted: Query[LineFilter], paging: Query[Paging]) -> Any:
    return paging.of(queries.lines_found(request.actor, **wanted.wanted()), "reason")


@operation(
    router,
    "post",
    "/arena/customer-lines",
    P.KEEP_SCENARIOS,
    response=TakenLinesOut,
    status=201,
    summary=_("Add lines customers say"),
)
def take_lines(request: Request, payload: CustomerLinesIn) -> Any:
    """What is there already is counted and not taken twice."""
    rows = [(each.text, each.reason, each.offensive) for each in payload.lines]
    return services.take_lines(rows=rows, source=payload.source, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/arena/customer-lines/{int:customer_line_id}/mark",
    P.KEEP_SCENARIOS,
    response=CustomerLineOut,
    summary=_("Say whether a line offends"),
)
def mark_line(request: Request, customer_line_id: int, payload: MarkedLine) -> Any:
    return services.mark_line(
        line_id=customer_line_id, offensive=payload.offensive, by=request.actor, at=request.at
    )


@operation(
    router,
    "post",
    "/arena/customer-lines/{int:customer_line_id}/drop",
    P.KEEP_SCENARIOS,
    response=None,
    status=204,
    summary=_("Take a line out of the bank"),
)
def drop_line(request: Request, customer_line_id: int) -> Any:
    services.drop_line(line_id=customer_line_id, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    "/arena/moments",
    P.SEE_SCENARIOS,
    response=Page[MomentOut],
    summary=_("Moments that set emotions off"),
)
def list_moments(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_moments(request.actor), "pk")


@operation(
    router,
    "get",
    "/arena/agenda",
    P.SEE_SCENARIOS,
    response=list[AgendaSlotOut],
    summary=_("A training that keeps minutes for such moments"),
)
def agenda(request: Request, wanted: Query[AgendaIn]) -> Any:
    found = queries.agenda_of(request.actor, minutes=wanted.minutes, share=wanted.share, kind=wanted.kind)
    return [
        {
            "kind": each.slot.kind,
            "begins": each.slot.begins,
            "minutes": each.slot.minutes,
            "moment_id": each.moment.pk if each.moment else None,
        }
        for each in found
    ]


@operation(
    router,
    "get",
    "/arena/handbooks",
    P.KEEP_SCENARIOS,
    response=Page[HandbookOut],
    summary=_("Handbooks to begin scenarios with"),
)
def list_handbooks(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_handbooks(request.actor, P.KEEP_SCENARIOS), "-at")


@operation(
    router,
    "post",
    "/arena/handbooks",
    P.KEEP_SCENARIOS,
    response=HandbookOut,
    status=201,
    summary=_("Take a handbook in"),
)
def take_handbook(request: Request, payload: HandbookIn) -> Any:
    try:
        drafts = drafts_of(payload.handbook)
    except NoHandbook as error:
        raise Invalid(problem=str(error)) from error
    return services.take_handbook(name=payload.name, drafts=drafts, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    "/arena/handbooks/{int:handbook_id}/kinds",
    P.KEEP_SCENARIOS,
    response=Page[HandbookKindOut],
    summary=_("Kinds of contact of a handbook"),
)
def list_kinds_of_handbook(request: Request, handbook_id: int, paging: Query[Paging]) -> Any:
    """By alphabet; each may become the draft of a scenario."""
    found = queries.kinds_of(queries.the_handbook(request.actor, handbook_id, P.KEEP_SCENARIOS), **paging.dict())
    return {"items": found.items, "after": found.after}


@operation(
    router,
    "post",
    "/arena/handbooks/{int:handbook_id}/begin",
    P.KEEP_SCENARIOS,
    response=ScenarioVersionOut,
    status=201,
    summary=_("Begin a scenario with a kind of contact"),
)
def begin_with_handbook(request: Request, handbook_id: int, payload: HandbookKindIn) -> Any:
    return services.begin_with_handbook(handbook_id=handbook_id, **payload.dict(), by=request.actor, at=request.at)
