"""For talks about the work: evaluations an agent was shown, what they can win back, and where views differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality.models import LostPoint, Review
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.mine import FOR_GAPS, Gap, gaps_in
from floorwalker.apps.quality.queries.reviews import SHOWN_TO_AGENT, visible_reviews
from floorwalker.kernel.access import Actor


@dataclass(frozen=True)
class Shown:
    """An evaluation that was shown, with the items at which the agent lost points; no words of anybody."""

    review: Review
    lost: list[tuple[str, float]]  # item and points, the most first


def shown_with_losses(actor: Actor, agent: Agent, since: datetime, *, most: int = 5) -> list[Shown]:
    """Evaluations in sight that were shown since then and lost points the agent can win back, newest first."""
    own = LostPoint.objects.filter(controlled_by="agent").values("review")
    rows = visible_reviews(actor, P.SEE_REVIEWS).filter(
        agent=agent, state__in=SHOWN_TO_AGENT, released_at__gte=since, pk__in=own
    )
    rows = rows.select_related("conversation").defer("conversation__turns")
    found = list(rows.order_by("-released_at", "-pk")[:most])
    lost: dict[int, list[tuple[str, float]]] = {}
    points = LostPoint.objects.filter(review__in=found, controlled_by="agent").order_by("-points", "item_key")
    for review, text, worth in points.values_list("review", "item_text", "points"):
        lost.setdefault(review, []).append((text, worth))
    return [Shown(each, lost.get(each.pk, [])) for each in found]


def gaps_of(actor: Actor, agent: Agent, at: datetime) -> list[Gap]:
    """Items an agent in sight sees otherwise than their evaluators, where both said often enough."""
    rows = visible_reviews(actor, P.SEE_REVIEWS).filter(
        agent=agent,
        state__in=SHOWN_TO_AGENT,
        self_handed_in_at__isnull=False,
        released_at__gte=at - FOR_GAPS,
    )
    return gaps_in(rows)
