"""Moments that set emotions off, across scenarios in force; and a training that keeps minutes for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from floorwalker.apps.learning.models import ScenarioVersion, TriggerMoment
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.queries.scenarios import ONE_FOR_ALL
from floorwalker.apps.learning.rules.agenda import Slot, agenda
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.scoping import scoped

MOST_OFFERED = 40


def visible_moments(actor: Actor, permission: Permission = P.SEE_SCENARIOS) -> QuerySet[TriggerMoment]:
    """The bank: those of scenarios in force, so that none is there twice."""
    if not actor.sight(permission):
        return TriggerMoment.objects.none()
    rows = TriggerMoment.objects.filter(
        version__state=ScenarioVersion.State.IN_FORCE, version__scenario__retired_at=None
    )
    return rows.select_related("version__scenario")


scoped(
    TriggerMoment,
    visible_moments,
    P.SEE_SCENARIOS,
    canary=("text", "line"),
    key="trigger_moment_id",
    fixed=("node",),
    staff_see_all=ONE_FOR_ALL,
)


@dataclass(frozen=True)
class AgendaLine:
    slot: Slot
    moment: TriggerMoment | None


def agenda_of(
    actor: Actor, *, minutes: int, share: float, kind: str = "", chosen: list[int] | None = None
) -> list[AgendaLine]:
    """A training of these minutes: with the moments chosen, or else with those of its kind, by scenario."""
    rows = visible_moments(actor)
    if chosen:
        rows = rows.filter(pk__in=chosen)
    if kind:
        rows = rows.filter(controllable=kind == "controllable")
    moments = list(rows.order_by("version__scenario__name", "pk")[:MOST_OFFERED])
    if not chosen and not kind:
        moments = _by_turns(moments)
    slots = agenda(minutes, share, [each.minutes for each in moments])
    return [AgendaLine(slot, None if slot.moment is None else moments[slot.moment]) for slot in slots]


def _by_turns(moments: list[TriggerMoment]) -> list[TriggerMoment]:
    """One that can be kept from growing, then one that can only be borne, so that both are trained."""
    sides = ([each for each in moments if each.controllable], [each for each in moments if not each.controllable])
    longest = max(len(side) for side in sides)
    return [side[place] for place in range(longest) for side in sides if place < len(side)]
