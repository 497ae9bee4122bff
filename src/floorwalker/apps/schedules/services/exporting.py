"""Taking the shifts of a week along as a file."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.preview import Sheet
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require


@transaction.atomic
def note_export(*, sheet: Sheet, shifts: int, why: str, by: Actor, at: datetime) -> None:
    """Say that somebody took the shifts of a site's week, or of a draft of it, with them."""
    require(by, P.SEE_ROSTER)
    facts = {"week": sheet.week.first_day, "draft": sheet.draft_id, "shifts": shifts, "why": why}
    audit.record(by=by, verb="schedules.export", about=("people.site", sheet.week.site_id), facts=facts, at=at)
