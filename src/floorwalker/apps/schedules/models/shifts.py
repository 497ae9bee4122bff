"""Shifts: those that are published, with every version they had, and those of a working copy.

Why they lie like this: docs/adr/0012-publication.md.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.schedules.models.weeks import Publication, Week
from floorwalker.kernel.periods import apart, no_overlap, not_empty, period_field

LIVE = Q(until=None, cancelled=False)


class Booked(models.Model):
    """What a shift is, published or not. Without an agent it is open."""

    identity = models.UUIDField()  # the same in every version, in every draft and in the calendars of people
    agent = models.ForeignKey(
        "people.Agent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        db_index=False,  # those below lead by the person too, and then by the day: a person has years of shifts
    )
    period = period_field()
    meal = period_field(null=True, blank=True)
    queue = models.ForeignKey(
        "demand.Queue", on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    # The wall clock that was meant: local day of the site and minutes after its midnight.
    day = models.DateField()
    wall_minute = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            not_empty("%(app_label)s_%(class)s_not_empty"),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_meal_within",
                condition=Q(meal=None) | Q(meal__isempty=False, meal__contained_by=F("period")),
            ),
        ]


class Shift(Booked):
    """A published shift as it stood from version ``since`` of its week until just before version ``until``.

    No row is ever changed but to end it. A live row has no end. A cancelled one tells whom it was taken from.
    """

    week = models.ForeignKey(Week, on_delete=models.PROTECT, related_name="shifts")
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True)
    cancelled = models.BooleanField(default=False)
    since_at = models.DateTimeField()

    class Meta(Booked.Meta):
        constraints: ClassVar = [
            *Booked.Meta.constraints,
            no_overlap("schedules_shift_no_double_booking", owner="agent_id", condition=LIVE),
            models.UniqueConstraint(fields=["week", "identity"], condition=LIVE, name="schedules_shift_once"),
            models.CheckConstraint(name="schedules_shift_ends", condition=Q(until=None) | Q(until__gt=F("since"))),
            models.CheckConstraint(
                name="schedules_shift_cancelled_from", condition=Q(cancelled=False) | Q(agent__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "day"], name="schedules_shift_of_agent"),
            models.Index(fields=["week", "day"], condition=Q(until=None), name="schedules_shift_live"),
            models.Index(fields=["day", "id"], condition=Q(until=None), name="schedules_shift_by_day"),
            models.Index(fields=["week", "since"], name="schedules_shift_history"),
        ]


class Draft(models.Model):
    """A planner's working copy of a week, begun from version ``based_on`` of it (0: from nothing)."""

    class State(models.TextChoices):
        OPEN = "open", _("in work")
        PUBLISHED = "published", _("published")
        DISCARDED = "discarded", _("discarded")

    week = models.ForeignKey(Week, on_delete=models.PROTECT, related_name="drafts")
    name = models.CharField(_("name"), max_length=120)
    based_on = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    made_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_as = models.OneToOneField(
        Publication, on_delete=models.PROTECT, null=True, related_name="from_draft"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="schedules_draft_published_as",
                condition=Q(state="published", published_as__isnull=False)
                | (~Q(state="published") & Q(published_as=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DraftShift(Booked):
    """A shift of a working copy; ``version`` grows with every change, so that two planners notice each other."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="shifts")

    class Meta(Booked.Meta):
        constraints: ClassVar = [
            *Booked.Meta.constraints,
            models.UniqueConstraint(fields=["draft", "identity"], name="schedules_draftshift_once"),
            apart(
                "schedules_draftshift_no_double_booking",
                "draft_id",
                "agent_id",
                period="period",
                condition=Q(agent__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["draft", "agent", "day"], name="schedules_draftshift_of"),
            models.Index(fields=["agent", "day"], name="schedules_draftshift_agent"),
        ]


class Planned(models.Model):
    """Who should do what when, as published now. What was planned at a moment before is read from the versions of
    the shifts: docs/adr/0021-what-was-planned-is-read-from-its-versions.md.
    """

    class Activity(models.TextChoices):
        PHONES = "phones", _("on the phones")
        MEAL = "meal", _("meal")

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="planned")
    agent = models.ForeignKey("people.Agent", on_delete=models.PROTECT, related_name="planned")
    period = period_field()
    activity = models.CharField(max_length=8, choices=Activity.choices)
    queue = models.ForeignKey("demand.Queue", on_delete=models.PROTECT, null=True, related_name="planned")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="planned")

    class Meta:
        constraints: ClassVar = [
            no_overlap("schedules_planned_one_thing_at_a_time", owner="agent_id"),
            not_empty("schedules_planned_not_empty"),
        ]
