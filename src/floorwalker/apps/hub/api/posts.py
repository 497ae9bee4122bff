"""What colleagues write to each other, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.directories import TAGS
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.directory import declare_operations
from floorwalker.kernel.pages import Request

router = Router(tags=["Hub"])


class PostOut(Out):
    id: int
    kind: str
    root_id: int | None = Field(description="The post it replies to.")
    text: str = Field(description="Plain text; nothing in it is markup.")
    author_id: int
    credit_id: int | None = Field(description="The agent whose tip it is.")
    audience: str
    site_id: int | None
    team_id: int | None
    tag_id: int | None
    at: datetime
    moved_at: datetime
    edited_at: datetime | None
    accepted_id: int | None
    replied: int
    reused: int
    hidden_at: datetime | None
    hidden_why: str
    version: int


class PostEditOut(Out):
    text: str
    at: datetime


class PostMentionOut(Out):
    user_id: int
    at: datetime


class PostsWanted(In):
    kind: Literal["", "message", "question", "open", "practice"] = ""
    tag_id: int | None = None


class PostIn(In):
    kind: Literal["message", "question", "practice"]
    text: str = Field(min_length=1, max_length=4000)
    to: str = Field("", description="all, site:12 or team:7; empty: the nearest.", max_length=40)
    tag_id: int | None = None
    credit_id: int | None = Field(None, description="The agent whose tip it is; empty: one's own.")
    call_in: int | None = Field(None, description="The user to call in.")


class TipIn(In):
    agent_id: int
    text: str = Field(min_length=1, max_length=4000)
    once: str = Field(min_length=1, max_length=200, description="The same again changes nothing.")
    tag_id: int | None = None


class PostWordsIn(In):
    text: str = Field(min_length=1, max_length=4000)


class PostEditIn(PostWordsIn):
    version: int
    tag_id: int | None = None


class PostMentionIn(In):
    user_id: int


class PostHideIn(In):
    why: str = Field(min_length=1, max_length=300)


class PostReportIn(In):
    reason: Literal["private", "hurts", "wrong", "beside"]


class PostKeepIn(In):
    why: str = Field(min_length=1, max_length=300, description="Whoever reported it reads this.")


class PostReportOut(Out):
    post_id: int
    title: str = Field(description="Its first line; empty when one may no longer read it.")
    reason: str = Field(description="private, hurts, wrong or beside, as it was sent.")
    at: datetime
    outcome: str = Field(description="hidden, kept, or empty while nobody has looked at it.")
    answer: str
    ended_at: datetime | None


class ReasonCountOut(Out):
    reason: str
    n: int


class ReportedPostOut(Out):
    post_id: int
    text: str
    n: int = Field(description="How many reported it; who is told to nobody.")
    reasons: list[ReasonCountOut]
    since: datetime
    late: bool


class WordsWanted(In):
    q: str = Field("", max_length=200)


class FoundPartOut(Out):
    text: str
    hit: bool


class FoundOut(Out):
    what: str
    title: str
    url: str
    parts: list[FoundPartOut] = Field(description="The text around it, found or beside it.")
    by: str
    at: datetime | None


class WeekOfHubOut(Out):
    monday: date
    messages: int
    questions: int
    practices: int
    replies: int
    accepted: int
    used: int


@operation(router, "get", "/posts", P.READ, response=Page[PostOut], summary=_("Threads"))
def list_posts(request: Request, wanted: Query[PostsWanted], paging: Query[Paging]) -> Any:
    """What begins a thread, the latest word first."""
    found = queries.posts_in(request.actor, wanted.kind, wanted.tag_id)
    return paging.of(found.defer("search"), "-moved_at")


@operation(router, "post", "/posts", P.POST, response=PostOut, status=201, summary=_("Write something"))
def post(request: Request, payload: PostIn) -> Any:
    return services.post(**payload.dict(), by=request.actor, at=request.at)


@operation(router, "post", "/tips", P.POST, response=PostOut, status=201, summary=_("Write down somebody's tip"))
def credit_tip(request: Request, payload: TipIn) -> Any:
    return services.credit_tip(**payload.dict(), by=request.actor, at=request.at)


@operation(router, "get", "/posts/{int:post_id}", P.READ, response=PostOut, summary=_("One post"))
def get_post(request: Request, post_id: int) -> Any:
    return queries.the_post(request.actor, post_id)


@operation(router, "get", "/posts/{int:post_id}/replies", P.READ, response=Page[PostOut], summary=_("Its replies"))
def list_replies(request: Request, post_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_post(request.actor, post_id)
    return paging.of(queries.visible_posts(request.actor).filter(root=found).defer("search"), "at")


@operation(router, "get", "/posts/{int:post_id}/edits", P.READ, response=Page[PostEditOut], summary=_("Before"))
def list_post_edits(request: Request, post_id: int, paging: Query[Paging]) -> Any:
    """What it said before it was changed."""
    found = queries.the_post(request.actor, post_id)
    return paging.of(queries.visible_edits(request.actor).filter(post=found), "-at")


@operation(
    router, "get", "/posts/{int:post_id}/mentions", P.READ, response=Page[PostMentionOut], summary=_("Called in")
)
def list_mentions(request: Request, post_id: int, paging: Query[Paging]) -> Any:
    found = queries.the_post(request.actor, post_id)
    return paging.of(queries.visible_mentions(request.actor).filter(post=found), "at")


@operation(
    router, "post", "/posts/{int:post_id}/replies", P.POST, response=PostOut, status=201, summary=_("Reply")
)
def reply(request: Request, post_id: int, payload: PostWordsIn) -> Any:
    return services.reply(post_id=post_id, text=payload.text, by=request.actor, at=request.at)


@operation(router, "post", "/posts/{int:post_id}/accept", P.POST, response=PostOut, summary=_("Accept an answer"))
def accept(request: Request, post_id: int) -> Any:
    """Named is the reply; answered is the question."""
    return services.accept(post_id=post_id, by=request.actor, at=request.at)


@operation(router, "post", "/posts/{int:post_id}/use", P.POST, response=PostOut, summary=_("I used this"))
def use(request: Request, post_id: int) -> Any:
    return services.use(post_id=post_id, by=request.actor, at=request.at)


@operation(router, "put", "/posts/{int:post_id}", P.POST, response=PostOut, summary=_("Change it"))
def edit(request: Request, post_id: int, payload: PostEditIn) -> Any:
    return services.edit(post_id=post_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/posts/{int:post_id}/mentions",
    P.POST,
    response=PostMentionOut,
    status=201,
    summary=_("Call somebody in"),
)
def mention(request: Request, post_id: int, payload: PostMentionIn) -> Any:
    return services.mention(post_id=post_id, user_id=payload.user_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/posts/{int:post_id}/hide", P.MODERATE, P.JUDGE, response=PostOut, summary=_("Hide it")
)
def hide(request: Request, post_id: int, payload: PostHideIn) -> Any:
    return services.hide(post_id=post_id, why=payload.why, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/posts/{int:post_id}/restore",
    P.MODERATE,
    P.JUDGE,
    response=PostOut,
    summary=_("Show it again"),
)
def restore(request: Request, post_id: int) -> Any:
    return services.restore(post_id=post_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    "/posts/{int:post_id}/report",
    P.POST,
    response=PostReportOut,
    status=201,
    summary=_("Report a post"),
)
def report_post(request: Request, post_id: int, payload: PostReportIn) -> Any:
    """Who moderates there reads the reason; who reported is told to nobody."""
    services.report_post(post_id=post_id, reason=payload.reason, by=request.actor, at=request.at)
    return queries.my_report_of(request.actor, post_id)


@operation(router, "get", "/hub/reports/mine", P.POST, response=Page[PostReportOut], summary=_("What I reported"))
def list_my_reports(request: Request, paging: Query[Paging]) -> Any:
    """With what became of it, the latest first."""
    found = paging.of(queries.reports_of(request.actor), "-at", "-pk")
    return found | {"items": queries.what_became(request.actor, found["items"])}


@operation(
    router, "get", "/hub/reports", P.MODERATE, P.JUDGE, response=Page[ReportedPostOut], summary=_("Reported posts")
)
def list_reported_posts(request: Request, paging: Query[Paging]) -> Any:
    """Those nobody has looked at yet, the one that waits longest first."""
    found = paging.of(queries.reported_posts(request.actor), "reported_at", "pk")
    return found | {"items": queries.with_reasons(request.actor, found["items"], request.at.date())}


@operation(
    router, "post", "/posts/{int:post_id}/keep", P.MODERATE, P.JUDGE, response=PostOut, summary=_("Let it stand")
)
def keep_post(request: Request, post_id: int, payload: PostKeepIn) -> Any:
    """Ends the reports of it; whoever made them reads why."""
    return services.keep_post(post_id=post_id, why=payload.why, by=request.actor, at=request.at)


@operation(router, "get", "/hub/search", P.READ, response=list[FoundOut], summary=_("Search the hub"))
def search_hub(request: Request, wanted: Query[WordsWanted]) -> Any:
    return queries.search(request.actor, wanted.q).found


@operation(router, "get", "/hub/use", P.SEE_USE, response=list[WeekOfHubOut], summary=_("How the hub is used"))
def use_of_hub(request: Request) -> Any:
    """Counts by week, never of a person."""
    return queries.use(request.actor, request.at.date()).weeks


declare_operations(router, TAGS)
