"""What agents hold over time, for programs: teams they were in, skills, names in other systems."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from pydantic import Field

from floorwalker.apps.people import queries, services
from floorwalker.apps.people.api.router import router
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel.api import In, Out, operation, verb
from floorwalker.kernel.pages import Request


class SkillIn(In):
    level: int | None = Field(
        None, ge=1, le=5, description="1 learning … 5 teaches others; nothing: not judged yet."
    )
    proof: str = Field("", max_length=200)
    proven_on: date | None = None


class SkillOut(Out):
    skill_id: int
    skill: str = Field(alias="skill.name")
    level: int | None
    proof: str
    proven_on: date | None


class NameIn(In):
    system: str = Field(min_length=1, max_length=60)
    external_id: str = Field(min_length=1, max_length=120)
    since: date
    until: date | None = Field(None, description="The first day it does not hold any more.")


class NameOut(Out):
    id: int
    system: str
    external_id: str
    since: date = Field(alias="days.lower")
    until: date | None = Field(alias="days.upper")


class NameEnd(In):
    until: date


class StayOut(Out):
    team_id: int
    team: str = Field(alias="team.name")
    since: date = Field(alias="days.lower")
    until: date | None = Field(alias="days.upper")


@operation(
    router,
    "get",
    "/agents/{int:agent_id}/teams",
    P.SEE_AGENTS,
    response=list[StayOut],
    summary=_("Teams over time"),
)
def list_stays(request: Request, agent_id: int) -> Any:
    agent = queries.the_agent(request.actor, agent_id)
    return queries.visible_memberships(request.actor).filter(agent=agent).select_related("team").order_by("days")


@operation(
    router, "get", "/agents/{int:agent_id}/skills", P.SEE_AGENTS, response=list[SkillOut], summary=_("Skills held")
)
def list_skills_held(request: Request, agent_id: int) -> Any:
    agent = queries.the_agent(request.actor, agent_id)
    held = queries.visible_agent_skills(request.actor).filter(agent=agent)
    return held.select_related("skill").order_by("skill__name")


verb(
    router,
    "put",
    "/agents/{int:agent_id}/skills/{int:skill_id}",
    P.KEEP_SKILLS,
    does=services.set_skill,
    takes=SkillIn,
    response=SkillOut,
    summary=_("Say a skill, its level and proof"),
)


verb(
    router,
    "delete",
    "/agents/{int:agent_id}/skills/{int:skill_id}",
    P.KEEP_SKILLS,
    does=services.drop_skill,
    status=204,
    summary=_("Drop a skill"),
)


@operation(
    router,
    "get",
    "/agents/{int:agent_id}/names",
    P.SEE_AGENTS,
    response=list[NameOut],
    summary=_("Names elsewhere"),
)
def list_names(request: Request, agent_id: int) -> Any:
    agent = queries.the_agent(request.actor, agent_id)
    return queries.visible_agent_names(request.actor).filter(agent=agent).order_by("system", "days")


verb(
    router,
    "post",
    "/agents/{int:agent_id}/names",
    P.KEEP_AGENTS,
    does=services.add_name,
    takes=NameIn,
    response=NameOut,
    status=201,
    summary=_("Add a name in another system"),
)


verb(
    router,
    "post",
    "/agent-names/{int:name_id}/end",
    P.KEEP_AGENTS,
    does=services.end_name,
    takes=NameEnd,
    response=NameOut,
    summary=_("End a name in another system"),
)
