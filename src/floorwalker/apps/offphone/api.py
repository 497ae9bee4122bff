"""Time off the phones for programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from floorwalker.apps.offphone import queries, rules, services
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.offphone.permissions import OffPhonePermission as P
from floorwalker.apps.offphone.rules import Slot
from floorwalker.apps.people import queries as people
from floorwalker.kernel.api import In, Out, Page, Paging, operation, verb
from floorwalker.kernel.pages import Request
from floorwalker.kernel.periods import Period

router = Router(tags=["Time off the phones"])
MOST_DAYS = 35


class SessionOut(Out):
    id: int
    agent_id: int
    kind: str
    minutes: int
    reason: str
    state: str
    owner_id: int | None = Field(description="Who owes it.")
    due: datetime | None
    start: datetime | None
    end: datetime | None
    callers: float | None = Field(description="Callers the time it has was expected to cost.")
    answer: str
    version: int = Field(description="Send it back when placing; an older one answers 409.")

    @staticmethod
    def resolve_start(session: Session) -> datetime | None:
        return session.period.lower if session.period else None

    @staticmethod
    def resolve_end(session: Session) -> datetime | None:
        return session.period.upper if session.period else None


class SessionFilter(In):
    state: Literal["asked", "owed", "placed", "delivered", "let_go", "fell_away", "declined", "all"] = "all"
    agent_id: int | None = None


class Asking(In):
    minutes: int = Field(ge=5, le=480, multiple_of=5)
    kind: Session.Kind
    reason: str = Field(min_length=1, max_length=200)


class Owing(Asking):
    agent_id: int
    due: AwareDatetime
    once: str | None = Field(None, max_length=200, description="The same again changes nothing.")


class Granting(In):
    due: AwareDatetime


class Answer(In):
    answer: str = Field(min_length=1, max_length=200, description="The other side reads it.")


class Remark(In):
    answer: str = Field("", max_length=200, description="The other side reads it.")


class Placing(In):
    start: AwareDatetime
    version: int = Field(ge=1)


class Between(In):
    first: AwareDatetime = Field(description="Where slots are looked for, at most 35 days.")
    days: int = Field(14, ge=1, le=MOST_DAYS)
    wanted: int = Field(5, ge=1, le=50)


class SlotOut(Out):
    start: datetime
    end: datetime
    callers: float = Field(description="Callers expected to be lost.")
    low: float = Field(
        description="The lower end: simulated, of the 95 % band of the mean; by formula, a quiet day."
    )
    high: float = Field(description="The upper end; by formula, a busy day.")
    unpriced: bool = Field(description="Some of it lies where no price is known.")
    source: str = Field(description="simulation, formula, or empty where no price is known.")
    made_at: datetime | None = Field(description="When the oldest of its prices was computed.")
    money: float | None = Field(description="Value not earned and cost of the lost; none while it is not known.")
    money_low: float | None = Field(description="The lower end of its band.")
    money_high: float | None
    currency: str = Field(description="Of the money, such as EUR.")
    roster: int | None = Field(
        description="Number of the version of the roster it is of; none: of required staff."
    )
    older: bool = Field(description="Another version of the roster has been published since.")

    @staticmethod
    def resolve_money(slot: Slot) -> float | None:
        return slot.money and slot.money[0]

    @staticmethod
    def resolve_money_low(slot: Slot) -> float | None:
        return slot.money and slot.money[1]

    @staticmethod
    def resolve_money_high(slot: Slot) -> float | None:
        return slot.money and slot.money[2]


class KeptMinutesOut(Out):
    kind: str
    delivered: int
    open: int = Field(description="Owed or placed, and not delivered yet.")
    late: int = Field(description="Of the open, past the day they were promised for.")
    late_since: datetime | None = Field(description="The earliest of these days.")
    times_lost: int = Field(description="How often a time was taken away again, as by a surge.")


@operation(
    router,
    "get",
    "/offphone-minutes",
    P.SEE,
    P.SEE_SUMS,
    response=list[KeptMinutesOut],
    summary=_("Minutes delivered, open and late, by kind"),
)
def list_kept_minutes(request: Request) -> Any:
    """Sums alone: nobody's words and nobody's name."""
    return [each._asdict() for each in queries.kept_minutes(request.actor, request.at)]


@operation(router, "get", "/offphone-sessions", P.SEE, response=Page[SessionOut], summary=_("Sessions in sight"))
def list_sessions(request: Request, wanted: Query[SessionFilter], paging: Query[Paging]) -> Any:
    """In the order in which they were made."""
    return paging.of(queries.sessions_in(request.actor, wanted.state, wanted.agent_id), "made_at")


@operation(
    router, "get", "/offphone-sessions/{int:session_id}", P.SEE, response=SessionOut, summary=_("A session")
)
def get_session(request: Request, session_id: int) -> Any:
    return queries.the_session(request.actor, session_id)


@operation(
    router,
    "get",
    "/offphone-sessions/{int:session_id}/slots",
    P.LEAD,
    response=list[SlotOut],
    summary=_("The cheapest times for it"),
)
def list_slots(request: Request, session_id: int, wanted: Query[Between]) -> Any:
    """Within published shifts, outside meals and other sessions, the fewest callers lost first."""
    session = queries.the_session(request.actor, session_id, P.LEAD)
    between = Period(wanted.first, wanted.first + timedelta(days=wanted.days))
    agents = [session.agent_id]
    return queries.cheap_slots(
        agents, session.minutes, between, actor=request.actor, wanted=wanted.wanted, without=session.pk
    )


verb(
    router,
    "post",
    "/offphone-sessions/ask",
    P.ASK,
    does=services.ask,
    takes=Asking,
    response=SessionOut,
    status=201,
    summary=_("Ask for time for oneself"),
)


verb(
    router,
    "post",
    "/offphone-sessions",
    P.LEAD,
    does=services.owe,
    takes=Owing,
    response=SessionOut,
    status=201,
    summary=_("Promise an agent time"),
)


verb(
    router,
    "post",
    "/offphone-sessions/{int:session_id}/agree",
    P.LEAD,
    does=services.grant,
    takes=Granting,
    response=SessionOut,
    summary=_("Agree to what was asked for"),
)


verb(
    router,
    "post",
    "/offphone-sessions/{int:session_id}/decline",
    P.LEAD,
    does=services.decline,
    takes=Answer,
    response=SessionOut,
    summary=_("Decline what was asked for"),
)


verb(
    router,
    "post",
    "/offphone-sessions/{int:session_id}/place",
    P.LEAD,
    does=services.place,
    takes=Placing,
    response=SessionOut,
    summary=_("Give it its time, or move it"),
)


verb(
    router,
    "post",
    "/offphone-sessions/{int:session_id}/lose",
    P.LEAD,
    does=services.lose,
    takes=Remark,
    response=SessionOut,
    summary=_("Take its time away"),
    about="It stays owed.",
)


verb(
    router,
    "post",
    "/offphone-sessions/{int:session_id}/deliver",
    P.SEE,
    does=services.deliver,
    response=SessionOut,
    summary=_("It took place"),
)


@operation(
    router,
    "post",
    "/offphone-sessions/{int:session_id}/let-go",
    P.SEE,
    response=SessionOut,
    summary=_("Let go what is owed"),
)
def let_go(request: Request, session_id: int, payload: Remark) -> Any:
    """Only the agent it is owed to can."""
    return services.let_go(session_id=session_id, why=payload.answer, by=request.actor, at=request.at)


class PlanningTime(In):
    minutes: int = Field(ge=0, le=rules.MOST_MINUTES_A_WEEK, multiple_of=5, description="A week for everybody.")
    first_weeks: int = Field(0, ge=0, le=rules.MOST_FIRST_WEEKS, description="Weeks somebody is new.")
    first_minutes: int = Field(
        0,
        ge=0,
        le=rules.MOST_FIRST_MINUTES,
        multiple_of=5,
        description="Training a week while somebody is new.",
    )


class PlannedTimeOut(Out):
    site_id: int
    minutes: int
    first_weeks: int
    first_minutes: int


class PlannedWeekOut(Out):
    monday: date
    people: int
    planned: int = Field(description="Minutes planned off the phones.")
    for_new: int = Field(description="Of these training for who is new.")
    timed: int = Field(description="Minutes with a time in that week, and delivered ones.")
    waiting: int = Field(description="Minutes owed by then that have no time; what is late counts this week.")
    left: int = Field(description="Planned and not spoken for; below 0 more is owed than planned.")


class PlannedTimeWithWeeks(PlannedTimeOut):
    share: float = Field(description="Of paid time, this week; required staff holds it on top of shrinkage.")
    weeks: list[PlannedWeekOut]


@operation(
    router,
    "get",
    "/sites/{int:site_id}/offphone-budget",
    P.BUDGET,
    response=PlannedTimeWithWeeks,
    summary=_("What a site plans off the phones, and what is owed of it"),
)
def get_budget(request: Request, site_id: int) -> Any:
    """This week and the next three; zeros where nobody has planned anything."""
    site = people.the_site(request.actor, site_id, P.BUDGET)
    plan = queries.plan_of(queries.visible_budgets(request.actor).filter(site=site).first())
    return {
        "site_id": site.pk,
        **asdict(plan),
        "share": queries.shares_of_paid_time([site.pk], request.at.date()).get(site.pk, 0.0),
        "weeks": queries.budget_weeks(site, plan, request.at),
    }


verb(
    router,
    "put",
    "/sites/{int:site_id}/offphone-budget",
    P.BUDGET,
    does=services.set_budget,
    takes=PlanningTime,
    response=PlannedTimeOut,
    summary=_("Say how much time off the phones a site plans"),
)
