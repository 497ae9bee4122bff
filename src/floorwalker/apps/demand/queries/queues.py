"""Reads of queues, always what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from floorwalker.apps.demand.models import Queue, QueueName
from floorwalker.apps.demand.permissions import DemandPermission
from floorwalker.apps.people.models import Client, Site, Skill, Team
from floorwalker.kernel.access import Actor, Permission, Sight
from floorwalker.kernel.scoping import Relation, pick, pick_all, scoped


def within_queues(sight: Sight, prefix: str = "") -> Q:
    """The filter for queues: everywhere, of a site, of a client, of the sites of a team."""
    if sight.everything:
        return Q()
    found = Q(pk__in=[])
    if sight.sites:
        found |= Q(**{f"{prefix}site__in": sight.sites})
    if sight.clients:
        found |= Q(**{f"{prefix}client__in": sight.clients})
    if sight.teams:
        found |= Q(**{f"{prefix}site__in": Team.objects.filter(pk__in=sight.teams).values("site_id")})
    return found


def visible_queues(actor: Actor, permission: Permission = DemandPermission.SEE_VOLUMES) -> QuerySet[Queue]:
    return Queue.objects.filter(within_queues(actor.sight(permission)))


def the_queue(actor: Actor, queue_id: Any, permission: Permission = DemandPermission.SEE_VOLUMES) -> Queue:
    """One queue, or NotFound."""
    return pick(visible_queues(actor, permission).select_related("client", "site", "skill"), queue_id)


def the_queues(
    actor: Actor, queue_ids: Iterable[int], permission: Permission = DemandPermission.SEE_VOLUMES
) -> list[Queue]:
    """These queues in their order, or NotFound if one of them is not in sight."""
    return pick_all(visible_queues(actor, permission).select_related("client", "site", "skill"), queue_ids)


def queues_in_order(actor: Actor, permission: Permission = DemandPermission.SEE_VOLUMES) -> QuerySet[Queue]:
    """Queues in use, as lists show them."""
    return (
        visible_queues(actor, permission)
        .filter(archived=False)
        .select_related("client", "site", "skill")
        .order_by("client__name", "name")
    )


def visible_names(actor: Actor, permission: Permission = DemandPermission.SEE_VOLUMES) -> QuerySet[QueueName]:
    return QueueName.objects.filter(queue__in=visible_queues(actor, permission))


def visible_clients(actor: Actor, permission: Permission) -> QuerySet[Client]:
    """Clients an actor may act for as a whole: everywhere, theirs, or those served only where the actor is.

    An account between a client and us covers all its queues; who sees some of them only does not see it.
    """
    sight = actor.sight(permission)
    if sight.everything:
        return Client.objects.all()
    beyond = Queue.objects.filter(client=OuterRef("pk")).exclude(within_queues(sight))
    inside = Queue.objects.filter(within_queues(sight), client=OuterRef("pk"))
    return Client.objects.filter(Q(pk__in=sight.clients) | (Exists(inside) & ~Exists(beyond)))


def clients_to_agree_with(actor: Actor, permission: Permission) -> QuerySet[Client]:
    """Clients an actor may agree things with: those in reach, and those who have no queue anywhere yet."""
    sight = actor.sight(permission)
    if sight.everything:
        return Client.objects.all()
    fresh = ~Exists(Queue.objects.filter(client=OuterRef("pk")))
    mine = Q(pk__in=visible_clients(actor, permission).values("pk"))
    return Client.objects.filter(mine | fresh) if sight.sites else Client.objects.filter(mine)


def the_client_to_agree_with(actor: Actor, client_id: Any, permission: Permission) -> Client:
    return pick(clients_to_agree_with(actor, permission), client_id)


def the_client_for_agreements(actor: Actor, client_id: Any) -> Client:
    """A client whose agreements the actor may read, or make the first of."""
    readable = visible_clients(actor, DemandPermission.SEE_RECORD).values("pk")
    fresh = clients_to_agree_with(actor, DemandPermission.SET_EXPECTATIONS).values("pk")
    return pick(Client.objects.filter(Q(pk__in=readable) | Q(pk__in=fresh)), client_id)


def the_client(actor: Actor, client_id: Any, permission: Permission) -> Client:
    return pick(visible_clients(actor, permission), client_id)


def sites_for_queues(actor: Actor) -> QuerySet[Site]:
    """Sites where the actor may set up queues."""
    sight = actor.sight(DemandPermission.KEEP_QUEUES)
    sites = Site.objects.filter(archived=False).order_by("name")
    return sites if sight.everything else sites.filter(pk__in=sight.sites)


def clients_for_queues(actor: Actor) -> QuerySet[Client]:
    """Clients a queue may be set up for: any, as one may come new to a site."""
    found = Client.objects.filter(archived=False).order_by("name")
    return found if actor.sight(DemandPermission.KEEP_QUEUES).beyond_own else found.none()


def skills_for_queues() -> QuerySet[Skill]:
    return Skill.objects.filter(archived=False).order_by("name")


def likely_zone(actor: Actor) -> str:
    """The zone most queues in reach have; of a single site, its own."""
    zones = list(queues_in_order(actor, DemandPermission.STORE_HISTORY).values_list("zone", flat=True))
    zones = zones or list(sites_for_queues(actor).values_list("zone", flat=True))
    return max(set(zones), key=zones.count) if zones else actor.zone


def names_of_queue(queue: Queue) -> list[QueueName]:
    """What other systems call a queue one has been shown, the newest last."""
    return list(QueueName.objects.filter(queue=queue).order_by("system", "days"))


def the_name(actor: Actor, name_id: Any) -> QueueName:
    return pick(visible_names(actor, DemandPermission.KEEP_QUEUES), name_id)


QUEUE_RELATIONS: tuple[Relation, ...] = ("team", "site", "client")

scoped(
    Queue,
    visible_queues,
    DemandPermission.SEE_VOLUMES,
    canary="name",
    relations=QUEUE_RELATIONS,
    fixed=("key", "zone"),
)
scoped(
    QueueName,
    visible_names,
    DemandPermission.SEE_VOLUMES,
    canary="external_id",
    key="name_id",
    relations=QUEUE_RELATIONS,
)
