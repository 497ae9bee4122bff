"""Table of pitches read by their own author as customer and as owner."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.models.activities import Activity
from floorwalker.apps.learning.rules import own_pitch as rules
from floorwalker.apps.people.models import Agent

FROM_1_TO_5 = [MinValueValidator(1), MaxValueValidator(5)]


class Pitch(models.Model):
    """How somebody sells something, and what they say of it as customer and as owner. Private unless shown."""

    class Shown(models.TextChoices):
        KEPT = rules.KEPT, _("to nobody")
        NAMED = rules.NAMED, _("to the group, with my name")
        UNNAMED = rules.UNNAMED, _("to the group, without my name")

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="pitches")
    author = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="pitches")
    product = models.CharField(max_length=rules.WORDS[rules.PITCH]["product"])
    words = models.TextField(max_length=rules.WORDS[rules.PITCH]["words"])
    would_buy = models.PositiveSmallIntegerField(null=True, validators=FROM_1_TO_5)
    why = models.TextField(max_length=rules.WORDS[rules.CUSTOMER]["why"], blank=True)
    objection = models.TextField(max_length=rules.WORDS[rules.CUSTOMER]["objection"], blank=True)
    change = models.TextField(max_length=rules.WORDS[rules.OWNER]["change"], blank=True)
    anew = models.TextField(max_length=rules.WORDS[rules.OWNER]["anew"], blank=True)
    would_buy_anew = models.PositiveSmallIntegerField(null=True, validators=FROM_1_TO_5)
    shown = models.CharField(max_length=8, choices=Shown.choices, default=Shown.KEPT)

    class Meta:
        verbose_name_plural = "pitches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "author"], name="learning_pitch_once"),
            models.CheckConstraint(
                name="learning_pitch_scale",
                condition=(Q(would_buy=None) | Q(would_buy__gte=1, would_buy__lte=5))
                & (Q(would_buy_anew=None) | Q(would_buy_anew__gte=1, would_buy_anew__lte=5)),
            ),
        ]

    def __str__(self) -> str:
        return self.product
