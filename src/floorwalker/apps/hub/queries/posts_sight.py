"""Who sees which post: whom it was written to, its author, and whoever moderates where it stands."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from floorwalker.apps.hub.models import Mention, Post, PostEdit, PostReport, Reuse, Tag
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.queries.audiences import reach, within_reach
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import not_scoped, pick, scoped


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


def the_post(actor: Actor, post_id: int, permission: Permission = P.READ) -> Post:
    return pick(
        visible_posts(actor, permission).select_related(
            "author", "credit", "root__author", "tag", "team", "site", "hidden_by"
        ),
        post_id,
    )


def the_post_to_moderate(actor: Actor, post_id: int) -> Post:
    return pick(posts_to_moderate(actor).select_related("root", "author"), post_id)


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
