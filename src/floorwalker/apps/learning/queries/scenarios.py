"""Scenarios: all of them for who writes them, those in force for who plays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from floorwalker.apps.learning.models import CustomerLine, Handbook, Scenario, ScenarioVersion
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.paging import Rows, page_of_names
from floorwalker.kernel.scoping import pick, scoped

State = ScenarioVersion.State
ONE_FOR_ALL = "a scenario is made up and the same for everybody; who plays it sees its ways only by going them"


def visible_scenarios(actor: Actor, permission: Permission = P.SEE_SCENARIOS) -> QuerySet[Scenario]:
    """All for those who write or lead; who plays sees those that can be played."""
    if not actor.sight(permission):
        return Scenario.objects.none()
    if permission is P.PLAY:
        now = ScenarioVersion.objects.filter(scenario=OuterRef("pk"), state=State.IN_FORCE)
        return Scenario.objects.filter(Exists(now), retired_at=None)
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


def visible_handbooks(actor: Actor, permission: Permission = P.SEE_SCENARIOS) -> QuerySet[Handbook]:
    """Handbooks taken in."""
    return Handbook.objects.all() if actor.sight(permission) else Handbook.objects.none()


def the_handbook(actor: Actor, handbook_id: int, permission: Permission = P.SEE_SCENARIOS) -> Handbook:
    return pick(visible_handbooks(actor, permission), handbook_id)


@dataclass(frozen=True)
class KindLine:
    """A kind of contact of a handbook, that may become the draft of a scenario."""

    kind: str
    steps: int
    about: str


def kinds_of(handbook: Handbook, words: str = "", **place: Any) -> Rows[KindLine]:
    """By alphabet, of those with these words in their name."""
    names = [name for name in handbook.drafts if words in name.lower()]
    found = page_of_names(names, f"kinds of handbook {handbook.pk}", **place)
    drafts = [(name, handbook.drafts[name]) for name in found.items]
    lines = [KindLine(name, len(each["content"]["steps"]), each["about"]) for name, each in drafts]
    return Rows(lines, after=found.after, before=found.before, total=found.total)


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


@dataclass(frozen=True)
class ScenarioLine:
    """A scenario as the list shows it."""

    scenario: Scenario
    in_force: ScenarioVersion | None
    draft: ScenarioVersion | None


def scenario_lines(scenarios: Iterable[Scenario]) -> list[ScenarioLine]:
    """Scenarios in sight, with the version in force and the one being written."""
    scenarios = list(scenarios)
    standing: dict[tuple[int, str], ScenarioVersion] = {
        (each.scenario_id, each.state): each
        for each in ScenarioVersion.objects.filter(scenario__in=scenarios)
        .exclude(state=State.RETIRED)
        .defer("content")
    }
    return [
        ScenarioLine(each, standing.get((each.pk, State.IN_FORCE)), standing.get((each.pk, State.DRAFT)))
        for each in scenarios
    ]


def lines_found(
    actor: Actor, *, reason: str = "", words: str = "", offensive: bool | None = None
) -> QuerySet[CustomerLine]:
    """Lines of the bank of a reason, or holding these words; offensive ones only where they are asked for."""
    rows = visible_lines(actor)
    if reason:
        rows = rows.filter(reason=reason)
    for word in words.split()[:6]:
        rows = rows.filter(text__icontains=word)
    return rows if offensive is None else rows.filter(offensive=offensive)


def reasons(actor: Actor) -> list[tuple[str, int]]:
    """The reasons in the bank, with how many lines each has."""
    rows = visible_lines(actor).values("reason").annotate(n=Count("pk")).order_by("reason")
    return [(each["reason"], each["n"]) for each in rows]


scoped(
    Scenario,
    visible_scenarios,
    P.SEE_SCENARIOS,
    P.KEEP_SCENARIOS,
    P.PLAY,
    canary=("name", "about"),
    staff_see_all=ONE_FOR_ALL,
)
scoped(
    ScenarioVersion,
    visible_versions,
    P.SEE_SCENARIOS,
    P.KEEP_SCENARIOS,
    canary=("made_by", "changed"),
    key="scenario_version_id",
    staff_see_all=ONE_FOR_ALL,
)
scoped(
    CustomerLine,
    visible_lines,
    P.SEE_SCENARIOS,
    P.KEEP_SCENARIOS,
    canary=("text", "reason", "source"),
    key="customer_line_id",
    staff_see_all=ONE_FOR_ALL,
)
scoped(
    Handbook,
    visible_handbooks,
    P.SEE_SCENARIOS,
    P.KEEP_SCENARIOS,
    canary=("name", "by_name"),
    staff_see_all=ONE_FOR_ALL,
)


def playable_scenarios(actor: Actor, permission: Permission = P.PLAY) -> QuerySet[Scenario]:
    """Those in sight that are in force: what a match can be about."""
    return visible_scenarios(actor, permission).filter(retired_at=None, versions__state=State.IN_FORCE).distinct()
