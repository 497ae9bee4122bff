"""Statements between a client and us: issued once, recomputable for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.demand.events import StatementIssued
from floorwalker.apps.demand.models import Statement
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries import queues as queue_queries
from floorwalker.apps.demand.queries import statements as queries
from floorwalker.apps.demand.rules.statement import body_of, due_day, hash_of, month_before, next_month
from floorwalker.apps.people.models import Client
from floorwalker.apps.promises import services as promises
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.roles import Role

STATEMENT = "demand.statement"
STATEMENT_NOTICE = "demand.statement_issued"
STATEMENT_PROMISE = "demand.statement_due"
CLIENT = "people.client"
DAY_END = time(23, 59, tzinfo=UTC)


class MonthNotOver(Refused):
    code = "month_not_over"
    status = 409
    text = _("{month} is not over yet. Its statement can be issued from the first of the next month on.")


class NothingToState(Refused):
    code = "nothing_to_state"
    status = 409
    text = _("Nothing is known of {client} in {month}. Upload its history first.")


class StatementExists(Refused):
    code = "statement_exists"
    status = 409
    text = _(
        "{month} was stated already ({number}). What was issued never changes; issue a correction that names it."
    )


class CorrectionWithoutReason(Refused):
    code = "correction_without_reason"
    text = _("Say in a few words what the correction corrects.")


@transaction.atomic
def issue_statement(
    *, client: Client, month: date, corrects: Statement | None = None, reason: str = "", by: Actor, at: datetime
) -> Statement:
    """Issue the account of a month, or the correction of one; the database keeps it from ever changing."""
    the = queue_queries.the_client(by, client.pk, P.ISSUE_STATEMENTS)
    Client.objects.select_for_update().get(pk=the.pk)
    month = month.replace(day=1)
    if next_month(month) > at.date():
        raise MonthNotOver(month=f"{month:%B %Y}")
    standing = queries.standing_statement(the, month)
    if standing is not None and (corrects is None or corrects.pk != standing.pk):
        raise StatementExists(month=f"{month:%B %Y}", number=standing.number)
    if corrects is not None and (standing is None or not reason.strip()):
        raise CorrectionWithoutReason()
    number = (Statement.objects.filter(client=the).aggregate(last=Max("number"))["last"] or 0) + 1
    labels = queries.labels_of(the)
    inputs = queries.inputs(
        the, month, number=number, corrects=corrects.number if corrects else None, labels=labels, as_of=at
    )
    if not any(day["actual"] is not None for queue in inputs["queues"] for day in queue["days"]):
        raise NothingToState(client=the.name, month=f"{month:%B %Y}")
    body = body_of(inputs)
    statement = Statement.objects.create(
        client=the,
        month=month,
        number=number,
        corrects=corrects,
        reason=reason.strip(),
        labels=labels,
        body=body,
        sha256=hash_of(body),
        issued_by=by.name,
        issued_at=at,
    )
    about = (STATEMENT, statement.pk)
    facts = {"client": the.name, "month": month.isoformat(), "sha256": statement.sha256, "why": reason}
    audit.record(by=by, verb="demand.issue_statement", about=about, facts=facts, at=at)
    promises.keep(once=_once(the, month), by=by, at=at)
    events.announce(StatementIssued(statement.pk, the.pk))
    readers = RoleHeld.objects.filter(
        role=Role.CLIENT_VIEWER, scope="client", scope_id=the.pk, user__is_active=True
    )
    for user in sorted(set(readers.values_list("user_id", flat=True))):
        notices.notify(to=user, kind=STATEMENT_NOTICE, ref=about, once=f"{STATEMENT}:{statement.pk}:{user}", at=at)
    return statement


@transaction.atomic
def owe_statements(*, at: datetime) -> int:
    """Promise the statement of the month that is over to each client whose numbers are known; how many."""
    month, owed = month_before(at.date()), 0
    for client in queries.unstated(month):
        owner = queries.who_states(client)
        if owner is None:
            continue
        promises.register(
            kind=STATEMENT_PROMISE,
            ref=(CLIENT, client.pk),
            owner=owner,
            to=client.name,
            what=gettext("Statement of %(month)s") % {"month": date_format(month, "F Y")},
            due=datetime.combine(due_day(month, at.date()), DAY_END),
            by=SYSTEM,
            at=at,
            once=_once(client, month),
        )
        owed += 1
    for client in Client.objects.filter(archived=True):
        promises.withdraw(once=_once(client, month), why=gettext("we no longer work for them"), by=SYSTEM, at=at)
    return owed


def _once(client: Client, month: date) -> str:
    return f"{STATEMENT_PROMISE}:{client.pk}:{month:%Y-%m}"
