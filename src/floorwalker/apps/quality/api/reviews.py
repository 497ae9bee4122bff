"""Reviews, for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.shapes import (
    CheckMe,
    ClosingReview,
    Deciding,
    Doubting,
    DroppingReview,
    Evaluating,
    ReviewFilter,
    ReviewOut,
    ReviewScoreOut,
    SelfEvaluating,
    TakingOver,
)
from floorwalker.kernel import audit
from floorwalker.kernel.api import Page, Paging, operation
from floorwalker.kernel.pages import Request


def _answers(payload: SelfEvaluating | Deciding) -> dict[str, object]:
    return {key: (each.value, each.seconds) for key, each in payload.answers.items()}


def _comments(payload: SelfEvaluating) -> dict[str, str]:
    return {f"item:{key}": each.comment for key, each in payload.answers.items()}


@operation(router, "get", "/quality/reviews", P.SEE_REVIEWS, response=Page[ReviewOut], summary=_("Reviews"))
def list_reviews(request: Request, wanted: Query[ReviewFilter], paging: Query[Paging]) -> Any:
    asked = queries.WantedReviews(wanted.state, wanted.agent_id, wanted.mine)
    return paging.of(queries.reviews_in(request.actor, asked), "-drawn_at")


@operation(
    router,
    "get",
    "/quality/reviews/{int:review_id}",
    P.SEE_REVIEWS,
    response=ReviewScoreOut,
    summary=_("A review with what is shown of it"),
)
def get_review(request: Request, review_id: int) -> Any:
    found = queries.the_review(request.actor, review_id)
    about = ("quality.review", found.pk)
    audit.seen(by=request.actor, about=about, person=found.agent.user_id, at=request.at)
    return queries.plain_review(request.actor, found)


@operation(
    router,
    "post",
    "/quality/conversations/{int:conversation_id}/review",
    P.EVALUATE,
    response=ReviewOut,
    status=201,
    summary=_("Draw a contact"),
)
def draw(request: Request, conversation_id: int) -> Any:
    return services.draw(conversation_id=conversation_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/quality/conversations/{int:conversation_id}/check-me",
    P.ANSWER,
    response=ReviewOut,
    status=201,
    summary=_("Ask to be checked on an own contact"),
)
def check_me(request: Request, conversation_id: int, payload: CheckMe) -> Any:
    return services.check_me(
        conversation_id=conversation_id, question=payload.question, by=request.actor, at=request.at
    )


@operation(
    router,
    "post",
    "/quality/reviews/{int:review_id}/self",
    P.ANSWER,
    response=ReviewOut,
    summary=_("Say how one sees an own contact"),
)
def self_evaluate(request: Request, review_id: int, payload: SelfEvaluating) -> Any:
    """Kept as it is given; `finish` hands it in."""
    return services.self_evaluate(
        review_id=review_id,
        answers=_answers(payload),
        remarks=_comments(payload),
        hand_in=payload.finish,
        by=request.actor,
        at=request.at,
    )


@operation(
    router,
    "post",
    "/quality/reviews/{int:review_id}/evaluate",
    P.EVALUATE,
    response=ReviewOut,
    summary=_("Evaluate a contact"),
)
def evaluate(request: Request, review_id: int, payload: Evaluating) -> Any:
    """Kept as it is given; `finish` scores it."""
    halves = {"went_well": payload.went_well, "to_improve": payload.to_improve}
    return services.evaluate(
        review_id=review_id,
        answers=_answers(payload),
        remarks=_comments(payload) | halves,
        version=payload.version,
        finish=payload.finish,
        by=request.actor,
        at=request.at,
    )


@operation(
    router,
    "post",
    "/quality/reviews/{int:review_id}/release",
    P.EVALUATE,
    response=ReviewOut,
    summary=_("Show an evaluation to its agent"),
)
def release(request: Request, review_id: int) -> Any:
    return services.release(review_id=review_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/quality/reviews/{int:review_id}/read",
    P.ANSWER,
    response=ReviewOut,
    summary=_("Say that one has read it"),
)
def acknowledge(request: Request, review_id: int) -> Any:
    return services.acknowledge(review_id=review_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/quality/reviews/{int:review_id}/dispute",
    P.ANSWER,
    response=ReviewOut,
    summary=_("Dispute a score"),
)
def dispute(request: Request, review_id: int, payload: Doubting) -> Any:
    return services.dispute(review_id=review_id, words=payload.words, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/quality/reviews/{int:review_id}/decide",
    P.EVALUATE,
    response=ReviewOut,
    summary=_("Answer a dispute"),
)
def decide(request: Request, review_id: int, payload: Deciding) -> Any:
    return services.decide(
        review_id=review_id,
        answers=_answers(payload),
        words=payload.words,
        changes=payload.changes,
        version=payload.version,
        by=request.actor,
        at=request.at,
    )


@operation(
    router,
    "post",
    "/quality/reviews/{int:review_id}/close",
    P.EVALUATE,
    response=ReviewOut,
    summary=_("Close a review"),
)
def close(request: Request, review_id: int, payload: ClosingReview) -> Any:
    return services.close(review_id=review_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/quality/reviews/{int:review_id}/take-over",
    P.EVALUATE,
    response=ReviewOut,
    summary=_("Evaluate in somebody's place"),
)
def take_over(request: Request, review_id: int, payload: TakingOver) -> Any:
    """Drafts stay, and what was promised is promised anew by you."""
    return services.take_over(review_id=review_id, version=payload.version, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/quality/reviews/{int:review_id}/drop",
    P.EVALUATE,
    response=ReviewOut,
    summary=_("Drop a review whose contact cannot be judged"),
)
def drop(request: Request, review_id: int, payload: DroppingReview) -> Any:
    """Its promise is withdrawn, and the minutes of the agent's own evaluation are owed no more."""
    return services.drop(review_id=review_id, why=payload.words, by=request.actor, at=request.at)
