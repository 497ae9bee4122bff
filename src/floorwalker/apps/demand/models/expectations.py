"""What was agreed with each client, from a day on. A change is a new row; the former stays readable."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.models.queues import Queue
from floorwalker.apps.people.models import Client


class Expectation(models.Model):
    """Expectations of a client for all its queues; in force from ``starts`` until a later one starts."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="expectations")
    starts = models.DateField(_("in force from"))
    service_share = models.FloatField(_("share answered in time"))
    service_seconds = models.PositiveIntegerField(_("within seconds"))
    service_definition = models.CharField(max_length=20, choices=Queue.Definition.choices)
    hours = models.JSONField(_("hours"), null=True, blank=True)
    abandon_ceiling = models.FloatField(_("most callers who hang up"), null=True, blank=True)
    callback_allowed = models.BooleanField(_("callbacks may be offered"), default=False)
    callback_rule = models.CharField(_("callback rule"), max_length=300, blank=True)
    forecast_tolerance = models.FloatField(_("forecast tolerance"))
    forecast_lead_days = models.PositiveSmallIntegerField(_("days ahead a forecast counts"), default=7)
    levers = models.JSONField(_("what may be done when it is tight"), default=list)
    note = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="demand_expectation_shares",
                condition=Q(service_share__gt=0, service_share__lte=1, service_seconds__gt=0)
                & Q(forecast_tolerance__gte=0, forecast_tolerance__lt=1)
                & (Q(abandon_ceiling=None) | Q(abandon_ceiling__gte=0, abandon_ceiling__lte=1)),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["client", "starts", "at"])]
