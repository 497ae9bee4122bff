"""Posts as pages, programs and notices show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.accounts.models import User
from floorwalker.apps.hub.models import Mention, Post, PostEdit, Reuse, Tag
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.queries.audiences import To, readers
from floorwalker.apps.hub.queries.posts_sight import (
    posts_to_moderate,
    reported_by,
    visible_posts,
)
from floorwalker.apps.hub.rules.posts import ALL, ASK, BEGINNINGS, PRACTICE, REPLY, named_in, title_of
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.kernel.paging import Rows, page_of
from floorwalker.kernel.roles import Role

OPEN_QUESTIONS = "open"
A_PAGE = 25
COUNTED = 1000  # threads; nobody needs to know of more, and counting them all takes longer than the page
REPLIES_SHOWN = 100


@dataclass(frozen=True)
class Line:
    """A post in a list: what it is, its first line, by whom, how it stands."""

    post: Post
    id: int
    kind: str
    title: str
    by: str
    noted_by: str  # who wrote it down, where the tip is another's
    audience: str
    state: str
    tone: str
    hidden: bool


def audience_words(post: Post) -> str:
    """To whom it is written."""
    if post.audience == ALL:
        return _("all who work here")
    return post.team.name if post.team else post.site.name if post.site else ""


def first_line(post: Post) -> str:
    return title_of(post.text)


def line_of(post: Post) -> Line:
    state, tone = _state(post)
    credited = post.credit is not None and post.credit.user_id != post.author_id
    return Line(
        post=post,
        id=post.pk,
        kind=str(post.get_kind_display()),
        title=title_of(post.text),
        by=post.credit.name if credited and post.credit else post.author.name,
        noted_by=post.author.name if credited else "",
        audience=audience_words(post),
        state=state,
        tone=tone,
        hidden=post.hidden_at is not None,
    )


def _state(post: Post) -> tuple[str, str]:
    if post.hidden_at is not None:
        return _("hidden"), "attention"
    if post.kind == ASK:
        if post.accepted_id is not None:
            return _("answered"), "good"
        if post.replied:
            n = ngettext("%(n)d reply", "%(n)d replies", post.replied) % {"n": post.replied}
            return _("%(replies)s, none accepted yet") % {"replies": n}, "info"
        return _("no reply yet"), "attention"
    if post.kind == PRACTICE and post.reused:
        return ngettext("used by %(n)d", "used by %(n)d", post.reused) % {"n": post.reused}, "good"
    if post.replied:
        return ngettext("%(n)d reply", "%(n)d replies", post.replied) % {"n": post.replied}, "neutral"
    return _("new") if post.kind != PRACTICE else _("try it"), "neutral"


@dataclass(frozen=True)
class LinePage:
    lines: list[Line]
    page: Rows[Post]
    many: bool = False  # more than are counted


def posts_in(actor: Actor, kind: str = "", tag_id: int | None = None) -> QuerySet[Post]:
    """What begins a thread, of one kind or all; `open`: questions without an accepted answer."""
    found = visible_posts(actor).filter(root=None)
    if kind == OPEN_QUESTIONS:
        found = found.filter(kind=ASK, accepted=None)
    elif kind in BEGINNINGS:
        found = found.filter(kind=kind)
    if tag_id is not None:
        found = found.filter(tag=tag_id)
    return found


def board(actor: Actor, kind: str = "", tag_id: int | None = None, **place: Any) -> LinePage:
    """Threads, the one with the latest word first."""
    found = posts_in(actor, kind, tag_id)
    rows = found.select_related("author", "credit", "team", "site", "tag").defer("search")
    page = page_of(rows, ("-moved_at", "-pk"), limit=A_PAGE, **place)
    total = found.order_by("-moved_at", "-pk")[: COUNTED + 1].count()
    lines = [line_of(each) for each in page.items]
    return LinePage(lines, page if total > COUNTED else replace(page, total=total), many=total > COUNTED)


@dataclass(frozen=True)
class Entry:
    """A post within its thread, with what this reader may do."""

    post: Post
    line: Line
    mine: bool
    accepted: bool
    mentions: list[str]
    may_accept: bool
    may_use: bool
    used: bool
    may_edit: bool
    may_hide: bool
    may_mention: bool
    may_report: bool
    reported: bool  # by this reader


@dataclass(frozen=True)
class Thread:
    begins: Entry
    replies: list[Entry]
    page: Rows[Post]
    may_reply: bool


def thread(actor: Actor, root: Post, **place: Any) -> Thread:
    """A thread, its accepted answer first, in a number of queries that does not grow with it."""
    shown = (
        visible_posts(actor)
        .select_related("author", "credit", "team", "site", "tag", "hidden_by")
        .defer("search")
        .prefetch_related(Prefetch("mentions", Mention.objects.select_related("user").order_by("pk")))
    )
    begin = shown.get(pk=root.pk)
    replies = shown.filter(root=root)
    page = page_of(replies.exclude(pk=begin.accepted_id), ("at", "pk"), limit=REPLIES_SHOWN, counted=True, **place)
    best = list(replies.filter(pk=begin.accepted_id)) if begin.accepted_id else []
    ids = [begin.pk, *(each.pk for each in (*best, *page.items))]
    moderated = set(posts_to_moderate(actor).filter(pk__in=ids).values_list("pk", flat=True))
    reported = reported_by(actor, [begin, *best, *page.items])
    used = Reuse.objects.filter(post=begin, user=actor.user_id).exists() if begin.kind == PRACTICE else False

    def entry(post: Post) -> Entry:
        mine = post.author_id == actor.user_id
        writes = actor.may(P.POST) and post.hidden_at is None and begin.hidden_at is None
        theirs = mine or (post.credit is not None and post.credit.user_id == actor.user_id)
        asks = begin.kind == ASK and begin.author_id == actor.user_id and begin.accepted_id is None
        return Entry(
            post=post,
            line=line_of(post),
            mine=mine,
            accepted=post.pk == begin.accepted_id,
            mentions=[each.user.name for each in post.mentions.all()],
            may_accept=writes and post.kind == REPLY and asks,
            may_use=writes and post.kind == PRACTICE and not theirs and not used,
            used=used and post.kind == PRACTICE,
            may_edit=writes and mine,
            may_hide=post.pk in moderated,
            may_mention=writes and post.root_id is None,
            may_report=writes and not mine and post.pk not in reported and post.pk not in moderated,
            reported=post.pk in reported,
        )

    writes = actor.may(P.POST) and begin.hidden_at is None
    return Thread(entry(begin), [entry(each) for each in (*best, *page.items)], page, writes)


def edits(post: Post) -> list[PostEdit]:
    """What it said before, the latest first."""
    return list(post.edits.select_related("by").order_by("-at", "-pk")[:50])


def tag_named(text: str) -> int | None:
    """The tag whose name stands in the words."""
    return named_in(text, Tag.objects.filter(archived=False).values_list("pk", "name"))


def tags_to_choose(actor: Actor) -> list[Tag]:
    return list(Tag.objects.filter(archived=False).order_by("name", "pk")) if actor.sight(P.READ) else []


def _to(post: Post) -> To:
    return To(post.audience, post.site_id, post.team_id)


def mentionable(actor: Actor, post: Post, at: datetime) -> QuerySet[User]:
    """Who may see it, but not the one who calls."""
    return readers(_to(post), at.date(), also_above=True).exclude(pk=actor.user_id)


def mentionable_in(to: To, actor: Actor, at: datetime) -> QuerySet[User]:
    return readers(to, at.date(), also_above=True).exclude(pk=actor.user_id)


def agents_to_credit(to: To, at: datetime) -> QuerySet[Agent]:
    """Agents who read it too."""
    return agents_here(at).filter(user__in=readers(to, at.date()).values("pk"))


def agents_here(at: datetime) -> QuerySet[Agent]:
    """Who has not left."""
    return Agent.objects.filter(Q(left_on=None) | Q(left_on__gte=at.date()))


def works_there(agent: Agent, to: To) -> bool:
    """Whether an audience is the agent's own team, site or everybody; also of who does not sign in."""
    return agent.team_id == to.team_id if to.team_id else to.site_id in (None, agent.team.site_id)


def questions_waiting(day: date) -> QuerySet[Post]:
    """Questions of that day or before without any reply, of which nobody was told."""
    until = datetime.combine(day, time.max, UTC)
    return Post.objects.filter(
        kind=ASK, accepted=None, replied=0, waited_at=None, hidden_at=None, at__lte=until
    ).order_by("at", "pk")[:1000]


def leads_of(post: Post) -> list[int]:
    """Who leads where a question was asked; of a whole site and of all who work here managers do too."""
    if post.team_id is not None:
        roles: tuple[Role, ...] = (Role.SUPERVISOR,)
    else:
        roles = (Role.SUPERVISOR, Role.MANAGER) if post.site_id is not None else (Role.MANAGER,)
    return people.leads_at(post.team_id, post.site_id, without=post.author_id, roles=roles)


def my_answered(actor: Actor) -> list[Post]:
    """One's own questions with replies of which none is accepted yet."""
    if actor.user_id is None:
        return []
    found = Post.objects.filter(author=actor.user_id, kind=ASK, accepted=None, hidden_at=None, replied__gt=0)
    return list(found.order_by("-moved_at", "-pk")[:5])


def waiting_where_i_lead(actor: Actor) -> list[Post]:
    """Questions nobody has replied to where this actor moderates, longest first."""
    if not actor.sight(P.MODERATE):
        return []
    found = posts_to_moderate(actor).filter(
        kind=ASK, accepted=None, replied=0, hidden_at=None, waited_at__isnull=False
    )
    return list(found.order_by("at", "pk")[:5])


def posts_exported(actor: Actor) -> Iterator[list[str]]:
    """Every thread and reply one may read, as a table."""
    rows = visible_posts(actor).select_related("author", "credit", "team", "site", "tag").order_by("at", "pk")
    for each in rows.iterator(chunk_size=500):
        shown = line_of(each)
        yield [
            str(each.pk),
            str(each.root_id or ""),
            each.at.isoformat(timespec="minutes"),
            each.kind,
            shown.by,
            shown.audience,
            each.tag.name if each.tag else "",
            each.text,
            shown.state,
            str(each.reused),
        ]


def about_in_words(sentence: str) -> Any:
    """The notice of a kind: the sentence with the first line of the thread, as far as its reader may see it."""

    def in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
        found = visible_posts(actor).filter(pk=ref[1]).select_related("root", "author").first()
        if found is None:
            return None
        root = found.root or found
        return _(sentence) % {"title": title_of(root.text), "name": found.author.name}

    return in_words


def hidden_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """For its author: that it was hidden, and why."""
    found = visible_posts(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    if found.hidden_at is None:
        return _("“%(title)s” is shown again.") % {"title": title_of(found.text)}
    return _("“%(title)s” was hidden: %(why)s") % {"title": title_of(found.text), "why": found.hidden_why}
