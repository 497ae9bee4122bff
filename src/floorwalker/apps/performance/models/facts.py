"""What was measured of an agent on a day, and the files it came in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.rules.facts import MOST


class MeasureKey(models.TextChoices):
    """The names of the measures; what they are is in `rules.measures`."""

    QUALITY_SCORE = "quality_score", _("Quality score")
    FIRST_CONTACT_RESOLUTION = "first_contact_resolution", _("First contact resolution")
    SATISFACTION = "satisfaction", _("Customer satisfaction")
    CONVERSION = "conversion", _("Conversion")
    ADHERENCE = "adherence", _("Adherence")
    CONTACTS_PER_HOUR = "contacts_per_hour", _("Contacts per hour")
    HANDLING_SECONDS = "handling_seconds", _("Handling time")
    AFTER_CONTACT_SECONDS = "after_contact_seconds", _("After-contact work")
    TRANSFERS = "transfers", _("Contacts passed on")
    SHORT_CALLS = "short_calls", _("Contacts cut short")


class AgentDay(models.Model):
    """One figure of one agent and day, as a source told it; a correction is a new row that replaces the old."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    measure = models.CharField(_("measure"), max_length=30, choices=MeasureKey.choices)
    value = models.FloatField(_("value"))
    weight = models.FloatField(_("weight"))  # what it rests on: evaluations, contacts, hours
    source = models.CharField(max_length=70)
    key = models.CharField(max_length=200)  # what the source calls it
    told_at = models.DateTimeField()
    replaced = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agent", "source", "key"], condition=Q(replaced=False), name="performance_fact_once"
            ),
            models.CheckConstraint(name="performance_fact_value", condition=Q(value__gte=0, value__lte=MOST)),
            models.CheckConstraint(name="performance_fact_weight", condition=Q(weight__gt=0, weight__lte=MOST)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "day"], name="performance_fact_of_agent", include=["measure"]),
            # Sums of teams read eight weeks of everybody: by day, without the years before.
            models.Index(
                fields=["day"],
                name="performance_fact_of_day",
                include=["agent", "measure", "value", "weight"],
                condition=Q(replaced=False),
            ),
        ]


class FactFile(models.Model):
    """A file of figures on its way in: read, looked at, and taken or dropped. Its rows go when it is taken."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    # Whose names for agents stand in it; empty: the numbers agents have here.
    system = models.CharField(max_length=60, blank=True)
    uploaded_at = models.DateTimeField()
    rows = models.JSONField()  # line and the cells of the five columns
    misfits = models.JSONField(default=list)  # lines with more cells than columns
    applied_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict)  # how many new, replaced, same, refused
    refused = models.JSONField(default=list)  # line, why, and the cells: kept, so that none is lost silently

    class Meta:
        verbose_name = _("file of figures")
        verbose_name_plural = _("files of figures")
