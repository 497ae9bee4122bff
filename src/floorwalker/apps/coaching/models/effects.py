"""What talks and thanks changed, measured once and never changed afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Site


class Effect(models.Model):
    """One measurement of a site, or of the whole house: each kind of event beside each measure, nobody by name."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()  # a Monday
    last_day = models.DateField()
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=200)
    measured_at = models.DateTimeField(null=True)
    lines = models.JSONField(default=list)  # as the work of the job computes them
    left = models.PositiveIntegerField(default=0)  # comparisons not made when it was stopped

    class Meta:
        verbose_name = _("measurement of effects")
        verbose_name_plural = _("measurements of effects")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="coaching_effect_whole", condition=Q(measured_at__isnull=False) | Q(lines=[], left=0)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "-ordered_at"], name="coaching_effect_newest")]
