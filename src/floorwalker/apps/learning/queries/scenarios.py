"""Scenarios: all of them for who writes them, those in force for who plays."""

from __future__ import annotations

from django.db.models import QuerySet

from floorwalker.apps.learning.models import CustomerLine, Scenario, ScenarioVersion
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.scoping import pick, scoped

State = ScenarioVersion.State
ONE_FOR_ALL = "a scenario is made up and the same for everybody; who plays it sees its ways only by going them"


def visible_scenarios(actor: Actor, permission: Permission = P.SEE_SCENARIOS) -> QuerySet[Scenario]:
    """All for those who write or lead; who plays sees those that can be played."""
    if not actor.sight(permission):
        return Scenario.objects.none()
    if permission is P.PLAY:
        return Scenario.objects.filter(retired_at=None, versions__state=State.IN_FORCE)
    return Scenario.objects.all()


def the_scenario(actor: Actor, scenario_id: int, permission: Permission = P.SEE_SCENARIOS) -> Scenario:
    return pick(visible_scenarios(actor, permission).select_related("keeper"), scenario_id)


def visible_versions(actor: Actor, permission: Permission = P.SEE_SCENARIOS) -> QuerySet[ScenarioVersion]:
    return ScenarioVersion.objects.all() if actor.sight(permission) else ScenarioVersion.objects.none()


def the_version(actor: Actor, version_id: int, permission: Permission = P.SEE_SCENARIOS) -> ScenarioVersion:
    return pick(visible_versions(actor, permission).select_related("scenario"), version_id)


def visible_lines(actor: Actor, permission: Permission = P.SEE_SCENARIOS) -> QuerySet[CustomerLine]:
    """The bank of customer lines."""
    return CustomerLine.objects.all() if actor.sight(permission) else CustomerLine.objects.none()


def the_line(actor: Actor, line_id: int, permission: Permission = P.SEE_SCENARIOS) -> CustomerLine:
    return pick(visible_lines(actor, permission), line_id)


def versions_of(actor: Actor, scenario: Scenario) -> QuerySet[ScenarioVersion]:
    """The newest first."""
    return visible_versions(actor).filter(scenario=scenario).order_by("-number")


def draft_of(scenario_id: int) -> ScenarioVersion | None:
    return ScenarioVersion.objects.filter(scenario=scenario_id, state=State.DRAFT).first()


def in_force(actor: Actor, scenario_id: int, permission: Permission = P.PLAY) -> ScenarioVersion:
    """The version that is played now."""
    scenario = the_scenario(actor, scenario_id, permission)
    found = ScenarioVersion.objects.select_related("scenario").filter(scenario=scenario, state=State.IN_FORCE)
    version = found.first()
    if version is None:
        raise NotFound
    return version


scoped(Scenario, visible_scenarios, P.SEE_SCENARIOS, P.PLAY, canary=("name", "about"), staff_see_all=ONE_FOR_ALL)
scoped(
    ScenarioVersion,
    visible_versions,
    P.SEE_SCENARIOS,
    canary=("made_by", "changed"),
    key="scenario_version_id",
    staff_see_all=ONE_FOR_ALL,
)
scoped(
    CustomerLine,
    visible_lines,
    P.SEE_SCENARIOS,
    canary=("text", "reason", "source"),
    key="customer_line_id",
    staff_see_all=ONE_FOR_ALL,
)
