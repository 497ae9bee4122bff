"""Forecasts: versions that never change, which one is in use, and the planner's layer above it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand.models.history import counts
from floorwalker.apps.demand.models.queues import Queue


class ForecastRun(models.Model):
    """Somebody asked for forecasts of some queues over some days; a job makes them."""

    queues = models.ManyToManyField(Queue, related_name="forecast_runs")
    first_day = models.DateField(null=True)  # None: the day after each queue's history
    days = models.PositiveSmallIntegerField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    outcome = models.JSONField(default=list)  # per queue: made, or the sentence why not
    done_at = models.DateTimeField(null=True)


class ForecastVersion(models.Model):
    """One forecast of one queue as it was made. Immutable; the database refuses to change it."""

    class Source(models.TextChoices):
        STATISTICAL = "statistical", _("from the history")
        BLEND = "blend", _("blend of sources by their record")
        LAUNCH = "launch", _("first forecast of a new account")

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    run = models.ForeignKey(ForecastRun, on_delete=models.PROTECT, null=True, related_name="versions")
    source = models.CharField(max_length=12, choices=Source.choices)
    made_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    first_day = models.DateField()
    days = models.PositiveSmallIntegerField()
    step_minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)
    origin = models.DateField(null=True)  # last day of the history it knows
    method = models.CharField(max_length=120)
    notes = models.JSONField(default=list)  # why, in sentences
    words = models.JSONField(default=list)  # the profile in sentences
    scores = models.JSONField(default=dict)  # tried methods, and error by weekday and weeks ahead
    cleaned = models.JSONField(default=list)  # what of the history was set aside, and why
    special = models.JSONField(default=list)  # days of the horizon that differ: day, name, closed, factor
    slot_correlation = models.FloatField(default=0)
    day_correlation = models.FloatField(default=0)
    made_from = models.JSONField(default=dict)  # of a blend: its sources, weights, corrections
    aht_known = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["queue", "number"], name="demand_version_number_once"),
            models.CheckConstraint(name="demand_version_days", condition=Q(days__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.number}"


class ForecastDay(models.Model):
    """One day of a version, interval by interval."""

    version = models.ForeignKey(ForecastVersion, on_delete=models.CASCADE, related_name="forecast_days")
    day = models.DateField()
    mean = counts()
    p05 = counts()
    p50 = counts()
    p95 = counts()
    aht = counts()
    slot_cv = counts()
    day_cv = models.FloatField(default=0)
    total = models.FloatField()
    total_p05 = models.FloatField()
    total_p95 = models.FloatField()
    usual = counts()  # mean of the weekday's latest weeks in the history, before level and special days

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "day"], name="demand_forecast_day_once")
        ]


class VersionUse(models.Model):
    """From this moment on that version is the forecast in use."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="uses")
    version = models.ForeignKey(ForecastVersion, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["queue", "-at"])]


class Override(models.Model):
    """What a planner knows better of a stretch: a factor, the contacts in it, or how long each of them takes."""

    class Kind(models.TextChoices):
        FACTOR = "factor", _("times")
        NUMBER = "number", _("set to")
        HANDLING = "handling", _("handling time, in seconds")

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="overrides")
    start = models.DateTimeField()
    end = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.FloatField()
    reason = models.CharField(max_length=300)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="demand_override_ends_after_start", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(name="demand_override_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(name="demand_override_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="demand_override_takes_time", condition=~Q(kind="handling") | Q(value__gte=1)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["queue", "start"])]


class SpecialDay(models.Model):
    """A day of a queue that differs: an event with its effect, or a day nobody answers."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="special_days")
    day = models.DateField()
    name = models.CharField(_("name"), max_length=80)
    closed = models.BooleanField(default=False)
    factor = models.FloatField(null=True, blank=True)  # None: as the days of this name in the history
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["queue", "day"], condition=Q(removed_at=None), name="demand_special_day_once"
            ),
            models.CheckConstraint(
                name="demand_special_day_effect",
                condition=Q(closed=False) | Q(factor=None),
            ),
            models.CheckConstraint(name="demand_special_day_factor", condition=Q(factor=None) | Q(factor__gte=0)),
        ]


class Vouched(models.Model):
    """Counts that somebody vouches for although they look wrong: cleaning leaves them alone."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="vouched")
    start = models.DateTimeField()
    end = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="demand_vouched_ends_after_start", condition=Q(end__gt=F("start")))
        ]
