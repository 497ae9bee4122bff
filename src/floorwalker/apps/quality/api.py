"""Quality for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import forms as rules
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Quality"])

AnyChannel = Literal["", "phone", "chat", "email"]


class EvaluationFormOut(Out):
    id: int
    name: str
    client_id: int | None = Field(description="None: every client without a form of its own.")
    channel: str = Field(description="Empty: every channel.")
    archived: bool


class AnchorShape(In):
    value: str = Field(min_length=1, max_length=30)
    share: float = Field(ge=0, le=1, description="Of the item's points.")
    sentence: str = Field(max_length=300, description="What this answer looks like.")


class ConditionShape(In):
    item: str = Field(max_length=60)
    answers: list[str] = Field(min_length=1, max_length=12)


class ItemShape(In):
    key: str = Field(
        min_length=1, max_length=60, pattern=r"^[-a-zA-Z0-9_]+$", description="Stable across versions."
    )
    text: str = Field(max_length=300)
    weight: float = Field(ge=0, le=1000)
    anchors: list[AnchorShape] = Field(max_length=12)
    may_not_apply: bool = False
    critical: bool = False
    controlled_by: Literal["agent", "system", "process", "policy", "product", "customer"] = "agent"
    expectation: str = Field("", max_length=1000)
    condition: ConditionShape | None = None


class SectionShape(In):
    title: str = Field(min_length=1, max_length=120)
    items: list[ItemShape] = Field(max_length=200)


class FormShape(In):
    sections: list[SectionShape] = Field(max_length=60)

    def words(self) -> rules.FormContent:
        return rules.from_json(self.dict())


class FormVersionOut(Out):
    id: int
    form_id: int
    number: int
    state: str
    content: dict[str, Any]
    made_by: str
    made_at: datetime
    in_force_from: datetime | None
    agreed: list[str] = Field(description="Who agreed on its weights.")
    version: int = Field(description="Send it back when changing; an older one answers 409.")


class NewForm(In):
    name: str = Field(min_length=1, max_length=120)
    client_id: int | None = None
    channel: AnyChannel = ""
    content: FormShape


class ChangedDraft(In):
    content: FormShape
    version: int = Field(ge=1)


class Publishing(In):
    version: int = Field(ge=1)


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
def publish_form(request: Request, form_version_id: int, payload: Publishing) -> Any:
    """From now on its words never change; the one before retires."""
    return services.publish_form(
        version_id=form_version_id, version=payload.version, by=request.actor, at=request.at
    )
