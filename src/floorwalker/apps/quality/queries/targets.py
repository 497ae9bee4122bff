"""Reads of what quality is agreed with clients."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from floorwalker.apps.people import queries as people
from floorwalker.apps.quality.models import QualityTarget
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import targets as rules
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import scoped

Known = dict[int, list[tuple[date, int]]]


def visible_targets(actor: Actor, permission: Permission = P.SEE_SUMS) -> QuerySet[QualityTarget]:
    """All for those who work here and see sums; a client's own people see their own."""
    return QualityTarget.objects.filter(client__in=people.visible_clients(actor, permission))


scoped(
    QualityTarget,
    visible_targets,
    P.SEE_SUMS,
    canary="note",
    key="quality_target_id",
    relations=("client",),
    staff_see_all="what is agreed with a client is worked for by everybody who judges its contacts",
)


def targets_written(actor: Actor) -> QuerySet[QualityTarget]:
    """Everything ever agreed, the latest first."""
    return visible_targets(actor).select_related("client").order_by("-starts", "-at", "-pk")


def targets_of(clients: Iterable[int]) -> Known:
    """First day and score of everything agreed with these clients, in the order it was written."""
    found: Known = {}
    rows = QualityTarget.objects.filter(client__in=set(clients)).order_by("at", "pk")
    for client, starts, score in rows.values_list("client_id", "starts", "score"):
        found.setdefault(client, []).append((starts, score))
    return found


def target_on(known: Known, client: int | None, day: date) -> int | None:
    """What holds for a client on a day."""
    return rules.in_force(known.get(client, ()), day) if client is not None else None
