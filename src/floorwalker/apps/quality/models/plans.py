"""Tables of drawing: plans, and what each drew of whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Client, Site, Team
from floorwalker.apps.quality.models.forms import Channel, Form
from floorwalker.apps.quality.models.reviews import Review
from floorwalker.apps.quality.rules.plans import Filters


class SamplePlan(models.Model):
    """Contacts are drawn at random for each agent of a team, a site or a client, as often as it says."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")

    class Cadence(models.IntegerChoices):
        FORTNIGHT = 14, _("14 days")
        MONTH = 30, _("30 days")

    name = models.CharField(_("name"), max_length=120)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Empty: the form of each contact's client and channel.
    form = models.ForeignKey(Form, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    cadence_days = models.PositiveSmallIntegerField(choices=Cadence.choices)
    per_period = models.PositiveSmallIntegerField()  # contacts of each agent
    filters = models.JSONField(default=dict)  # as `rules.plans` writes it
    seed = models.BigIntegerField()  # with it every draw can be made again
    zone = models.CharField(max_length=64)  # in which hours of the day are meant
    begins_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="quality_plan_has_a_place",
                condition=Q(team=None, site=None, client__isnull=False)
                | Q(team__isnull=False, site=None)
                | Q(team=None, site__isnull=False),
            ),
            models.CheckConstraint(name="quality_plan_cadence", condition=Q(cadence_days__in=[14, 30])),
            models.CheckConstraint(
                name="quality_plan_per_period", condition=Q(per_period__gte=1, per_period__lte=10)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lets_through(self) -> Filters:
        return Filters.from_json(self.filters)


class SampleDraw(models.Model):
    """What a plan drew of one agent for one part of their periods, or why it could not."""

    class WhyNot(models.TextChoices):
        NO_CONTACT = "no_contact", _("no contact")
        FILTERED = "filtered", _("no contact passes the filters")
        TAKEN = "taken", _("each fitting contact was reviewed before")
        AWAY = "away", _("away")
        NEW = "new", _("new, without a contact yet")
        LEFT = "left", _("has left")
        NO_FORM = "no_form", _("no form is in force")
        NOBODY = "nobody", _("nobody may evaluate")

    plan = models.ForeignKey(SamplePlan, on_delete=models.CASCADE, related_name="draws")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    part = models.PositiveIntegerField()
    wanted_at = models.DateTimeField()  # the end of the part
    tried_at = models.DateTimeField()
    again = models.PositiveSmallIntegerField(default=0)  # how often what was drawn could not be judged
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why_not = models.CharField(max_length=12, choices=WhyNot.choices, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "agent", "wanted_at"], name="quality_drawn_once_a_part"),
            models.CheckConstraint(
                name="quality_drawn_or_why_not",
                condition=Q(review__isnull=False, why_not="") | Q(review=None) & ~Q(why_not=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["plan", "-wanted_at"], name="quality_draws_by_day")]
