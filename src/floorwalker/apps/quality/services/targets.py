"""What quality is agreed with a client, written down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.quality.models import QualityTarget
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused

HIGHEST = 100


class NoScore(Refused):
    code = "quality_target_is_no_score"
    text = _("{score} is no average score: agree on 1 to 100.")


@transaction.atomic
def agree_target(
    *, client_id: int, score: int, starts: date, note: str = "", by: Actor, at: datetime
) -> QualityTarget:
    """Write down the average score agreed with a client from a day on; what held before stays readable."""
    require(by, P.KEEP_FORMS)
    client = people.the_client(by, client_id)
    if not 1 <= score <= HIGHEST:
        raise NoScore(score=score)
    made = QualityTarget.objects.create(
        client=client, score=score, starts=starts, note=note.strip()[:300], by_name=by.name, at=at
    )
    facts = {"client": client.name, "score": score, "from": starts.isoformat()}
    audit.record(by=by, verb="quality.agree_target", about=("people.client", client.pk), facts=facts, at=at)
    return made
