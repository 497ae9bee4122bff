"""The shifts a site offers: data, so that each site keeps its own."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

ALL_WEEK = [0, 1, 2, 3, 4, 5, 6]


def every_day() -> list[int]:
    return list(ALL_WEEK)


class ShiftPattern(models.Model):
    """One kind of shift: it starts somewhere in a window, lasts so long, and has its meal around the middle."""

    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, related_name="shift_patterns")
    name = models.CharField(_("name"), max_length=80)
    starts_from = models.TimeField(_("earliest start"))
    starts_until = models.TimeField(_("latest start"))
    every_minutes = models.PositiveSmallIntegerField(_("a start every"), default=30)
    length_minutes = models.PositiveSmallIntegerField(_("length with the meal"), default=510)
    meal_minutes = models.PositiveSmallIntegerField(_("unpaid meal"), default=30)
    # How far the meal may start from the middle of the shift, either way.
    meal_slack_minutes = models.PositiveSmallIntegerField(_("meal around the middle, give or take"), default=60)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("days"), default=every_day)
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("shift pattern")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("name"), "site", name="schedules_pattern_once"),
            models.CheckConstraint(
                name="schedules_pattern_window", condition=Q(starts_from__lte=F("starts_until"))
            ),
            models.CheckConstraint(
                name="schedules_pattern_length",
                condition=Q(length_minutes__gte=60, length_minutes__lte=1440, every_minutes__gte=5)
                & Q(length_minutes__gt=F("meal_minutes")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def length_seconds(self) -> int:
        return self.length_minutes * 60

    @property
    def meal_seconds(self) -> int:
        return self.meal_minutes * 60
