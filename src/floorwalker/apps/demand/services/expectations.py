"""Recording what was agreed with clients."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.models import Expectation, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries import queues as queue_queries
from floorwalker.apps.demand.rules.conflicts import LEVERS
from floorwalker.apps.demand.services.queues import in_order
from floorwalker.apps.people.models import Client
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Refused

EXPECTATION = "demand.expectation"


class UnknownLever(Refused):
    code = "unknown_lever"
    text = _("{lever} is no lever the suite knows.")


@dataclass(frozen=True)
class ExpectationFields:
    """What was agreed, in force from ``starts``."""

    starts: date
    service_share: float
    service_seconds: int
    service_definition: str = Queue.Definition.LATE_ABANDONS
    hours: list[Any] | None = None
    abandon_ceiling: float | None = None
    callback_allowed: bool = False
    callback_rule: str = ""
    forecast_tolerance: float = 0.1
    forecast_lead_days: int = 7
    levers: tuple[str, ...] = ()
    note: str = ""


@transaction.atomic
def set_expectation(*, client: Client, fields: ExpectationFields, by: Actor, at: datetime) -> Expectation:
    """Write down what holds from a day on; what held before stays readable."""
    the = queue_queries.the_client_to_agree_with(by, client.pk, P.SET_EXPECTATIONS)
    in_order(fields.hours)
    for lever in fields.levers:
        if lever not in LEVERS:
            raise UnknownLever(lever=lever)
    made = Expectation.objects.create(
        client=the, by_name=by.name, at=at, **{**asdict(fields), "levers": sorted(fields.levers)}
    )
    facts = {"client": the.name, "from": fields.starts.isoformat(), "share": fields.service_share}
    audit.record(by=by, verb="demand.set_expectation", about=(EXPECTATION, made.pk), facts=facts, at=at)
    return made
