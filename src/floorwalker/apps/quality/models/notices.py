"""Tables of what people are told about being assessed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssessmentNotice(models.Model):
    """What people are scored for, when they were told, and who looks again; the latest holds, none is changed."""

    purpose = models.CharField(_("what scores are for"), max_length=500)
    told_on = models.DateField(_("people were told on"))
    reviewer = models.CharField(_("who looks at a contested score"), max_length=200)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
