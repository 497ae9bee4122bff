"""Who sees what was said: its author, who answers for it, and all, where its author lets them and it is done."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Value

from floorwalker.apps.accounts.models import User
from floorwalker.apps.hub.authorship import is_theirs
from floorwalker.apps.hub.models import Policy, Saying, SayingMove, Topic
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules import SHOWN
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.roles import Role
from floorwalker.kernel.scoping import pick, scoped, within


def visible_topics(actor: Actor, permission: Permission = P.SEE_TOPICS) -> QuerySet[Topic]:
    """The topics of the sites in sight, one's own included, and those of all sites."""
    sight = actor.sight(permission)
    if sight.everything:
        return Topic.objects.all()
    if not sight:
        return Topic.objects.none()
    reach = within(sight, own="site__teams__agents__user", team="site__teams", site="site")
    return Topic.objects.filter(Q(site=None) | Q(pk__in=Topic.objects.filter(reach).values("pk")))


def the_topic(actor: Actor, topic_id: int) -> Topic:
    return pick(visible_topics(actor).filter(archived=False), topic_id)


def visible_policies(actor: Actor, permission: Permission = P.SEE_TOPICS) -> QuerySet[Policy]:
    """Everybody who works here reads all policies."""
    return Policy.objects.all() if actor.sight(permission) else Policy.objects.none()


def the_policy(actor: Actor, policy_id: int, permission: Permission = P.SEE_TOPICS) -> Policy:
    return pick(visible_policies(actor, permission).select_related("owner"), policy_id)


def visible_sayings(actor: Actor, permission: Permission = P.SAY) -> QuerySet[Saying]:
    """What one said with one's name, what one answers for, and what was answered for all to read.

    What somebody said without their name they find by :func:`said_without_a_name` alone, so that no address of
    theirs ever names it.
    """
    sight = actor.sight(permission)
    found = Saying.objects.filter(delivered=True)
    if sight.everything:
        return found
    if not sight:
        return found.none()
    theirs = within(sight, own="author") | within(sight, own="owner") | within(sight, own="topic__second")
    return found.filter(theirs | Q(public=True, state__in=SHOWN))


def the_saying(actor: Actor, saying_id: int) -> Saying:
    return pick(visible_sayings(actor).select_related("topic__second", "owner", "policy"), saying_id)


def the_saying_to_answer(actor: Actor, saying_id: int) -> Saying:
    """One that this actor answers for."""
    found = visible_sayings(actor)
    if actor.kind != "system":
        found = found.filter(Q(owner=actor.user_id) | Q(topic__second=actor.user_id))
    return pick(found, saying_id)


def to_join(actor: Actor, saying: Saying) -> QuerySet[Saying]:
    """Others of the topic and kind that this actor answers for and that are not joined themselves."""
    found = visible_sayings(actor).filter(Q(owner=actor.user_id) | Q(topic__second=actor.user_id))
    same = found.filter(topic=saying.topic_id, kind=saying.kind, joined_to=None).exclude(pk=saying.pk)
    return same.order_by("-said_on", "pk")


def said_without_a_name(actor: Actor) -> list[int]:
    """What this user said without their name, found by trying their key on each row that still has one."""
    if actor.user_id is None or not actor.sight(P.SAY):
        return []
    rows = Saying.objects.filter(~Q(author_key="")).values_list("pk", "salt", "author_key")
    return [pk for pk, salt, key in rows if is_theirs(actor.user_id, salt, key)]


def visible_moves(actor: Actor, permission: Permission = P.SAY) -> QuerySet[SayingMove]:
    return SayingMove.objects.filter(saying__in=visible_sayings(actor, permission))


def answerers(actor: Actor, permission: Permission = P.KEEP_TOPICS) -> QuerySet[User]:
    """Who can be named for a topic: those who hold a role beyond answering contacts."""
    if not actor.sight(permission):
        return User.objects.none()
    other = ~Q(roles_held__role__in=[Role.AGENT, Role.CLIENT_VIEWER]) & Q(roles_held__isnull=False)
    ids = User.objects.filter(other, is_active=True, service_account=False).values("pk")
    # A directory offers what is not archived; users are shut out instead, which is asked above.
    return User.objects.filter(pk__in=ids).annotate(archived=Value(False)).order_by("name", "pk")


scoped(
    Topic,
    visible_topics,
    P.SEE_TOPICS,
    canary=("name", "about"),
    relations=("own", "team", "site"),
)
scoped(
    Policy,
    visible_policies,
    P.SEE_TOPICS,
    canary=("name", "text"),
    relations=("own",),
    staff_see_all="policies are for all to read",
)
scoped(Saying, visible_sayings, P.SAY, canary="text", relations=("own",), fixed=("salt", "author_key"))
scoped(SayingMove, visible_moves, P.SAY, canary="words", key="move_id", relations=("own",))
