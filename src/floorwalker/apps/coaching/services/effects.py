"""Having measured what talks and thanks changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import Effect
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.queries.effects import SPAN
from floorwalker.apps.people import queries as people
from floorwalker.kernel import audit, jobs
from floorwalker.kernel.access import SYSTEM, Actor, refuse, require
from floorwalker.kernel.errors import Refused

EFFECTS_JOB = "coaching.measure_effects"


class NothingToMeasure(Refused):
    code = "coaching_nothing_to_measure"
    text = _("There are no figures of the last year, or nobody was spoken to; there is nothing to compare yet.")


class BeingMeasured(Refused):
    code = "coaching_being_measured"
    status = 409
    text = _("This is being measured at this moment; look at what comes of it.")


@transaction.atomic
def measure_effects(*, site_id: int | None, by: Actor, at: datetime) -> Effect:
    """Have measured what talks and thanks changed in the last year, at a site or in the whole house."""
    require(by, P.MEASURE_EFFECTS)
    zone = ZoneInfo("UTC")
    if site_id is not None:
        zone = ZoneInfo(people.the_site(by, site_id, P.MEASURE_EFFECTS).zone)
    elif not by.sight(P.MEASURE_EFFECTS).everything:
        refuse(by)
    today = at.astimezone(zone).date()
    end = today - timedelta(days=today.weekday())  # the week that goes on is not compared
    if queries.under_way(site_id):
        raise BeingMeasured
    if not queries.anything_to_measure(site_id, end - SPAN, end):
        raise NothingToMeasure
    effect = Effect.objects.create(
        site_id=site_id,
        first_day=end - SPAN,
        last_day=end - timedelta(days=1),
        ordered_at=at,
        ordered_by=by.name,
    )
    ref = (queries.EFFECT, effect.pk)
    jobs.start(EFFECTS_JOB, ref=ref, title=_("What talks and thanks changed"), by=by, at=at, lock=EFFECTS_JOB)
    audit.record(by=by, verb="coaching.measure_effects", about=ref, facts={}, at=at)
    return effect


def measure_all_effects(at: datetime) -> int:
    """Every site, and the whole house where there are several; those with nothing to compare are left out."""
    sites = list(people.visible_sites(SYSTEM).filter(archived=False).order_by("pk").values_list("pk", flat=True))
    begun = 0
    for site_id in [*sites, *([None] if len(sites) > 1 else [])]:
        try:
            measure_effects(site_id=site_id, by=SYSTEM, at=at)
        except (NothingToMeasure, BeingMeasured):
            continue
        begun += 1
    return begun


@transaction.atomic
def keep_effects(*, effect_id: int, result: dict[str, Any], fence: jobs.Fence, at: datetime) -> None:
    """Keep what the job has computed."""
    fence.hold()
    effect = Effect.objects.select_for_update().get(pk=effect_id)
    effect.lines, effect.left, effect.measured_at = result["lines"], result["left"], at
    effect.save(update_fields=["lines", "left", "measured_at"])
