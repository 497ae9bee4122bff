"""Evaluation forms, for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.shapes import (
    ChangedDraft,
    EvaluationFormOut,
    FormVersionOut,
    NamedForm,
    NewForm,
    PublishingForm,
)
from floorwalker.kernel.api import Page, Paging, operation
from floorwalker.kernel.pages import Request


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


@operation(
    router,
    "put",
    "/quality/forms/{int:form_id}",
    P.KEEP_FORMS,
    response=EvaluationFormOut,
    summary=_("Give a form another name, client or channel"),
)
def rename_form(request: Request, form_id: int, payload: NamedForm) -> Any:
    """Its versions stay as they are."""
    return services.rename_form(form_id=form_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/quality/forms/{int:form_id}/archive",
    P.KEEP_FORMS,
    response=EvaluationFormOut,
    summary=_("Evaluate with a form no longer"),
)
def archive_form(request: Request, form_id: int) -> Any:
    """What was evaluated with it stays."""
    return services.archive_form(form_id=form_id, archived=True, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/quality/forms/{int:form_id}/restore",
    P.KEEP_FORMS,
    response=EvaluationFormOut,
    summary=_("Evaluate with a form again"),
)
def restore_form(request: Request, form_id: int) -> Any:
    return services.archive_form(form_id=form_id, archived=False, by=request.actor, at=request.at)


@operation(
    router,
    "delete",
    "/quality/form-versions/{int:form_version_id}",
    P.KEEP_FORMS,
    status=204,
    summary=_("Forget a draft of a form"),
)
def drop_draft(request: Request, form_version_id: int) -> None:
    """A form that never was in force goes with it."""
    services.drop_draft(version_id=form_version_id, by=request.actor, at=request.at)
