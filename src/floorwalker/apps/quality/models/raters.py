"""Tables of scores taken apart: what is the agent, what the evaluator, what the item."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Team


class RaterFit(models.Model):
    """One time the scores of a year were taken apart; its number says which of two is the newer."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being computed")
        FITTED = "fitted", _("fitted")
        SMALL = "small", _("too few evaluations")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    version = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    since = models.DateTimeField()  # evaluations from then on
    fitted_at = models.DateTimeField(null=True, blank=True)
    evaluations = models.PositiveIntegerField(default=0)
    agents = models.PositiveIntegerField(default=0)
    evaluators = models.PositiveIntegerField(default=0)
    twice = models.PositiveIntegerField(default=0)  # contacts two evaluators scored
    mean = models.FloatField(null=True, blank=True)
    spread = models.JSONField(default=dict)  # standard deviations in points: agent, evaluator, contact, rest
    items = models.JSONField(default=list)  # form, item, evaluations, points, low, high
    why = models.TextField(blank=True)  # it came to nothing

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="quality_fit_ends",
                condition=Q(state="waiting", fitted_at=None) | ~Q(state="waiting") & Q(fitted_at__isnull=False),
            ),
        ]


class Silence(models.TextChoices):
    """Why nothing is said of somebody."""

    FEW = "few", _("too few evaluations")
    STRANGERS = "strangers", _("nobody shared")


class RaterEffect(models.Model):
    """What one evaluator gives above or below the mean of all, for the same work."""

    fit = models.ForeignKey(RaterFit, on_delete=models.CASCADE, related_name="raters")
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    teams = models.ManyToManyField(Team, related_name="+")  # whose agents they scored: who leads there sees it
    evaluations = models.PositiveIntegerField()
    disputed = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)  # by who decided
    points = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    silent = models.CharField(max_length=10, choices=Silence.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fit", "evaluator"], name="quality_rater_once"),
            models.CheckConstraint(
                name="quality_rater_says_or_not", condition=Q(silent="") ^ Q(points__isnull=True)
            ),
        ]


class AgentEffect(models.Model):
    """An agent's score with evaluators' leniency and items' difficulty taken out; theirs alone to read."""

    fit = models.ForeignKey(RaterFit, on_delete=models.CASCADE, related_name="scores")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    evaluations = models.PositiveIntegerField()
    raw = models.FloatField()  # the mean as it was given, items counting alike
    adjusted = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    silent = models.CharField(max_length=10, choices=Silence.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fit", "agent"], name="quality_adjusted_once"),
            models.CheckConstraint(
                name="quality_adjusted_says_or_not", condition=Q(silent="") ^ Q(adjusted__isnull=True)
            ),
        ]
