"""How often everybody of a sample is owed a talk, and the time off the phones its sites plan."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from floorwalker.apps.coaching import services as coaching
from floorwalker.apps.coaching.rules.floor import SILENCE_LIMIT_DAYS
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Budget
from floorwalker.apps.people.models import Site
from floorwalker.kernel.access import SYSTEM

VISITS_A_DAY = 4
TALK_DAYS = 42
PLANNED = {"minutes": 30, "first_weeks": 8, "first_minutes": 120}


def is_there() -> bool:
    return Budget.objects.exists()


@transaction.atomic
def bring(at: datetime) -> None:
    """A one-to-one every six weeks; half an hour a week for everybody, two hours of training for who is new."""
    for site in Site.objects.filter(archived=False).order_by("pk"):
        said = {"silence_days": SILENCE_LIMIT_DAYS, "visits_a_day": VISITS_A_DAY, "talk_days": TALK_DAYS}
        coaching.set_limits(site_id=site.pk, **said, by=SYSTEM, at=at)
        offphone.set_budget(site_id=site.pk, **PLANNED, by=SYSTEM, at=at)
