"""The shifts a site offers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from floorwalker.apps.schedules.models import ShiftPattern
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.weeks import the_pattern, the_roster_site
from floorwalker.apps.schedules.services.refusals import CannotBe
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require

FIELDS = (
    "name",
    "starts_from",
    "starts_until",
    "every_minutes",
    "length_minutes",
    "meal_minutes",
    "meal_slack_minutes",
    "weekdays",
)


@transaction.atomic
def keep_pattern(
    *, site_id: int, values: Mapping[str, Any], pattern_id: int | None = None, by: Actor, at: datetime
) -> ShiftPattern:
    """Add a pattern, or change one; rosters made before keep what they were made with."""
    require(by, P.PLAN)
    site = the_roster_site(by, site_id, P.PLAN)
    pattern = the_pattern(by, pattern_id) if pattern_id else ShiftPattern(site=site)
    for name in FIELDS:
        setattr(pattern, name, values[name])
    if pattern.starts_from > pattern.starts_until:
        raise CannotBe(problem=_("the latest start lies before the earliest"))
    if pattern.meal_minutes >= pattern.length_minutes:
        raise CannotBe(problem=_("the meal is longer than the shift"))
    try:
        with transaction.atomic():
            pattern.save()
    except IntegrityError as error:
        if "schedules_pattern_once" not in str(error):
            raise
        raise CannotBe(
            problem=_("%(site)s has a pattern called “%(name)s” already")
            % {"site": site.name, "name": pattern.name}
        ) from error
    verb = "schedules.change_pattern" if pattern_id else "schedules.add_pattern"
    audit.record(by=by, verb=verb, about=("schedules.pattern", pattern.pk), facts={"name": pattern.name}, at=at)
    return pattern


@transaction.atomic
def archive_pattern(*, pattern_id: int, back: bool = False, by: Actor, at: datetime) -> ShiftPattern:
    """Offer a pattern no longer, or again."""
    require(by, P.PLAN)
    pattern = the_pattern(by, pattern_id)
    pattern.archived = not back
    pattern.save(update_fields=["archived"])
    verb = "schedules.restore_pattern" if back else "schedules.archive_pattern"
    audit.record(by=by, verb=verb, about=("schedules.pattern", pattern.pk), facts={}, at=at)
    return pattern
