"""Reads of what clients expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.demand.models import ClientEvent, ClientForecast, ClientForecastDay, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.queries.forecasts import ExpectedDay, expected_days
from floorwalker.apps.demand.queries.outsiders import is_inside
from floorwalker.apps.demand.queries.queues import QUEUE_RELATIONS, visible_queues
from floorwalker.apps.demand.rules.people import BUSY
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.look import day_words, number_words
from floorwalker.kernel.scoping import not_scoped, pick, scoped


def visible_client_forecasts(actor: Actor, permission: Permission = P.SEE_VOLUMES) -> QuerySet[ClientForecast]:
    return ClientForecast.objects.filter(queue__in=visible_queues(actor, permission))


def the_client_forecast(actor: Actor, forecast_id: Any) -> ClientForecast:
    return pick(visible_client_forecasts(actor).select_related("queue", "queue__client"), forecast_id)


def latest_client_forecasts(actor: Actor, most: int = 50) -> list[ClientForecast]:
    found = visible_client_forecasts(actor).select_related("queue", "queue__client")
    return list(found.order_by("-submitted_at", "-pk")[:most])


def client_days(forecast: ClientForecast) -> list[ClientForecastDay]:
    return list(ClientForecastDay.objects.filter(forecast=forecast).order_by("day"))


def client_events(queues: Sequence[Queue], first: date, last: date) -> list[ClientEvent]:
    """What clients announced for these days, the latest submission's first."""
    found = ClientEvent.objects.filter(forecast__queue__in=list(queues), day__range=(first, last))
    return list(found.select_related("forecast").order_by("day", "-forecast__number"))


def client_totals(queue: Queue, first: date, last: date) -> dict[date, tuple[float, int]]:
    """What the client last said of each day: (contacts, of how many days that is); newest submissions win."""
    rows = ClientForecastDay.objects.filter(
        forecast__queue=queue, day__range=(first - timedelta(days=6), last)
    ).order_by("forecast__number", "day")
    found: dict[date, tuple[float, int]] = {}
    for row in rows:
        found[row.day] = (row.total, row.days)
    return {day: value for day, value in found.items() if first <= day or value[1] == 7}


@dataclass(frozen=True)
class Compared:
    """A stretch of days as the client and we expect it."""

    day: date
    days: int
    client: float
    ours: float | None
    agents: float | None  # people more (or fewer) on the phones through open hours, roughly; for us alone

    @property
    def last(self) -> date:
        return self.day + timedelta(days=self.days - 1)

    @property
    def difference(self) -> float | None:
        return None if self.ours is None else self.client - self.ours

    @property
    def share(self) -> float | None:
        return None if not self.ours else (self.client - self.ours) / self.ours


def compared(actor: Actor, forecast: ClientForecast) -> list[Compared]:
    """A submission beside our forecast in use, by day or by week; what it means in people stays inside.

    Where we expect nobody at all, people are reckoned with the handling time and the hours of our other days.
    """
    inside = is_inside(actor)
    rows = client_days(forecast)
    if not rows:
        return []
    last = rows[-1].day + timedelta(days=rows[-1].days - 1)
    expected = expected_days([forecast.queue], rows[0].day, last)[forecast.queue_id].days
    ours = {each.day: _open_day(each, forecast.queue.step_minutes) for each in expected}
    usual = _Open.together([each for each in ours.values() if each.hours])
    found = []
    for row in rows:
        days = [ours[day] for day in (row.day + timedelta(days=n) for n in range(row.days)) if day in ours]
        if len(days) < row.days:
            found.append(Compared(row.day, row.days, row.total, None, None))
            continue
        together = _Open.together(days)
        agents = together.people_for(row.total, usual, row.days) if inside else None
        found.append(Compared(row.day, row.days, row.total, together.contacts, agents))
    return found


@dataclass(frozen=True)
class _Open:
    """What we expect of some days: contacts, the time they take, and the hours in which any are expected."""

    contacts: float
    seconds: float
    hours: float
    days: int = 1

    @classmethod
    def together(cls, each: Sequence[_Open]) -> _Open:
        return cls(
            sum(one.contacts for one in each),
            sum(one.seconds for one in each),
            sum(one.hours for one in each),
            len(each),
        )

    def people_for(self, contacts: float, usual: _Open, days: int) -> float | None:
        """People more through open hours for so many contacts instead of ours; None: nothing says how long."""
        like = self if self.hours else usual
        hours = self.hours or (usual.hours / usual.days * days if usual.days else 0.0)
        aht = like.seconds / like.contacts if like.contacts > 0 else 0.0
        return (contacts - self.contacts) * aht / 3600 / hours / BUSY if hours and aht else None


def _open_day(day: ExpectedDay, step_minutes: int) -> _Open:
    seconds = sum(mean * (aht or 0.0) for mean, aht in zip(day.mean, day.aht, strict=True))
    return _Open(day.total, seconds, sum(mean > 0 for mean in day.mean) * step_minutes / 60)


def client_forecast_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice, or nothing for whom may not see it."""
    found = visible_client_forecasts(actor).select_related("queue", "queue__client").filter(pk=ref[1]).first()
    if found is None:
        return None
    return _("%(client)s expects %(total)s contacts for %(queue)s from %(first)s to %(last)s.") % {
        "client": found.queue.client,
        "total": number_words(found.total, 0),
        "queue": found.queue,
        "first": day_words(found.first_day),
        "last": day_words(found.last_day),
    }


scoped(
    ClientForecast,
    visible_client_forecasts,
    P.SEE_VOLUMES,
    canary="note",
    key="client_forecast_id",
    relations=QUEUE_RELATIONS,
    fixed=("sha256",),
)
not_scoped(ClientForecastDay, "read only through its submission or its queue")
not_scoped(ClientEvent, "read only through its submission or its queue")
