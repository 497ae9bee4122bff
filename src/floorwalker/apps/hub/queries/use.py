"""How the hub is used: counts by week, never of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek

from floorwalker.apps.hub.models import Post, Reuse
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.queries.audiences import reach, within_reach
from floorwalker.kernel.access import Actor

WEEKS = 12


@dataclass(frozen=True)
class Week:
    """What was written in a week."""

    monday: date
    messages: int = 0
    questions: int = 0
    practices: int = 0
    replies: int = 0
    accepted: int = 0
    used: int = 0


@dataclass(frozen=True)
class Use:
    weeks: list[Week]
    asked: int
    accepted: int
    hours_to_accept: float | None  # the middle one


def use(actor: Actor, today: date) -> Use:
    """The last twelve weeks where this actor may look; what was hidden is not counted."""
    monday = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    since = datetime.combine(monday, time.min, UTC)
    here = reach(actor, P.SEE_USE)
    posts = Post.objects.filter(at__gte=since, hidden_at=None)
    if not here.everything:
        posts = posts.filter(within_reach(here)) if here else posts.none()
    rows = (
        posts.order_by()
        .annotate(week=TruncWeek("at", tzinfo=UTC))
        .values("week")
        .annotate(
            messages=Count("pk", filter=Q(kind="message")),
            questions=Count("pk", filter=Q(kind="question")),
            practices=Count("pk", filter=Q(kind="practice")),
            replies=Count("pk", filter=Q(kind="reply")),
            accepted=Count("pk", filter=Q(accepted__isnull=False)),
        )
    )
    known = {row.pop("week").date(): row for row in rows}
    used = Reuse.objects.filter(at__gte=since)
    if not here.everything:
        used = used.filter(post__in=Post.objects.filter(within_reach(here))) if here else used.none()
    by_week = used.order_by().annotate(week=TruncWeek("at", tzinfo=UTC)).values_list("week")
    uses = {week.date(): n for week, n in by_week.annotate(n=Count("pk"))}
    mondays = [monday + timedelta(weeks=n) for n in range(WEEKS)]
    weeks = [Week(each, used=uses.get(each, 0), **known.get(each, {})) for each in mondays]
    ended = posts.filter(accepted_at__isnull=False).values_list("at", "accepted_at")
    hours = [(accepted - asked).total_seconds() / 3600 for asked, accepted in ended]
    asked = sum(week.questions for week in weeks)
    return Use(weeks, asked, sum(week.accepted for week in weeks), median(hours) if hours else None)
