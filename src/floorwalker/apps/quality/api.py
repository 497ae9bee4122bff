"""Quality for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.shapes import (
    ChangedDraft,
    CheckMe,
    ClosingReview,
    ConversationOut,
    Deciding,
    Doubting,
    Evaluating,
    EvaluationFormOut,
    FormVersionOut,
    NewForm,
    PublishingForm,
    ReviewFilter,
    ReviewOut,
    ReviewScoreOut,
    SelfEvaluating,
    TurnsOut,
)
from floorwalker.kernel import audit
from floorwalker.kernel.api import Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Quality"])


@operation(router, "get", "/quality/forms", P.SEE_FORMS, response=Page[EvaluationFormOut], summary=_("Forms"))
def list_forms(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_forms(request.actor), "name")


@operation(
    router,
    "get",
    "/quality/forms/{int:form_id}/versions",
    P.SEE_FORMS,
    response=Page[FormVersionOut],
    summary=_("Versions of a form"),
)
def list_versions(request: Request, form_id: int, paging: Query[Paging]) -> Any:
    form = queries.the_form(request.actor, form_id)
    return paging.of(queries.visible_versions(request.actor).filter(form=form), "-number")


@operation(
    router,
    "get",
    "/quality/form-versions/{int:form_version_id}",
    P.SEE_FORMS,
    response=FormVersionOut,
    summary=_("A version of a form"),
)
def get_version(request: Request, form_version_id: int) -> Any:
    return queries.the_version(request.actor, form_version_id)


@operation(
    router,
    "post",
    "/quality/forms",
    P.KEEP_FORMS,
    response=FormVersionOut,
    status=201,
    summary=_("Draft a new form"),
)
def make_form(request: Request, payload: NewForm) -> Any:
    return services.make_form(
        name=payload.name,
        client_id=payload.client_id,
        channel=payload.channel,
        content=payload.content.words(),
        by=request.actor,
        at=request.at,
    )


@operation(
    router,
    "post",
    "/quality/forms/{int:form_id}/versions",
    P.KEEP_FORMS,
    response=FormVersionOut,
    status=201,
    summary=_("Begin the next version of a form"),
)
def start_draft(request: Request, form_id: int) -> Any:
    """It begins as the one in force."""
    return services.start_draft(form_id=form_id, by=request.actor, at=request.at)


@operation(
    router,
    "put",
    "/quality/form-versions/{int:form_version_id}",
    P.KEEP_FORMS,
    response=FormVersionOut,
    summary=_("Change a draft"),
)
def change_draft(request: Request, form_version_id: int, payload: ChangedDraft) -> Any:
    return services.change_draft(
        version_id=form_version_id,
        content=payload.content.words(),
        version=payload.version,
        by=request.actor,
        at=request.at,
    )


@operation(
    router,
    "post",
    "/quality/form-versions/{int:form_version_id}/publish",
    P.KEEP_FORMS,
    response=FormVersionOut,
    summary=_("Put a draft in force"),
)
def publish_form(request: Request, form_version_id: int, payload: PublishingForm) -> Any:
    """From now on its words never change; the one before retires."""
    return services.publish_form(
        version_id=form_version_id, version=payload.version, by=request.actor, at=request.at
    )


def _answers(payload: SelfEvaluating | Deciding) -> dict[str, object]:
    return {key: (each.value, each.seconds) for key, each in payload.answers.items()}


def _comments(payload: SelfEvaluating) -> dict[str, str]:
    return {f"item:{key}": each.comment for key, each in payload.answers.items()}


@operation(
    router,
    "get",
    "/quality/conversations",
    P.SEE_TRANSCRIPT,
    response=Page[ConversationOut],
    summary=_("Conversations"),
)
def list_conversations(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.conversations_in(request.actor, queries.Wanted()), "-started_at")


@operation(
    router,
    "get",
    "/quality/conversations/{int:conversation_id}",
    P.SEE_TRANSCRIPT,
    response=TurnsOut,
    summary=_("A conversation with what was said"),
)
def get_conversation(request: Request, conversation_id: int) -> Any:
    found = queries.the_conversation(request.actor, conversation_id)
    about = ("quality.conversation", found.pk)
    audit.seen(by=request.actor, about=about, person=found.agent.user_id, at=request.at)
    return found


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
