"""What clients expect, taken in as they say it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.demand.events import ClientForecastSubmitted
from floorwalker.apps.demand.models import ClientEvent, ClientForecast, ClientForecastDay, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries import queues as queue_queries
from floorwalker.apps.demand.rules.client_numbers import Numbers, last_day
from floorwalker.kernel import audit, events, notices
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.roles import Role

CLIENT_FORECAST = "demand.client_forecast"
CLIENT_FORECAST_NOTICE = "demand.client_forecast_submitted"


class NothingSubmitted(Refused):
    code = "nothing_submitted"
    text = _("There is no number in it that could be taken. Give one line a day, such as 2026-12-01 and 850.")


@transaction.atomic
def submit_client_forecast(
    *, queue: Queue, numbers: Numbers, note: str = "", source_name: str = "", by: Actor, at: datetime
) -> ClientForecast:
    """Keep what a client expects as the next submission for the queue, with who gave it and when.

    A planner may enter it on the client's behalf, and that is written down.
    """
    the = queue_queries.the_queue(by, queue.pk, P.SUBMIT_CLIENT_FORECAST)
    if not numbers.entries:
        raise NothingSubmitted()
    locked = Queue.objects.select_for_update(of=("self",)).get(pk=the.pk)
    last = ClientForecast.objects.filter(queue=locked).aggregate(last=Max("number"))["last"] or 0
    submission = ClientForecast.objects.create(
        queue=locked,
        number=last + 1,
        grain=numbers.grain,
        first_day=numbers.entries[0][0],
        last_day=last_day(numbers.entries[-1]),
        total=numbers.total,
        note=note.strip(),
        source_name=source_name,
        submitted_by_id=by.user_id,
        submitted_by=by.name,
        on_behalf=not by.has_role(Role.CLIENT_VIEWER),
        submitted_at=at,
        sha256=_hash(numbers),
    )
    ClientForecastDay.objects.bulk_create(
        ClientForecastDay(forecast=submission, day=day, days=days, total=total, values=values)
        for day, days, total, values in numbers.entries
    )
    ClientEvent.objects.bulk_create(
        ClientEvent(forecast=submission, day=day, name=name) for day, name in numbers.events
    )
    facts = {"queue": the.name, "total": round(numbers.total), "on_behalf": submission.on_behalf}
    about = (CLIENT_FORECAST, submission.pk)
    audit.record(by=by, verb="demand.submit_client_forecast", about=about, facts=facts, at=at)
    events.announce(ClientForecastSubmitted(submission.pk, the.pk, the.client_id))
    if not submission.on_behalf:
        for user in _planners(the):
            notices.notify(
                to=user,
                kind=CLIENT_FORECAST_NOTICE,
                ref=about,
                once=f"{CLIENT_FORECAST}:{submission.pk}:{user}",
                at=at,
            )
    return submission


def _planners(queue: Queue) -> list[int]:
    """Who plans where the queue is answered."""
    held = RoleHeld.objects.filter(role=Role.PLANNER, user__is_active=True)
    everywhere = held.filter(scope="all")
    here = held.filter(scope="site", scope_id=queue.site_id)
    return sorted(set((everywhere | here).values_list("user_id", flat=True)))


def _hash(numbers: Numbers) -> str:
    said = [[day.isoformat(), days, total, values] for day, days, total, values in numbers.entries]
    events_ = [[day.isoformat(), name] for day, name in numbers.events]
    text = json.dumps([numbers.grain, said, events_], separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
