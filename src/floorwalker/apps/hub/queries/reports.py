"""What was reported, in counts and reasons for who moderates, and what became of it for whoever reported it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.hub.models import Post, PostReport
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.queries.posts import Line, leads_of, line_of
from floorwalker.apps.hub.queries.posts_sight import moderators_of, posts_to_judge, visible_posts
from floorwalker.apps.hub.rules.posts import asked_before, title_of
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.roles import Role

A_PAGE = 25


@dataclass(frozen=True)
class ReasonCount:
    reason: str
    words: str
    n: int


@dataclass(frozen=True)
class ReportedPost:
    """A post that was reported and is not looked at yet; by whom is in no part of it."""

    line: Line
    post_id: int
    text: str
    may_read: bool  # the thread it stands in
    n: int
    reasons: list[ReasonCount]
    since: datetime
    late: bool


@dataclass(frozen=True)
class MyReport:
    """A report of one's own and what became of it; the title only while one may read the post."""

    post_id: int
    title: str
    reason: str
    reason_words: str
    at: datetime
    outcome: str
    outcome_words: str
    answer: str
    ended_at: datetime | None


@dataclass(frozen=True)
class ReportedPage:
    lines: list[ReportedPost]
    page: Rows[Post]


@dataclass(frozen=True)
class MyReportPage:
    lines: list[MyReport]
    page: Rows[PostReport]


def reported_posts(actor: Actor) -> QuerySet[Post]:
    """Those to look at where one moderates, but never one's own: its author would guess who reported it."""
    found = posts_to_judge(actor).filter(reported_at__isnull=False)
    return found.select_related("author", "credit", "team", "site", "tag").defer("search")


def reported(actor: Actor, today: date, **place: Any) -> ReportedPage:
    """What waits longest, first; with how many reported it and why."""
    page = page_of(reported_posts(actor), ("reported_at", "pk"), limit=A_PAGE, counted=True, **place)
    return ReportedPage(with_reasons(actor, page.items, today), page)


def with_reasons(actor: Actor, posts: list[Post], today: date) -> list[ReportedPost]:
    """Posts with their open reports counted by reason, the most frequent first."""
    open_ones = PostReport.objects.filter(post__in=[each.pk for each in posts], ended_at=None)
    counts: dict[int, list[ReasonCount]] = {}
    seen = set(visible_posts(actor).filter(pk__in=[each.pk for each in posts]).values_list("pk", flat=True))
    for post_id, reason, n in open_ones.values_list("post", "reason").annotate(n=Count("pk")).order_by("-n"):
        counts.setdefault(post_id, []).append(ReasonCount(reason, str(PostReport.Reason(reason).label), n))
    due = asked_before(today)
    return [
        ReportedPost(
            line=line_of(each),
            post_id=each.pk,
            text=each.text,
            may_read=each.pk in seen,
            n=sum(one.n for one in counts.get(each.pk, [])),
            reasons=counts.get(each.pk, []),
            since=each.reported_at,
            late=each.reported_at.date() <= due,
        )
        for each in posts
        if each.reported_at is not None
    ]


def reported_where_i_lead(actor: Actor) -> tuple[int, list[Post]]:
    """How many wait, and the first five."""
    if not actor.sight(P.MODERATE) and not actor.sight(P.JUDGE):
        return 0, []
    found = reported_posts(actor).order_by("reported_at", "pk")
    shown = list(found[:6])
    return (found.count() if len(shown) == 6 else len(shown)), shown[:5]


def my_reports(actor: Actor, **place: Any) -> MyReportPage:
    """One's own, the latest first."""
    page = page_of(reports_of(actor), ("-at", "-pk"), limit=A_PAGE, counted=True, **place)
    return MyReportPage(what_became(actor, page.items), page)


def reports_of(actor: Actor) -> QuerySet[PostReport]:
    """Those this actor made; nobody else's are ever given."""
    return PostReport.objects.filter(by=actor.user_id).select_related("post").defer("post__search")


def what_became(actor: Actor, rows: list[PostReport]) -> list[MyReport]:
    seen = set(visible_posts(actor).filter(pk__in=[each.post_id for each in rows]).values_list("pk", flat=True))
    return [
        MyReport(
            post_id=each.post_id,
            title=title_of(each.post.text) if each.post_id in seen else "",
            reason=each.reason,
            reason_words=str(each.get_reason_display()),
            at=each.at,
            outcome=each.outcome,
            outcome_words=str(each.get_outcome_display()) if each.outcome else _("not looked at yet"),
            answer=each.answer,
            ended_at=each.ended_at,
        )
        for each in rows
    ]


def my_report_of(actor: Actor, post_id: int) -> MyReport:
    return what_became(actor, list(reports_of(actor).filter(post=post_id).order_by("-pk")[:1]))[0]


def reports_late(day: date) -> QuerySet[Post]:
    """Reported on that day or before, and nobody has said what becomes of it."""
    until = datetime.combine(day, time.max, UTC)
    return Post.objects.filter(reported_at__lte=until).order_by("reported_at", "pk")[:1000]


def who_looks(post: Post) -> list[int]:
    """Who hears of a report: who leads there, else the nearest who may decide on it, else administrators."""
    return leads_of(post) or moderators_of(post) or _administrators(post)


def above(post: Post) -> list[int]:
    """Who leads everywhere, or administrators: they hear of what was not looked at in time."""
    return people.leads_at(None, None, without=post.author_id, roles=(Role.MANAGER,)) or _administrators(post)


def _administrators(post: Post) -> list[int]:
    """Where nobody else may decide; an administrator who wrote it is not among them."""
    if moderators_of(post):
        return []
    return people.leads_at(None, None, without=post.author_id, roles=(Role.ADMINISTRATOR,))


def reported_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """For who moderates; nothing to its own author, were they one of them."""
    found = posts_to_judge(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    words = {"title": title_of(found.text)}
    if found.reported_at is None:
        return _("“%(title)s” was reported and has been looked at.") % words
    return _("Somebody asks you to look at “%(title)s”.") % words


def report_ended_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """For whoever reported it."""
    found = PostReport.objects.filter(pk=ref[1], by=actor.user_id).select_related("post").first()
    if found is None or not found.outcome:
        return None
    if found.outcome == PostReport.Outcome.HIDDEN:
        return _("What you reported is hidden now. Thank you for saying so.")
    return _("What you reported stays: %(answer)s") % {"answer": found.answer}
