"""Second scores, asked for where they teach most about who evaluates; an agent never hears of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality import queries
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import doubles as rules
from floorwalker.apps.quality.rules import reviews as lives
from floorwalker.apps.quality.services.refusals import AgentHasLeft, OwnContact, ReviewedAlready
from floorwalker.apps.quality.services.reviews import draw
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM, Actor, require
from floorwalker.kernel.errors import NotFound

DOUBLES = "quality.choose_doubles"


def order_doubles(at: datetime) -> int:
    """Every week: have second scores chosen for each site with something scored of late; how many sites."""
    sites = queries.sites_to_double(at)
    for site, name in sites:
        title = _("Choose second scores in %(site)s") % {"site": name}
        jobs.start(DOUBLES, ref=("people.site", site), title=title, by=SYSTEM, at=at, lock=f"{DOUBLES}:{site}")
    return len(sites)


@transaction.atomic
def take_doubles(*, site_id: int, chosen: Iterable[tuple[int, int]], by: Actor, at: datetime) -> int:
    """Put what was chosen (review, second evaluator) into “To review” of the second; how many were taken.

    What has changed meanwhile – a dispute, an agent who left, enough waiting – is passed over.
    """
    require(by, P.EVALUATE)
    waiting, taken = queries.waiting_doubles(), 0
    conversations = dict(queries.scored_once(site_id, at).values_list("pk", "conversation"))
    for review, second in chosen:
        if review not in conversations or waiting.get(second, 0) >= rules.OPEN_AT_MOST:
            continue
        try:
            draw(conversation_id=conversations[review], evaluator_id=second, why=lives.DOUBLE, by=by, at=at)
        except (ReviewedAlready, AgentHasLeft, OwnContact, NotFound):
            continue
        waiting[second] = waiting.get(second, 0) + 1
        taken += 1
    return taken
