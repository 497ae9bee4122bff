"""How good forecasts were, and what was stated about it, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.api.router import router, signed
from floorwalker.apps.demand.models import Statement
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.jobs.api import JobOut
from floorwalker.kernel.pages import Request

ONE = "/statements/{int:statement_id}"


class RecordOut(Out):
    queue_id: int
    day: date
    days: int
    lead_days: int
    source: str
    expected: float
    actual: float


class RecordIn(In):
    queue_ids: list[int] = Field(min_length=1, max_length=200)


class StatementOut(Out):
    id: int
    client_id: int
    month: date
    number: int
    corrects_id: int | None
    reason: str
    sha256: str
    issued_by: str = Field(description="Clients read our planners as one.")
    issued_at: datetime

    @staticmethod
    def resolve_issued_by(found: Statement, context: Any) -> str:
        return signed(found.issued_by, context)


class StatementContentOut(Out):
    """A statement as it was issued. Its hash was made of ``body`` to the byte."""

    statement: StatementOut
    body: str
    same: bool = Field(description="Whether it can still be made again from what is stored.")


class StatementIn(In):
    client_id: int
    month: date = Field(description="Any day of the month.")


class CorrectionIn(In):
    reason: str = Field(min_length=1, max_length=300, description="What it corrects; the client reads it.")


@operation(
    router,
    "get",
    "/forecast-record",
    P.SEE_RECORD,
    response=Page[RecordOut],
    summary=_("Every source, day by day"),
)
def list_record(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_record(request.actor), "-day")


@operation(
    router,
    "post",
    "/forecast-record",
    P.MAKE_FORECASTS,
    response=list[JobOut],
    status=201,
    summary=_("Have every source of some queues judged anew"),
)
def judge(request: Request, payload: RecordIn) -> Any:
    queues = [queries.the_queue(request.actor, each, P.MAKE_FORECASTS) for each in payload.queue_ids]
    return services.ask_for_record(queues=queues, by=request.actor, at=request.at)


@operation(router, "get", "/statements", P.SEE_RECORD, response=Page[StatementOut], summary=_("Statements issued"))
def list_statements(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_statements(request.actor), "-month")


@operation(
    router,
    "post",
    "/statements",
    P.ISSUE_STATEMENTS,
    response=StatementOut,
    status=201,
    summary=_("Issue the statement of a month"),
)
def issue_statement(request: Request, payload: StatementIn) -> Any:
    """What is issued never changes."""
    client = queries.the_client(request.actor, payload.client_id, P.ISSUE_STATEMENTS)
    return services.issue_statement(client=client, month=payload.month, by=request.actor, at=request.at)


@operation(router, "get", ONE, P.SEE_RECORD, response=StatementOut, summary=_("One statement"))
def get_statement(request: Request, statement_id: int) -> Any:
    return queries.the_statement(request.actor, statement_id)


@operation(
    router,
    "get",
    f"{ONE}/content",
    P.SEE_RECORD,
    response=StatementContentOut,
    summary=_("What a statement says"),
)
def get_statement_content(request: Request, statement_id: int) -> Any:
    found = queries.the_statement(request.actor, statement_id)
    return {"statement": found, "body": found.body, "same": queries.recomputed(found) == found.body}


@operation(
    router,
    "post",
    f"{ONE}/correct",
    P.ISSUE_STATEMENTS,
    response=StatementOut,
    status=201,
    summary=_("Issue a correction that names the statement it corrects"),
)
def correct_statement(request: Request, statement_id: int, payload: CorrectionIn) -> Any:
    found = queries.the_statement(request.actor, statement_id, P.ISSUE_STATEMENTS)
    said = {"client": found.client, "month": found.month, "corrects": found, "reason": payload.reason}
    return services.issue_statement(**said, by=request.actor, at=request.at)
