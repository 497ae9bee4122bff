"""Reads of statements, and everything a statement is made of as of a moment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from floorwalker.apps.accounts import queries as accounts
from floorwalker.apps.demand.models import Expectation, HistoryDay, Queue, RecordDay, Statement
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries.queues import visible_clients
from floorwalker.apps.demand.queries.record import Sayings, said_of
from floorwalker.apps.demand.rules.days import days_between
from floorwalker.apps.demand.rules.statement import body_of, next_month
from floorwalker.apps.people.models import Client
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.roles import Role
from floorwalker.kernel.scoping import pick, scoped

USUAL_TOLERANCE, USUAL_LEAD = 0.1, 7
S = RecordDay.Source


def visible_statements(actor: Actor, permission: Permission = P.SEE_RECORD) -> QuerySet[Statement]:
    """Statements of clients that lie in the actor's reach as a whole."""
    return Statement.objects.filter(client__in=visible_clients(actor, permission))


def the_statement(actor: Actor, statement_id: Any, permission: Permission = P.SEE_RECORD) -> Statement:
    rows = visible_statements(actor, permission).select_related("client", "corrects", "corrected_by")
    return pick(rows, statement_id)


def latest_statements(actor: Actor, most: int = 60) -> list[Statement]:
    found = visible_statements(actor).select_related("client", "corrected_by").defer("body")
    return list(found.order_by("-month", "client__name", "-number")[:most])


def standing_statement(client: Client, month: date) -> Statement | None:
    """The statement of a month that no correction has replaced."""
    return Statement.objects.filter(client=client, month=month, corrected_by=None).order_by("-number").first()


def unstated(month: date) -> QuerySet[Client]:
    """Clients whose numbers of a month are known and to whom nobody has stated them."""
    known = HistoryDay.objects.filter(
        queue__client=OuterRef("pk"), superseded_at=None, day__gte=month, day__lt=next_month(month)
    )
    stated = Statement.objects.filter(client=OuterRef("pk"), month=month)
    return Client.objects.filter(Exists(known), ~Exists(stated), archived=False).order_by("name", "pk")


def still_to_state(actor: Actor, month: date) -> QuerySet[Client]:
    """Of those the ones this actor may issue a statement to."""
    return unstated(month).filter(pk__in=visible_clients(actor, P.ISSUE_STATEMENTS))


def who_states(client: Client) -> int | None:
    """The planner where all queues of a client are, else one of everywhere, else a manager."""
    sites = set(Queue.objects.filter(client=client).values_list("site_id", flat=True))
    planner = accounts.who_holds(Role.PLANNER, sites.pop() if len(sites) == 1 else None)
    return planner or accounts.who_holds(Role.MANAGER)


def labels_of(client: Client) -> dict[str, Any]:
    """Names as they are now, for a document that is to be read in years."""
    queues = Queue.objects.filter(client=client).order_by("key")
    return {"client": client.name, "queues": {queue.key: queue.name for queue in queues}}


def expectation_on(client: Client, day: date, as_of: datetime | None = None) -> Expectation | None:
    """What was agreed for a day; as it was known at a moment."""
    found = Expectation.objects.filter(client=client, starts__lte=day)
    if as_of is not None:
        found = found.filter(at__lte=as_of)
    return found.order_by("-starts", "-at", "-pk").first()


def inputs(
    client: Client, month: date, *, number: int, corrects: int | None, labels: Mapping[str, Any], as_of: datetime
) -> dict[str, Any]:
    """All a statement is made of, as it stood at ``as_of``; only queues that bear a label."""
    last = next_month(month) - timedelta(days=1)
    agreed = expectation_on(client, month, as_of)
    tolerance = agreed.forecast_tolerance if agreed else USUAL_TOLERANCE
    lead = agreed.forecast_lead_days if agreed else USUAL_LEAD
    queues = Queue.objects.filter(client=client, key__in=labels["queues"]).order_by("key")
    return {
        "client": client.pk,
        "month": f"{month:%Y-%m}",
        "number": number,
        "corrects": corrects,
        "as_of": as_of.isoformat(),
        "lead_days": lead,
        "tolerance": tolerance,
        "labels": dict(labels),
        "queues": [
            {"queue": queue.key, "tolerance": tolerance, "days": _days(queue, month, last, lead, as_of)}
            for queue in queues
        ],
    }


def recomputed(statement: Statement) -> str:
    """The body made again from the stored versions as of the moment it was issued."""
    return body_of(
        inputs(
            statement.client,
            statement.month,
            number=statement.number,
            corrects=statement.corrects.number if statement.corrects else None,
            labels=statement.labels,
            as_of=statement.issued_at,
        )
    )


def content(statement: Statement) -> dict[str, Any]:
    """A statement's body as values."""
    found: dict[str, Any] = json.loads(statement.body)
    return found


def statement_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice, or nothing for whom may not see it."""
    found = visible_statements(actor).select_related("client").filter(pk=ref[1]).first()
    if found is None:
        return None
    return _("The forecast statement of %(client)s for %(month)s was issued.") % {
        "client": found.client,
        "month": date_format(found.month, "F Y"),
    }


def _days(queue: Queue, first: date, last: date, lead: int, as_of: datetime) -> list[dict[str, Any]]:
    sayings = Sayings(queue, first, last, as_of)
    told: dict[tuple[date, str], float] = {}
    for row in said_of(sayings, lead):
        if row.days == 1:
            told[row.day, row.source] = row.expected
        elif row.source == S.CLIENT:
            for day in days_between(row.day, row.day + timedelta(days=6)):
                told.setdefault((day, S.CLIENT), _part_of_week(sayings, row, day))
    return [
        {
            "day": day.isoformat(),
            "actual": sayings.actual.get(day),
            "client": told.get((day, S.CLIENT)),
            "ours": told.get((day, S.STATISTICAL)),
            "planner": told.get((day, S.PLANNER)),
        }
        for day in days_between(first, last)
    ]


def _part_of_week(sayings: Sayings, row: RecordDay, day: date) -> float:
    """A week's number on one of its days, along what came: the week is judged, not how it falls into days."""
    came = sayings.actual.get(day)
    return row.expected * came / row.actual if came is not None and row.actual else row.expected / 7


scoped(
    Statement,
    visible_statements,
    P.SEE_RECORD,
    canary="reason",
    relations=("site", "client"),
    fixed=("body", "sha256"),
)
