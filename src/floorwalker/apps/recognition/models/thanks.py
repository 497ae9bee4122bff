"""Tables of thanks, and of how far each person wishes theirs to be shown."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent


class Visibility(models.TextChoices):
    PRIVATE = "private", _("the one thanked and who thanks")
    TEAM = "team", _("the team")
    SITE = "site", _("the site")


class Thanks(models.Model):
    """One person's thanks to another: said once, never changed; at most one of a pair a day."""

    class Kind(models.TextChoices):
        THANKS = "thanks", _("thank you")
        EXTRA_MILE = "extra_mile", _("went the extra mile")
        CONSISTENCY = "consistency", _("steady, day after day")

    from_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="thanks_said")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="thanks")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.THANKS)
    words = models.TextField(max_length=500, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.PRIVATE)
    at = models.DateTimeField()
    day = models.DateField()  # where the one thanked works

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["from_user", "agent", "day"], name="recognition_thanks_once_a_day"),
            models.CheckConstraint(
                name="recognition_extra_mile_with_words", condition=~Q(kind="extra_mile") | ~Q(words="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "-at"], name="recognition_thanks_to"),
            models.Index(fields=["-at"], name="recognition_thanks_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.agent}"


class ThanksWish(models.Model):
    """How far a person wishes thanks to them to be shown at most; without a wish they are private."""

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="thanks_wish")
    widest = models.CharField(
        _("who may see thanks to you"), max_length=8, choices=Visibility.choices, default=Visibility.PRIVATE
    )
