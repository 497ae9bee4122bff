"""Scenarios, for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.api.router import router
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.shapes import (
    ChangedScenario,
    CopiedScenario,
    DescribedScenario,
    NewScenario,
    PublishingScenario,
    RetiringScenario,
    ScenarioCheckOut,
    ScenarioOut,
    ScenarioPlayedOut,
    ScenarioVersionOut,
)
from floorwalker.kernel.api import Page, Paging, operation
from floorwalker.kernel.pages import Request

ONE = "/arena/scenarios/{int:scenario_id}"
VERSION = "/arena/scenario-versions/{int:scenario_version_id}"


@operation(router, "get", "/arena/scenarios", P.SEE_SCENARIOS, response=Page[ScenarioOut], summary=_("Scenarios"))
def list_scenarios(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_scenarios(request.actor), "name")


@operation(
    router,
    "get",
    "/arena/scenarios/to-play",
    P.PLAY,
    response=Page[ScenarioOut],
    summary=_("Scenarios to play"),
)
def list_to_play(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.scenarios_to_play(request.actor), "name")


@operation(
    router,
    "post",
    "/arena/scenarios",
    P.KEEP_SCENARIOS,
    response=ScenarioVersionOut,
    status=201,
    summary=_("Draft a new scenario"),
)
def make_scenario(request: Request, payload: NewScenario) -> Any:
    flow = payload.content.flow()
    return services.make_scenario(
        name=payload.name, about=payload.about, flow=flow, by=request.actor, at=request.at
    )


@operation(router, "put", ONE, P.KEEP_SCENARIOS, response=ScenarioOut, summary=_("Describe a scenario anew"))
def describe_scenario(request: Request, scenario_id: int, payload: DescribedScenario) -> Any:
    return services.describe_scenario(scenario_id=scenario_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "post", f"{ONE}/retire", P.KEEP_SCENARIOS, response=ScenarioOut, summary=_("Retire, or take back")
)
def retire_scenario(request: Request, scenario_id: int, payload: RetiringScenario) -> Any:
    return services.retire_scenario(
        scenario_id=scenario_id, retired=payload.retired, by=request.actor, at=request.at
    )


@operation(
    router, "post", f"{ONE}/keep", P.KEEP_SCENARIOS, response=ScenarioOut, summary=_("Keep a scenario yourself")
)
def keep_scenario(request: Request, scenario_id: int) -> Any:
    return services.keep_scenario(scenario_id=scenario_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    f"{ONE}/look-again",
    P.KEEP_SCENARIOS,
    response=ScenarioOut,
    summary=_("Say it still holds"),
)
def look_again(request: Request, scenario_id: int) -> Any:
    return services.look_again(scenario_id=scenario_id, by=request.actor, at=request.at)


@operation(
    router,
    "get",
    f"{ONE}/versions",
    P.SEE_SCENARIOS,
    response=Page[ScenarioVersionOut],
    summary=_("Versions of a scenario"),
)
def list_versions(request: Request, scenario_id: int, paging: Query[Paging]) -> Any:
    scenario = queries.the_scenario(request.actor, scenario_id)
    return paging.of(queries.visible_versions(request.actor).filter(scenario=scenario), "-number")


@operation(
    router,
    "post",
    f"{ONE}/versions",
    P.KEEP_SCENARIOS,
    response=ScenarioVersionOut,
    status=201,
    summary=_("Begin the next version of a scenario"),
)
def start_draft(request: Request, scenario_id: int) -> Any:
    """It begins as the latest."""
    return services.start_draft(scenario_id=scenario_id, by=request.actor, at=request.at)


@operation(
    router, "get", VERSION, P.SEE_SCENARIOS, response=ScenarioVersionOut, summary=_("A version of a scenario")
)
def get_version(request: Request, scenario_version_id: int) -> Any:
    return queries.the_version(request.actor, scenario_version_id)


@operation(router, "put", VERSION, P.KEEP_SCENARIOS, response=ScenarioVersionOut, summary=_("Change a draft"))
def change_draft(request: Request, scenario_version_id: int, payload: ChangedScenario) -> Any:
    return services.change_draft(
        version_id=scenario_version_id,
        flow=payload.content.flow(),
        version=payload.version,
        by=request.actor,
        at=request.at,
    )


@operation(
    router,
    "get",
    f"{VERSION}/check",
    P.SEE_SCENARIOS,
    response=ScenarioCheckOut,
    summary=_("What keeps a version from being put in force"),
)
def check_version(request: Request, scenario_version_id: int) -> Any:
    return queries.plain_check(queries.the_version(request.actor, scenario_version_id))


@operation(
    router,
    "get",
    f"{VERSION}/played",
    P.SEE_SCENARIOS,
    response=ScenarioPlayedOut,
    summary=_("How often each way of a version is taken, without names"),
)
def played(request: Request, scenario_version_id: int) -> Any:
    return queries.plain_played(request.actor, queries.the_version(request.actor, scenario_version_id))


@operation(
    router,
    "post",
    f"{VERSION}/publish",
    P.KEEP_SCENARIOS,
    response=ScenarioVersionOut,
    summary=_("Put a draft in force"),
)
def publish(request: Request, scenario_version_id: int, payload: PublishingScenario) -> Any:
    """From now on its words never change; the one before retires."""
    return services.publish_scenario(
        version_id=scenario_version_id, **payload.dict(), by=request.actor, at=request.at
    )


@operation(
    router,
    "post",
    f"{VERSION}/drop",
    P.KEEP_SCENARIOS,
    response=None,
    status=204,
    summary=_("Drop a draft"),
)
def drop_draft(request: Request, scenario_version_id: int) -> Any:
    services.drop_draft(version_id=scenario_version_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    f"{VERSION}/copy",
    P.KEEP_SCENARIOS,
    response=ScenarioVersionOut,
    status=201,
    summary=_("Begin another scenario as this version"),
)
def copy_scenario(request: Request, scenario_version_id: int, payload: CopiedScenario) -> Any:
    return services.copy_scenario(
        version_id=scenario_version_id, name=payload.name, by=request.actor, at=request.at
    )
