"""Tables of what quality is agreed with a client."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Client


class QualityTarget(models.Model):
    """The average score agreed with a client; it holds from its first day until a later one begins."""

    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="quality_targets", verbose_name=_("client")
    )
    starts = models.DateField(_("in force from"))
    score = models.PositiveSmallIntegerField(
        _("average score"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="quality_target_is_a_score", condition=Q(score__gte=1, score__lte=100)),
        ]
        indexes: ClassVar = [models.Index(fields=["client", "starts", "at"], name="quality_target_of_client")]
