"""What talks and thanks changed, for programs: sums, nobody by name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Coaching"])


class EffectLineOut(Out):
    """One kind of event beside one measure; a change only where the events could show one worth speaking of."""

    event: str
    measure: str
    events: int
    people: int
    worth: float = Field(description="The smallest change worth speaking of.")
    detectable: float | None = Field(description="What these events could have shown, four times in five.")
    change: float | None
    low: float | None
    high: float | None
    needed: int = Field(description="About how many people it would take, where nothing is said.")


class EffectOut(Out):
    id: int
    site_id: int | None
    first_day: date
    last_day: date
    ordered_at: datetime
    measured_at: datetime | None
    lines: list[EffectLineOut]
    left: int = Field(description="Comparisons not made, because the work was stopped.")


class MeasureEffects(In):
    site_id: int | None = Field(None, description="Empty: the whole house.")


@operation(
    router,
    "get",
    "/effects",
    P.SEE_EFFECTS,
    response=Page[EffectOut],
    summary=_("What talks and thanks changed, every measurement"),
)
def list_effects(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_effects(request.actor), "-ordered_at")


@operation(
    router, "get", "/effects/{int:effect_id}", P.SEE_EFFECTS, response=EffectOut, summary=_("One measurement")
)
def get_effect(request: Request, effect_id: int) -> Any:
    return queries.the_effect(request.actor, effect_id)


@operation(
    router,
    "post",
    "/effects",
    P.MEASURE_EFFECTS,
    response=EffectOut,
    status=201,
    summary=_("Have measured what talks and thanks changed"),
)
def measure_effects(request: Request, payload: MeasureEffects) -> Any:
    return services.measure_effects(site_id=payload.site_id, by=request.actor, at=request.at)
