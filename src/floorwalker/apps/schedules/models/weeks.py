"""A site's week, its published versions, and which of them is current."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Week(models.Model):
    """Seven local days of a site, from Monday. ``current`` is the version that counts: the one switch there is."""

    site = models.ForeignKey("people.Site", on_delete=models.PROTECT, related_name="weeks")
    first_day = models.DateField(_("Monday"))
    current = models.OneToOneField(
        "Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="current_of"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "first_day"], name="schedules_week_once"),
            models.CheckConstraint(name="schedules_week_monday", condition=Q(first_day__iso_week_day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.first_day}"

    @property
    def number(self) -> int:
        """The current version, 0 while nothing is published."""
        return self.current.number if self.current else 0


class Publication(models.Model):
    """One version of a week. A change agreed on later is a version too, so that nothing about it is undated."""

    class Kind(models.TextChoices):
        ROSTER = "roster", _("a draft published")
        EARLIER = "earlier", _("an earlier version published again")
        CHANGE = "change", _("a change to the published week")

    week = models.ForeignKey(Week, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    changes = models.PositiveIntegerField(default=0)  # shifts that came, went or changed
    touched = models.PositiveIntegerField(default=0)  # people whose week changed
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    published_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    weighed_at = models.DateTimeField(null=True)  # when it was counted whose hours it changed unasked

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["published_at"], condition=Q(weighed_at=None), name="schedules_publication_to_weigh"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["week", "number"], name="schedules_publication_number"),
            models.CheckConstraint(name="schedules_publication_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.week_id}/{self.number}"
