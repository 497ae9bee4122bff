"""Reads of what people are told about being assessed."""

from __future__ import annotations

from django.db.models import QuerySet

from floorwalker.apps.quality.models import AssessmentNotice
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import scoped


def visible_notices(actor: Actor, permission: Permission = P.SEE_FORMS) -> QuerySet[AssessmentNotice]:
    """All for those who judge or are judged."""
    return AssessmentNotice.objects.all() if actor.sight(permission) else AssessmentNotice.objects.none()


scoped(
    AssessmentNotice,
    visible_notices,
    P.SEE_FORMS,
    canary=("purpose", "reviewer"),
    key="assessment_notice_id",
    staff_see_all="what people are told is told to all of them",
)


def notices_given(actor: Actor) -> QuerySet[AssessmentNotice]:
    """The latest first: it holds."""
    return visible_notices(actor).order_by("-at", "-pk")


def notice_owed(actor: Actor) -> bool:
    """Whether somebody who keeps forms still has to say what people are assessed for."""
    return actor.may(P.KEEP_FORMS) and not AssessmentNotice.objects.exists()
