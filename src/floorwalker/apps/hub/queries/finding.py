"""Finding words in everything one may see: posts, announcements, policies and what was answered for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.hub.models import Announcement, Post
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.queries.announcements import visible_announcements
from floorwalker.apps.hub.queries.posts_sight import visible_posts
from floorwalker.apps.hub.queries.sight import visible_policies, visible_sayings
from floorwalker.apps.hub.rules.finding import Part, marked, query_of, words_of
from floorwalker.apps.hub.rules.posts import title_of
from floorwalker.apps.hub.rules.sayings import SHOWN
from floorwalker.kernel.access import Actor
from floorwalker.kernel.picking import holding

LOOKED_THROUGH = 400  # the newest that fit; the best of them come first
FOUND = 30


@dataclass(frozen=True)
class Found:
    """One place where the words stand."""

    what: str
    title: str
    url: str
    parts: list[Part]
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Search:
    words: tuple[str, ...]
    found: list[Found]
    more: bool


def search(actor: Actor, text: str) -> Search:
    """The best of the newest that hold all words; a search without a letter finds nothing."""
    words = words_of(text)
    if not words:
        return Search((), [], False)
    posts = _posts(actor, words)
    found = [*_announcements(actor, words), *(_of_post(each, words) for each in posts[:FOUND])]
    return Search(words, [*found, *_answers(actor, words)], len(posts) > FOUND)


def posts_found(actor: Actor, text: str) -> list[Post]:
    """For programs: the same posts."""
    words = words_of(text)
    return _posts(actor, words)[:FOUND] if words else []


def _query(words: tuple[str, ...]) -> SearchQuery:
    return SearchQuery(query_of(words), search_type="raw", config=settings.SEARCH_LANGUAGE)


def _posts(actor: Actor, words: tuple[str, ...]) -> list[Post]:
    """Ranked are the newest that fit, so that a word everybody uses costs no more than a rare one."""
    query = _query(words)
    fitting = visible_posts(actor).filter(search=query).order_by("-at", "-pk").values("pk")[:LOOKED_THROUGH]
    newest = list(fitting.values_list("pk", flat=True))
    rank = SearchRank(F("search"), query, normalization=1)
    ranked = Post.objects.filter(pk__in=newest).order_by(rank.desc(), "-at", "-pk")
    best = list(ranked.values_list("pk", flat=True)[: FOUND + 1])
    # Their words are read once the best are known: sorting four hundred whole posts took longer than finding them.
    rows = Post.objects.select_related("author", "credit", "root").defer("search", "root__search").in_bulk(best)
    return [rows[each] for each in best if each in rows]


def _of_post(post: Post, words: tuple[str, ...]) -> Found:
    root = post.root or post
    return Found(
        what=str(post.get_kind_display()),
        title=title_of(root.text),
        url=f"{reverse('hub:thread', args=[root.pk])}#post-{post.pk}",
        parts=marked(post.text, words),
        by=(post.credit or post.author).name,
        at=post.at,
    )


def _announcements(actor: Actor, words: tuple[str, ...]) -> list[Found]:
    rows: QuerySet[Announcement] = visible_announcements(actor).filter(search=_query(words))
    return [
        Found(
            what=_("announcement"),
            title=each.title,
            url=reverse("hub:announcement", args=[each.pk]),
            parts=marked(each.text, words),
            by=each.by.name,
            at=each.at,
        )
        for each in rows.select_related("by").order_by("-at", "-pk")[:5]
    ]


def _answers(actor: Actor, words: tuple[str, ...]) -> list[Found]:
    """Policies, and what was said for all to read; there are few of them."""
    policies = visible_policies(actor).filter(archived=False) if actor.may(P.SEE_TOPICS) else None
    said = visible_sayings(actor).filter(public=True, state__in=SHOWN)
    found = [
        Found(_("policy"), each.name, reverse("hub:policies"), marked(each.text, words), "", None)
        for each in (
            policies.filter(holding(list(words), "name", "text")).order_by("name")[:5]
            if policies is not None
            else ()
        )
    ]
    return found + [
        Found(
            _("you said, we did"),
            title_of(each.text),
            reverse("hub:saying", args=[each.pk]),
            marked(each.text, words),
            "",
            None,
        )
        for each in said.filter(holding(list(words), "text")).order_by("-moved_on", "pk")[:5]
    ]
