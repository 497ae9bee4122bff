"""What clients expect: forecasts they submit, with their events. Immutable; a better one is a new one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.models.history import counts
from floorwalker.apps.demand.models.queues import Queue


class ClientForecast(models.Model):
    """One submission for one queue: numbers by interval, day or week."""

    class Grain(models.TextChoices):
        INTERVAL = "interval", _("by interval")
        DAY = "day", _("by day")
        WEEK = "week", _("by week")

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="client_forecasts")
    number = models.PositiveIntegerField()
    grain = models.CharField(max_length=8, choices=Grain.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    total = models.FloatField()
    note = models.CharField(max_length=300, blank=True)
    source_name = models.CharField(max_length=200, blank=True)  # the file, when it came as one
    submitted_by_id = models.BigIntegerField(null=True)
    submitted_by = models.CharField(max_length=200)
    on_behalf = models.BooleanField(default=False)
    submitted_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["queue", "number"], name="demand_client_forecast_number_once")
        ]


class ClientForecastDay(models.Model):
    """What the client expects of one day: a total, and the intervals when given.

    A week's number lies on its Monday with ``days`` 7; a day's has 1.
    """

    forecast = models.ForeignKey(ClientForecast, on_delete=models.CASCADE, related_name="forecast_days")
    day = models.DateField()
    days = models.PositiveSmallIntegerField(default=1)
    total = models.FloatField()
    values = counts()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forecast", "day"], name="demand_client_forecast_day_once"),
            models.CheckConstraint(name="demand_client_forecast_not_negative", condition=Q(total__gte=0)),
            models.CheckConstraint(name="demand_client_forecast_span", condition=Q(days__in=[1, 7])),
        ]


class ClientEvent(models.Model):
    """Something the client announces with its numbers: a mailing, a price change, an outage planned."""

    forecast = models.ForeignKey(ClientForecast, on_delete=models.CASCADE, related_name="events")
    day = models.DateField()
    name = models.CharField(_("what happens"), max_length=80)
