"""Working agreements for programs: to their two people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Working agreements"])
MEANT = Field(False, description="Words on health, family, religion or unions belong there all the same.")


class AgreementOut(Out):
    id: int
    agent_id: int
    lead_id: int
    number: int
    state: str
    agreed_by_agent_at: datetime | None
    agreed_by_lead_at: datetime | None
    in_force_from: date | None
    review_due: date | None
    ended_at: datetime | None
    answer: str
    version: int


class AgreementItemOut(Out):
    id: int
    side: str
    words: str


class AgreementReviewOut(Out):
    id: int
    agreement_id: int
    state: str
    opened_at: datetime
    due: datetime
    agent_said_at: datetime | None
    lead_said_at: datetime | None


class VerdictOut(Out):
    """One's own at once, the other's when both have said theirs."""

    item_id: int
    side: str
    held: str
    example: str


class BeginAgreement(In):
    agent_id: int | None = Field(None, description="By whoever leads them; without, by an agent for themselves.")


class AddAgreementItem(In):
    words: str = Field(min_length=1, max_length=300)
    meant: bool = MEANT


class AgreeAgreement(In):
    version: int


class HowHeld(In):
    item: int
    held: Literal["met", "partly", "not"]
    example: str = Field(min_length=1, max_length=500)


class SayHowHeld(In):
    said: list[HowHeld]
    meant: bool = MEANT


@operation(
    router, "get", "/agreements", P.TALK, response=Page[AgreementOut], summary=_("Working agreements of mine")
)
def list_agreements(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_agreements(request.actor), "-made_at")


@operation(
    router, "post", "/agreements", P.TALK, response=AgreementOut, status=201,
    summary=_("Begin a working agreement or a new version"),
)  # fmt: skip
def begin_agreement(request: Request, payload: BeginAgreement) -> Any:
    return services.begin_agreement(agent_id=payload.agent_id, by=request.actor, at=request.at)


@operation(
    router, "get", "/agreements/{int:agreement_id}", P.TALK, response=AgreementOut,
    summary=_("One working agreement"),
)  # fmt: skip
def get_agreement(request: Request, agreement_id: int) -> Any:
    return queries.the_agreement(request.actor, agreement_id)


@operation(
    router, "get", "/agreements/{int:agreement_id}/items", P.TALK, response=Page[AgreementItemOut],
    summary=_("What both will hold"),
)  # fmt: skip
def list_agreement_items(request: Request, agreement_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_agreement(request.actor, agreement_id)
    return paging.of(queries.visible_agreement_items(request.actor).filter(agreement=found), "side")


@operation(
    router, "post", "/agreements/{int:agreement_id}/items", P.TALK, response=AgreementItemOut, status=201,
    summary=_("Name something one will hold"),
)  # fmt: skip
def add_agreement_item(request: Request, agreement_id: int, payload: AddAgreementItem) -> Any:
    return services.add_agreement_item(
        agreement_id=agreement_id, **payload.dict(), by=request.actor, at=request.at
    )


@operation(
    router, "post", "/agreements/items/{int:agreement_item_id}/drop", P.TALK, response=AgreementOut,
    summary=_("Take back what one named"),
)  # fmt: skip
def drop_agreement_item(request: Request, agreement_item_id: int) -> Any:
    return services.drop_agreement_item(agreement_item_id=agreement_item_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/agreements/{int:agreement_id}/agree", P.TALK, response=AgreementOut,
    summary=_("Agree to a working agreement as it stands"),
)  # fmt: skip
def agree_agreement(request: Request, agreement_id: int, payload: AgreeAgreement) -> Any:
    return services.agree_agreement(
        agreement_id=agreement_id, version=payload.version, by=request.actor, at=request.at
    )


@operation(
    router, "get", "/agreements/{int:agreement_id}/reviews", P.TALK, response=Page[AgreementReviewOut],
    summary=_("When it was said how it was held"),
)  # fmt: skip
def list_agreement_reviews(request: Request, agreement_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_agreement(request.actor, agreement_id)
    return paging.of(queries.visible_agreement_reviews(request.actor).filter(agreement=found), "-opened_at")


@operation(
    router, "get", "/agreements/reviews/{int:agreement_review_id}/verdicts", P.TALK,
    response=Page[VerdictOut], summary=_("How it was held, item by item"),
)  # fmt: skip
def list_verdicts(request: Request, agreement_review_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_agreement_review(request.actor, agreement_review_id)
    return paging.of(queries.visible_verdicts(request.actor).filter(review=found), "item")


@operation(
    router, "post", "/agreements/reviews/{int:agreement_review_id}/say", P.TALK, response=AgreementReviewOut,
    summary=_("Say how the other side held what they named"),
)  # fmt: skip
def say_how_held(request: Request, agreement_review_id: int, payload: SayHowHeld) -> Any:
    return services.say_how_held(
        agreement_review_id=agreement_review_id,
        said={each.item: (each.held, each.example) for each in payload.said},
        meant=payload.meant,
        by=request.actor,
        at=request.at,
    )
