"""How contacts were documented: how many say how they ended, and where code and words do not go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from floorwalker.apps.quality.models import Conversation
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.queries.conversations import visible_conversations
from floorwalker.kernel.access import Actor
from floorwalker.kernel.scoping import within


@dataclass(frozen=True)
class EndingLine:
    """Contacts of a queue: how many name a reason and how they ended, and how many raise a question."""

    queue: str
    contacts: int
    with_reason: int
    coded: int
    questions: int

    @property
    def reason_share(self) -> float:
        return self.with_reason / self.contacts if self.contacts else 0.0

    @property
    def coded_share(self) -> float:
        return self.coded / self.contacts if self.contacts else 0.0

    @property
    def question_share(self) -> float:
        return self.questions / self.coded if self.coded else 0.0


def endings(actor: Actor, first: datetime) -> list[EndingLine]:
    """By queue, the least documented first; in sums, nobody's name beside them."""
    reach = within(actor.sight(P.SEE_LOST), team="agent__team", site="agent__team__site")
    rows = (
        Conversation.objects.filter(reach, started_at__gte=first)
        .values_list("queue_name")
        .annotate(
            n=Count("pk"),
            with_reason=Count("pk", filter=~Q(reason="")),
            coded=Count("pk", filter=~Q(disposition="")),
            questions=Count("pk", filter=~Q(ending="")),
        )
        .order_by("queue_name")
    )
    return sorted((EndingLine(*row) for row in rows), key=lambda each: (each.coded_share, each.queue))


def whole(lines: list[EndingLine]) -> EndingLine:
    """All queues together."""
    return EndingLine(
        "",
        sum(each.contacts for each in lines),
        sum(each.with_reason for each in lines),
        sum(each.coded for each in lines),
        sum(each.questions for each in lines),
    )


def ending_questions(actor: Actor, first: datetime) -> QuerySet[Conversation]:
    """Contacts one may read whose code and words do not go together, the newest first."""
    found = visible_conversations(actor).filter(started_at__gte=first).exclude(ending="")
    return found.select_related("agent").defer("turns")


ENDING_COLUMNS = ("queue", "contacts", "with_reason", "with_code", "questions")


def ending_rows(lines: list[EndingLine]) -> Iterator[list[Any]]:
    for each in lines:
        yield [each.queue, each.contacts, each.with_reason, each.coded, each.questions]
