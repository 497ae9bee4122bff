"""Tables of the pulse. A sheet knows no author, and when a pulse closes no sheet is left: only sums remain."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub.models.sayings import fresh_id
from floorwalker.apps.people.models import Site, Team


class Pulse(models.Model):
    """Four questions to all agents, or to those of a site, and what management answers."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("waits for an answer")
        TOO_FEW = "too_few", _("too few answered")
        ANSWERED = "answered", _("answered")
        DONE = "done", _("done")

    class Fourth(models.TextChoices):
        EFFORT = "effort", _("effort")
        CAREER = "career", _("career")

    class Asks(models.TextChoices):
        USUAL = "usual", _("skill, leading, being valued, and one more")
        DRIVERS = "drivers", _("the four drivers")

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", null=True)  # none: all sites
    asks = models.CharField(max_length=7, choices=Asks.choices, default=Asks.USUAL)
    fourth = models.CharField(max_length=6, choices=Fourth.choices, default=Fourth.EFFORT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_on = models.DateField()  # its last day
    answer_by = models.DateField()  # the day promised for management's answer
    closed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    asked = models.PositiveIntegerField(default=0)
    answer = models.TextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)
    follows_by = models.DateField(null=True)  # the day promised for what the answer announces
    outcome = models.TextField(max_length=4000, blank=True)
    done_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")
        constraints: ClassVar = [
            models.CheckConstraint(name="hub_pulse_drivers", condition=~Q(asks="drivers") | Q(fourth="career")),
            models.CheckConstraint(name="hub_pulse_days", condition=Q(answer_by__gte=F("closes_on"))),
            models.CheckConstraint(
                name="hub_pulse_answer_with_day",
                condition=~Q(state__in=["answered", "done"])
                | Q(answered_at__isnull=False, follows_by__isnull=False) & ~Q(answer=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-opened_at", "-id"], name="hub_pulse_latest")]


class PulseAsked(models.Model):
    """Somebody was asked; whether they answered is written nowhere."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["pulse", "user"], name="hub_pulse_asked_once")]
        indexes: ClassVar = [models.Index(fields=["user", "pulse"], name="hub_pulse_asked_of")]


class PulseSheet(models.Model):
    """The answers of somebody, until the pulse closes: under a key of theirs, so that nobody answers twice."""

    id = models.BigIntegerField(primary_key=True, default=fresh_id, editable=False)
    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="sheets")
    key = models.CharField(max_length=64)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=12)
    first = models.PositiveSmallIntegerField()
    second = models.PositiveSmallIntegerField()
    third = models.PositiveSmallIntegerField()
    fourth = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pulse", "key"], name="hub_pulse_sheet_once"),
            models.CheckConstraint(
                name="hub_pulse_sheet_scale",
                condition=Q(first__range=(1, 5), second__range=(1, 5), third__range=(1, 5), fourth__range=(1, 5)),
            ),
        ]


class PulseResult(models.Model):
    """How many of a group agree with a question; only of groups that may be shown."""

    class Group(models.TextChoices):
        ALL = "all", _("all")
        TEAM = "team", _("team")
        BAND = "band", _("time here")

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="results")
    group = models.CharField(max_length=4, choices=Group.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True)
    band = models.CharField(max_length=12, blank=True)
    question = models.CharField(max_length=10)
    agree = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    weakest = models.BooleanField(default=False)  # a driver whose interval lies below those of the other three

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pulse", "group", "team", "band", "question"],
                name="hub_pulse_result_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="hub_pulse_result_floor", condition=Q(answered__gte=5, agree__lte=F("answered"))
            ),
        ]
