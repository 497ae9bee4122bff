"""What other systems call something of ours, from a day to a day: two of ours never share a name at a time."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.periods import apart


class NameElsewhere(models.Model):
    """A name in another system; who inherits says whose it is and is bound by ``one_at_a_time``."""

    system = models.CharField(_("system"), max_length=60)
    external_id = models.CharField(_("name there"), max_length=120)
    days = DateRangeField(_("from – to"))
    # One number for the pair, because range types know numbers; halved, so that its successor exists.
    name_key = models.GeneratedField(
        expression=Func(
            Concat(F("system"), Value("\x1f"), F("external_id")),
            template="(hashtextextended(%(expressions)s, 0) / 2)",
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.system}: {self.external_id}"


def one_at_a_time(prefix: str) -> list[ExclusionConstraint | CheckConstraint]:
    """A name means one thing a day, and holds for a day at least."""
    return [
        apart(f"{prefix}_no_overlap", "name_key", period="days"),
        CheckConstraint(name=f"{prefix}_days", condition=Q(days__isempty=False)),
    ]
