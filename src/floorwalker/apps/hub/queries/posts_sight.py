"""Who sees which post: whom it was written to, its author, and whoever moderates where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from floorwalker.apps.hub.models import Mention, Post, PostEdit, PostReport, Reuse, Tag
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.queries.audiences import reach, within_reach
from floorwalker.apps.hub.rules.posts import stands_as_judged
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.roles import Role
from floorwalker.kernel.scoping import not_scoped, pick, scoped

MODERATORS = (Role.SUPERVISOR, Role.MANAGER)


def visible_posts(actor: Actor, permission: Permission = P.READ) -> QuerySet[Post]:
    """What is hidden is seen by its author and by who moderates there; under what is hidden, everything is."""
    if not actor.sight(permission):
        return Post.objects.none()
    found, here = Post.objects.all(), reach(actor, permission)
    if not here.everything:
        found = found.filter(within_reach(here) | Q(author=actor.user_id))
    moderates = reach(actor, P.MODERATE)
    if moderates.everything:
        return found
    open_to_all = Q(shown=True)
    mine = Q(author=actor.user_id)
    return found.filter(open_to_all | mine | _moderated(moderates.teams, moderates.whole_sites))


def _moderated(teams: frozenset[int], sites: frozenset[int]) -> Q:
    return Q(audience="team", team__in=teams) | Q(audience__in=["team", "site"], site__in=sites)


def posts_to_moderate(actor: Actor) -> QuerySet[Post]:
    """Those of one's teams and sites; what is for all belongs to who moderates everywhere."""
    sight = actor.sight(P.MODERATE)
    if sight.everything:
        return Post.objects.all()
    return Post.objects.filter(_moderated(sight.teams, sight.sites))


def posts_to_judge(actor: Actor) -> QuerySet[Post]:
    """Those one moderates, and reported ones nobody else may decide on: never ones of oneself."""
    found = posts_to_moderate(actor)
    if actor.sight(P.JUDGE):
        waiting = list(_reported_or_hidden_by(actor))
        decided = people.somebody_leads([(*_place(each), each.author_id) for each in waiting], MODERATORS)
        left = [each.pk for each, others in zip(waiting, decided, strict=True) if not others]
        found = found | Post.objects.filter(pk__in=left)
    return found.exclude(author=actor.user_id)


def _reported_or_hidden_by(actor: Actor) -> QuerySet[Post]:
    """What may be without anybody to decide on it: few, however large the hub is."""
    waits = Q(reported_at__isnull=False) | Q(hidden_at__isnull=False, hidden_by=actor.user_id)
    return Post.objects.filter(waits).only("audience", "team", "site", "author").order_by("reported_at")[:1000]


def moderators_of(post: Post) -> list[int]:
    """The nearest who may decide on a post, its author excepted; nobody in a house with one lead who wrote it."""
    return people.leads_at(*_place(post), without=post.author_id, roles=MODERATORS)


def _place(post: Post) -> tuple[int | None, int | None]:
    """The team and the site it was written to."""
    return (
        post.team_id if post.audience == "team" else None,
        post.site_id if post.audience != "all" else None,
    )


def reported_by(actor: Actor, posts: Iterable[Post]) -> set[int]:
    """Which of these one has reported as they stand now: what was changed after it was looked at may be anew."""
    edited = {each.pk: each.edited_at for each in posts}
    rows = PostReport.objects.filter(post__in=edited, by=actor.user_id).values_list("post", "ended_at")
    return {pk for pk, ended in rows if ended is None or stands_as_judged(edited[pk], ended)}


def the_post(actor: Actor, post_id: int, permission: Permission = P.READ) -> Post:
    return pick(
        visible_posts(actor, permission).select_related(
            "author", "credit", "root__author", "tag", "team", "site", "hidden_by"
        ),
        post_id,
    )


def the_post_to_moderate(actor: Actor, post_id: int) -> Post:
    """One where this actor moderates, their own among them, or that nobody else may decide on."""
    return pick((posts_to_moderate(actor) | posts_to_judge(actor)).select_related("root", "author"), post_id)


def visible_edits(actor: Actor, permission: Permission = P.READ) -> QuerySet[PostEdit]:
    return PostEdit.objects.filter(post__in=visible_posts(actor, permission))


def visible_mentions(actor: Actor, permission: Permission = P.READ) -> QuerySet[Mention]:
    return Mention.objects.filter(post__in=visible_posts(actor, permission))


def visible_tags(actor: Actor, permission: Permission = P.READ) -> QuerySet[Tag]:
    """The list is one for all who read the hub."""
    return Tag.objects.all() if actor.sight(permission) else Tag.objects.none()


def the_tag(actor: Actor, tag_id: int) -> Tag:
    return pick(visible_tags(actor).filter(archived=False), tag_id)


scoped(Post, visible_posts, P.READ, canary="text", fixed=("hidden_why", "once", "search_as"))
scoped(PostEdit, visible_edits, P.READ, canary="text", key="edit_id")
scoped(Mention, visible_mentions, P.READ)
not_scoped(Reuse, "counted, and asked whether the reader is among them; who else used something is told to nobody")
not_scoped(
    PostReport,
    "counted by reason for who moderates; each reads what became of their own; who reported, nobody does",
)
