"""Walking the floor for programs: who was seen, and what a site holds to be too long."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.api.feedback import TouchOut
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.api import In, Out, operation, verb
from floorwalker.kernel.pages import Request

router = Router(tags=["Feedback"])


class SawAgent(In):
    how: Literal["", "walked_by", "called"] = Field(
        "", description="Left out, it is as usual with somebody who works at one place only."
    )


class PlaceOut(Out):
    """What people of one place of work were given together in 30 days; nothing where they are too few to say."""

    key: str = Field(description="on_site, home or both; empty where it is not said.")
    people: int
    shown: bool
    times: int | None
    minutes: int | None


class FloorLimits(In):
    silence_days: int = Field(ge=1, le=90, description="Days without a word at most.")
    visits_a_day: int = Field(ge=1, le=40, description="Visits a supervisor has time for in a day.")
    steps_months: int | None = Field(
        None, ge=1, le=24, description="Months a step of a response counts; left out, it stays as it is."
    )
    talk_days: int | None = Field(
        None,
        ge=0,
        le=120,
        description="Days between two one-to-ones at most; 0: nobody is owed one by the calendar.",
    )
    talk_minutes: int | None = Field(None, ge=10, le=120, description="Minutes of a one-to-one owed so.")


class FloorLimitsOut(Out):
    site_id: int
    silence_days: int
    visits_a_day: int
    steps_months: int
    talk_days: int
    talk_minutes: int


verb(
    router,
    "post",
    "/agents/{int:agent_id}/visits",
    P.WALK,
    does=services.visit,
    takes=SawAgent,
    response=TouchOut,
    status=201,
    summary=_("Say that one saw an agent"),
    about="Said twice within a moment it is one visit.",
)


@operation(
    router,
    "get",
    "/attention/places",
    P.SEE_ATTENTION,
    response=list[PlaceOut],
    summary=_("How attention lies on site and from home"),
)
def list_places(request: Request) -> Any:
    """Sums; none of fewer than five, nor of a group from which one of fewer could be told."""
    return queries.attention_by_place(request.actor, request.at)


verb(
    router,
    "delete",
    "/visits/{int:touch_id}",
    P.WALK,
    does=services.take_back_visit,
    status=204,
    summary=_("Take back a visit said by mistake"),
    about="Within a minute.",
)
verb(
    router,
    "put",
    "/sites/{int:site_id}/floor-limits",
    P.KEEP_LIMITS,
    does=services.set_limits,
    takes=FloorLimits,
    response=FloorLimitsOut,
    summary=_("Say how long without a word is too long at a site"),
)
