"""A new account from signature to go-live."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Client


class Launch(models.Model):
    """What a client was promised for its first day, item by item."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="launches")
    name = models.CharField(_("name"), max_length=120)
    signed_on = models.DateField(_("signed on"))
    go_live = models.DateField(_("go-live"))
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    went_live_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class LaunchItem(models.Model):
    """One thing that must stand before go-live: who brings it, and by when. The ledger keeps the promise."""

    class Kind(models.TextChoices):
        EXPECTATIONS = "expectations", _("Expectations agreed")
        QUEUES = "queues", _("Queues set up")
        HOURS = "hours", _("Opening hours set")
        FORECAST = "forecast", _("First forecast")
        TRAINING = "training", _("Training material and agenda")
        SKILLS = "skills", _("People with the skill")
        QUALITY_FORM = "quality_form", _("Quality form")
        GO_LIVE = "go_live", _("Go-live")

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="launch_items")
    due = models.DateField()
    promise_id = models.BigIntegerField(null=True)
    given = models.PositiveSmallIntegerField(default=1)  # times it was given to somebody: each a promise
    chosen = models.CharField(
        max_length=300, blank=True
    )  # a form for all clients, or where the training material is
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["launch", "kind"], name="demand_launch_item_once")
        ]
