"""What the centre aims for, what a team does for it, and small roles people are given."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Client, Site, Team
from floorwalker.apps.performance.models.facts import MeasureKey


class BusinessGoal(models.Model):
    """What the centre aims for, in words, with the measure it is seen by."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        REACHED = "reached", _("reached")
        DROPPED = "dropped", _("dropped")

    words = models.CharField(_("what we aim for"), max_length=200)
    measure = models.CharField(_("measure"), max_length=30, choices=MeasureKey.choices)
    target = models.FloatField(_("target"))
    until = models.DateField(_("until"))
    # Empty: the whole house.
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=300, blank=True)  # what came of it
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="performance_aim_ends_with_answer",
                condition=Q(state="open", ended_at__isnull=True) | (Q(ended_at__isnull=False) & ~Q(answer="")),
            ),
        ]


class TeamGoal(models.Model):
    """What a team does for an aim of the centre, in its own words."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ENDED = "ended", _("ended")

    serves = models.ForeignKey(BusinessGoal, on_delete=models.PROTECT, related_name="team_goals")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(_("what the team does for it"), max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["serves", "team"], condition=Q(state="open"), name="performance_team_goal_once"
            ),
        ]


class Responsibility(models.Model):
    """A small role from week one: greeter, tip keeper, queue captain, or what a lead calls it."""

    class State(models.TextChoices):
        HELD = "held", _("held")
        ENDED = "ended", _("ended")

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("role"), max_length=80)
    words = models.CharField(_("what it is about"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    answer = models.CharField(max_length=200, blank=True)  # the word it ended with
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agent", "title"], condition=Q(state="held"), name="performance_role_once"
            ),
            models.CheckConstraint(
                name="performance_role_ends",
                condition=Q(state="held", ended_at__isnull=True) | Q(state="ended", ended_at__isnull=False),
            ),
        ]
