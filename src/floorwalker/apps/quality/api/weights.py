"""Weight rounds, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

ROUND = "/quality/weight-rounds/{int:weight_round_id}"


class WeightRoundOut(Out):
    id: int
    form_version_id: int
    owner_id: int
    state: str
    opened_at: datetime
    due: datetime
    closed_at: datetime | None
    answer_until: datetime | None = Field(description="Until then those who weighed say yes or no.")
    result_id: int | None = Field(description="The version of the form that holds the agreed weights.")
    version: int = Field(description="Send it back when agreeing; an older one answers 409.")


class ItemSpreadOut(Out):
    item: str
    low: float = Field(description="Points of 100.")
    middle: float
    high: float
    apart: str = Field(description="close, some or far")
    proposed: float


class AnswerToWeightsOut(Out):
    name: str
    said: str = Field(description="yes, no, or empty for nothing yet")
    why: str


class WeightRoundPageOut(WeightRoundOut):
    asked: int
    weights_proposed: dict[str, float] | None
    answers: list[AnswerToWeightsOut] = Field(description="Of those who weighed, to the weights proposed.")
    voted: int
    own: dict[str, float] = Field(description="What you gave; of others nothing is told by name.")
    items: list[ItemSpreadOut] = Field(description="Empty while the round is open.")


class OpeningRound(In):
    form_version_id: int
    leaders: list[int] = Field(min_length=1, max_length=200, description="Users who judge or lead.")
    due: datetime


class Weighing(In):
    weights: dict[str, float] = Field(description="Every item of the version by its key.")


class ProposingWeights(Weighing):
    version: int = Field(ge=1)


class AnsweringWeights(In):
    agrees: bool
    why: str = Field("", max_length=300, description="Needed for a no.")
    version: int = Field(ge=1, description="Of the round as it was read; proposed anew, it answers 409.")


class AgreeingWeights(In):
    version: int = Field(ge=1)


class EndingRound(In):
    why: str = Field(min_length=1, max_length=300)


@operation(
    router,
    "get",
    "/quality/weight-rounds",
    P.WEIGH,
    P.KEEP_FORMS,
    response=Page[WeightRoundOut],
    summary=_("Weight rounds"),
)
def list_rounds(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.rounds_of(request.actor), "-opened_at")


@operation(router, "get", ROUND, P.WEIGH, P.KEEP_FORMS, response=WeightRoundPageOut, summary=_("A weight round"))
def get_round(request: Request, weight_round_id: int) -> Any:
    """How far apart leaders are once it is closed."""
    found = queries.the_round(request.actor, weight_round_id)
    return queries.plain_round(request.actor, found, request.at)


@operation(
    router,
    "post",
    "/quality/weight-rounds",
    P.KEEP_FORMS,
    response=WeightRoundOut,
    status=201,
    summary=_("Have a form weighed"),
)
def open_round(request: Request, payload: OpeningRound) -> Any:
    return services.open_round(
        version_id=payload.form_version_id,
        leaders=payload.leaders,
        due=payload.due,
        by=request.actor,
        at=request.at,
    )


@operation(router, "post", f"{ROUND}/weigh", P.WEIGH, response=WeightRoundOut, summary=_("Weigh the items"))
def weigh(request: Request, weight_round_id: int, payload: Weighing) -> Any:
    """Said anew it replaces what was said, while the round is open."""
    return services.weigh(round_id=weight_round_id, weights=payload.weights, by=request.actor, at=request.at)


@operation(router, "post", f"{ROUND}/close", P.KEEP_FORMS, response=WeightRoundOut, summary=_("Close a round"))
def close_round(request: Request, weight_round_id: int) -> Any:
    return services.close_round(round_id=weight_round_id, by=request.actor, at=request.at)


@operation(router, "post", f"{ROUND}/propose", P.KEEP_FORMS, response=WeightRoundOut, summary=_("Propose weights"))
def propose_weights(request: Request, weight_round_id: int, payload: ProposingWeights) -> Any:
    """Those who weighed are asked whether they agree; proposed anew, all are asked anew."""
    return services.propose_weights(
        round_id=weight_round_id,
        weights=payload.weights,
        version=payload.version,
        by=request.actor,
        at=request.at,
    )


@operation(
    router, "post", f"{ROUND}/answer", P.WEIGH, response=WeightRoundOut, summary=_("Say yes or no to the weights")
)
def answer_weights(request: Request, weight_round_id: int, payload: AnsweringWeights) -> Any:
    return services.answer_weights(round_id=weight_round_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", f"{ROUND}/agree", P.KEEP_FORMS, response=WeightRoundOut, summary=_("Put the weights in force")
)
def agree_weights(request: Request, weight_round_id: int, payload: AgreeingWeights) -> Any:
    """Once all have answered or their days have passed, and more say yes than no."""
    return services.agree_weights(
        round_id=weight_round_id, version=payload.version, by=request.actor, at=request.at
    )


@operation(router, "post", f"{ROUND}/end", P.KEEP_FORMS, response=WeightRoundOut, summary=_("Give a round up"))
def end_round(request: Request, weight_round_id: int, payload: EndingRound) -> Any:
    """The form stays as it is."""
    return services.end_round(round_id=weight_round_id, why=payload.why, by=request.actor, at=request.at)
