"""Would you sell to yourself, for programs: one's own steps, and what others have shown."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.api import In, Out, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Activities of groups"])
PITCHES = "/activities/{int:activity_id}/pitches"
MINE = f"{PITCHES}/mine"


class ShownPitchOut(Out):
    name: str = Field(description="Empty: shown without a name.")
    product: str
    words: str
    would_buy: int | None
    why: str
    objection: str
    change: str
    anew: str
    would_buy_anew: int | None


class SpreadOut(Out):
    before: list[int] = Field(description="How often 1, 2, 3, 4 and 5 were said.")
    after: list[int]


class PitchesOut(Out):
    shown: list[ShownPitchOut]
    spread: SpreadOut | None = Field(description="To the lead, of five people or more, once answers stand still.")


class MyPitchOut(Out):
    product: str
    words: str
    would_buy: int | None
    why: str
    objection: str
    change: str
    anew: str
    would_buy_anew: int | None
    shown: str


class WritePitch(In):
    product: str = Field(min_length=1, max_length=120)
    words: str = Field(min_length=1, max_length=1000)


class ReadAsCustomer(In):
    would_buy: int = Field(ge=1, le=5)
    why: str = Field(min_length=1, max_length=600)
    objection: str = Field("", max_length=400)


class ReadAsOwner(In):
    change: str = Field(min_length=1, max_length=500)
    anew: str = Field(min_length=1, max_length=1000)
    would_buy_anew: int = Field(ge=1, le=5)


class ShowPitch(In):
    how: Literal["kept", "named", "unnamed"]


@operation(router, "get", PITCHES, P.TAKE_PART, response=PitchesOut, summary=_("Pitches the group was shown"))
def list_pitches(request: Request, activity_id: int) -> Any:
    found = queries.activity_page(request.actor, activity_id)
    return queries.pitches_of(request.actor, found.activity, takes_part=found.part is not None, leads=found.leads)


@operation(router, "get", MINE, P.TAKE_PART, response=MyPitchOut, summary=_("One's own pitch"))
def get_my_pitch(request: Request, activity_id: int) -> Any:
    return queries.the_pitch_of_mine(request.actor, activity_id)


@operation(router, "put", f"{MINE}/pitch", P.TAKE_PART, response=MyPitchOut, summary=_("Write how one sells it"))
def write_pitch(request: Request, activity_id: int, payload: WritePitch) -> Any:
    return _step(request, activity_id, "pitch", payload)


@operation(
    router,
    "put",
    f"{MINE}/customer",
    P.TAKE_PART,
    response=MyPitchOut,
    summary=_("Read one's pitch as the customer"),
)
def read_as_customer(request: Request, activity_id: int, payload: ReadAsCustomer) -> Any:
    return _step(request, activity_id, "customer", payload)


@operation(
    router, "put", f"{MINE}/owner", P.TAKE_PART, response=MyPitchOut, summary=_("Read one's pitch as the owner")
)
def read_as_owner(request: Request, activity_id: int, payload: ReadAsOwner) -> Any:
    return _step(request, activity_id, "owner", payload)


@operation(
    router, "put", f"{MINE}/shown", P.TAKE_PART, response=MyPitchOut, summary=_("Show one's pitch, or nobody")
)
def show_pitch(request: Request, activity_id: int, payload: ShowPitch) -> Any:
    return services.show_pitch(activity_id=activity_id, how=payload.how, by=request.actor, at=request.at)


def _step(request: Request, activity_id: int, step: str, payload: In) -> Any:
    return services.write_pitch_step(
        activity_id=activity_id, step=step, answers=payload.dict(), by=request.actor, at=request.at
    )
