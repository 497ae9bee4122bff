"""Published weeks put to a question, for programs."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.capacity import queries, rules, services
from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.apps.capacity.permissions import CapacityPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Required staff"])


class StudyIn(In):
    site_id: int
    first_day: date = Field(description="Of a published week; any day of it.")
    purpose: WeekStudy.Purpose = Field(
        WeekStudy.Purpose.SKILLS,
        description="levers: what callbacks would bring; model: only the week as the command line reads it.",
    )
    taught_id: int | None = Field(
        None, description="Only the skill of this queue; nothing: every skill people lack."
    )
    slower: float = Field(
        rules.SLOWER, ge=0, le=2, description="Share by which the taught take longer than those who know the work."
    )
    training_hours: float = Field(
        rules.TRAINING_HOURS, gt=0, le=10_000, description="To teach one person one skill."
    )
    callback_from_minutes: float = Field(
        rules.CALLBACK_FROM_MINUTES,
        ge=rules.FEWEST_MINUTES,
        le=rules.MOST_MINUTES,
        description="Callbacks are offered from this expected wait on; only with purpose levers.",
    )
    callback_accepted: float = Field(
        rules.CALLBACK_ACCEPTED,
        ge=rules.LEAST_ACCEPTED,
        le=1,
        description="Share of those offered one who take it.",
    )
    callback_within_hours: float | None = Field(
        rules.CALLBACK_WITHIN_HOURS,
        ge=rules.FEWEST_HOURS,
        le=rules.MOST_HOURS,
        description="A call is promised within so long; nothing: when the place comes up, before the line closes.",
    )


class StudyOut(Out):
    id: int
    purpose: str
    site_id: int
    first_day: date
    taught_id: int | None
    slower: float
    training_hours: float
    callback_from_minutes: float | None
    callback_accepted: float | None
    callback_within_hours: float | None
    seed: int
    by_name: str
    at: datetime
    done_at: datetime | None = Field(description="Nothing: it is being computed.")
    roster_number: int | None = Field(description="The version of the roster it was computed from.")


class StudyFoundOut(StudyOut):
    left_out: list[list[Any]] = Field(description="Id and name of a queue, and why it is not simulated.")
    made_of: dict[str, Any] = Field(description="Versions of roster and forecasts, and settings, as they were.")
    found: dict[str, Any] | None = Field(
        description="Lines of skill, group and agents taught, each figure as mean, low and high end of its 95 % "
        "band over the week; and the ways to divide the work, on the same callers. Of levers: rungs, with callers "
        "lost, saved against the roster, callbacks offered, taken, kept, late and broken."
    )


class StudyFilter(In):
    site_id: int | None = None
    first_day: date | None = None


@operation(
    router,
    "get",
    "/week-studies",
    P.SKILLS,
    response=Page[StudyOut],
    summary=_("Published weeks put to a question"),
)
def list_studies(request: Request, wanted: Query[StudyFilter], paging: Query[Paging]) -> Any:
    """By week."""
    rows = queries.visible_studies(request.actor).defer("model", "found")
    if wanted.site_id is not None:
        rows = rows.filter(site=wanted.site_id)
    if wanted.first_day is not None:
        rows = rows.filter(first_day=wanted.first_day)
    return paging.of(rows, "first_day", "id")


@operation(
    router,
    "post",
    "/week-studies",
    P.PLAN,
    response=StudyOut,
    status=201,
    summary=_("Ask what a skill would be worth, or callbacks would bring"),
)
def ask_study(request: Request, payload: StudyIn) -> Any:
    """A job computes it on the published roster; ask the study until it is done."""
    return services.ask_study(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "get",
    "/week-studies/{int:study_id}",
    P.SKILLS,
    response=StudyFoundOut,
    summary=_("What was found in a published week"),
)
def get_study(request: Request, study_id: int) -> Any:
    return queries.the_study(request.actor, study_id)


@operation(
    router,
    "get",
    "/week-studies/{int:study_id}/model",
    P.SKILLS,
    response=dict[str, Any],
    summary=_("A published week as a model"),
)
def get_study_model(request: Request, study_id: int) -> Any:
    """What `floorwalker simulate` reads; people are numbers in it."""
    return json.loads(queries.study_model(request.actor, study_id)[1])
