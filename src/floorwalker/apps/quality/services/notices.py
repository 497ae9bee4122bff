"""What people are told about being assessed, said once before the first of them is."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.models import AssessmentNotice
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused

NOTICE = "quality.notice"


class NothingSaid(Refused):
    code = "quality_notice_incomplete"
    text = _("Say what scores are for, and who looks at one that is contested: people read both.")


@transaction.atomic
def give_notice(*, purpose: str, told_on: date, reviewer: str, by: Actor, at: datetime) -> AssessmentNotice:
    """Say what people are scored for, when they were told, and who looks again; what was said before stays."""
    require(by, P.KEEP_FORMS)
    if not purpose.strip() or not reviewer.strip():
        raise NothingSaid
    made = AssessmentNotice.objects.create(
        purpose=purpose.strip()[:500], told_on=told_on, reviewer=reviewer.strip()[:200], by_name=by.name, at=at
    )
    facts = {"told_on": told_on.isoformat()}
    audit.record(by=by, verb="quality.give_notice", about=(NOTICE, made.pk), facts=facts, at=at)
    return made
