"""For talks about the work: evaluations an agent was shown, what they can win back, and where views differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality.models import LostPoint, Review, Side
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.mine import FOR_GAPS, Gap, gaps_in
from floorwalker.apps.quality.queries.reviews import SHOWN_TO_AGENT, answers_of, content_of, visible_reviews
from floorwalker.apps.quality.rules.forms import account
from floorwalker.apps.quality.rules.reviews import CHECK_ME, SAMPLE
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
    rows = rows.select_related("conversation", "form_version").defer("conversation__turns")
    found = list(rows.order_by("-released_at", "-pk")[:most])
    return [Shown(each, _losses(each)) for each in found]


def _losses(review: Review) -> list[tuple[str, float]]:
    """In points of the score, so that they can stand beside it: they and the score make 100."""
    content = content_of(review)
    found = account(content, answers_of(review, Side.DECIDER))
    lost = [(item.text, n) for key, n in (found.lost if found else {}).items() if (item := content.item(key))]
    return sorted(lost, key=lambda each: (-each[1], each[0]))


def gaps_of(actor: Actor, agent: Agent, at: datetime) -> list[Gap]:
    """Items an agent in sight sees otherwise than their evaluators, where both said often enough."""
    rows = visible_reviews(actor, P.SEE_REVIEWS).filter(
        agent=agent,
        state__in=SHOWN_TO_AGENT,
        self_handed_in_at__isnull=False,
        released_at__gte=at - FOR_GAPS,
    )
    return gaps_in(rows)


def shown_reviews(actor: Actor, agent: Agent) -> QuerySet[Review]:
    """Evaluations of an agent that were shown to them and are no second score, as far as this actor sees them."""
    rows = visible_reviews(actor, P.SEE_REVIEWS).filter(agent=agent, state__in=SHOWN_TO_AGENT)
    return rows.filter(why__in=[SAMPLE, CHECK_ME]).select_related("conversation").defer("conversation__turns")


ToGive = Callable[[Actor, Agent, str, str], str]


@dataclass
class Onward:
    """The room of feedback stands above this one; `project/readers.py` says how it is asked for its address."""

    to_give: ToGive | None = None


ONWARD = Onward()


def feedback_by(to_give: ToGive) -> None:
    """Say where feedback on a contact or an evaluation begins."""
    ONWARD.to_give = to_give


def feedback_url(actor: Actor, agent: Agent, kind: str, ref: str) -> str:
    """Where this actor gives feedback on a contact or an evaluation; empty where they may not."""
    return ONWARD.to_give(actor, agent, kind, ref) if ONWARD.to_give else ""
