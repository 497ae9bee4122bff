"""Tables of scenarios, and of lines customers say."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.rules.flow import Flow, from_json


class Scenario(models.Model):
    """A situation to be played; its words stand in its versions."""

    name = models.CharField(_("name"), max_length=120)
    about = models.CharField(_("what it trains"), max_length=300, blank=True)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who keeps it")
    )
    look_again_on = models.DateField(_("to be looked at again on"))  # the keeper's home says so
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="learning_scenario_once")]
        indexes: ClassVar = [models.Index(fields=["keeper", "look_again_on"], name="learning_scenario_due")]

    def __str__(self) -> str:
        return self.name


class ScenarioVersion(models.Model):
    """One wording of a scenario. Once in force its words never change: what was played with it stays readable."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", _("in force")
        RETIRED = "retired", _("retired")

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    content = models.JSONField()  # as `rules.flow` writes it
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True, blank=True)
    changed = models.CharField(_("what changed"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scenario", "number"], name="learning_version_once"),
            models.UniqueConstraint(
                fields=["scenario", "state"],
                condition=Q(state__in=["draft", "in_force"]),
                name="learning_one_draft_one_in_force",
            ),
            models.CheckConstraint(
                name="learning_in_force_since",
                condition=Q(state="draft", in_force_from=None)
                | ~Q(state="draft") & Q(in_force_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario.name} {self.number}"

    @property
    def flow(self) -> Flow:
        """The scenario itself."""
        return from_json(self.content)


class TriggerMoment(models.Model):
    """A moment of a version in force that sets emotions off: the customer's words, kept to plan training with."""

    version = models.ForeignKey(ScenarioVersion, on_delete=models.CASCADE, related_name="moments")
    node = models.CharField(max_length=60)
    line = models.TextField(max_length=1000)
    text = models.CharField(max_length=200)
    controllable = models.BooleanField()  # by the agent
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "node"], name="learning_moment_once"),
        ]

    def __str__(self) -> str:
        return self.text


class CustomerLine(models.Model):
    """Something a customer said about a reason, to be put into a scenario."""

    text = models.CharField(_("what the customer says"), max_length=500)
    reason = models.CharField(_("reason for the contact"), max_length=80)
    offensive = models.BooleanField(_("offensive"), default=False)
    source = models.CharField(_("where it comes from"), max_length=120)

    class Meta:
        verbose_name = _("customer line")
        verbose_name_plural = _("customer lines")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("text"), "reason", name="learning_customer_line_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["reason", "id"], name="learning_line_by_reason")]

    def __str__(self) -> str:
        return self.text


class Handbook(models.Model):
    """A handbook taken in: the drafts its kinds of contact give, until somebody begins a scenario with one."""

    name = models.CharField(_("file"), max_length=200, unique=True)
    drafts = models.JSONField()  # by kind of contact: what it is about, and the flow as `rules.flow` writes it
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("handbook")
        verbose_name_plural = _("handbooks")

    def __str__(self) -> str:
        return self.name
