"""Group sessions and the sheets that come back from them without a name."""

from __future__ import annotations

from secrets import randbelow
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent


def fresh_id() -> int:
    """A number that says nothing of when the row was made."""
    return randbelow(2**52) + 1


class GroupSession(models.Model):
    """Several people and one who leads, on one topic; what comes of it is promised to all of them."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("called off")

    class Activity(models.TextChoices):
        ROUND_TABLE = "round_table", _("round table")
        OWN_PITCH = "own_pitch", _("would you sell to yourself?")
        SURVIVAL = "survival", _("stranded on an island")
        QUIZ = "quiz", _("live quiz")

    title = models.CharField(_("title"), max_length=120)
    topic = models.TextField(_("what it is about"), max_length=600)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(
        _("what the group does together"), max_length=12, choices=Activity.choices, blank=True
    )
    activity_ref = models.PositiveBigIntegerField(null=True)  # the number it has in the arena
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    due = models.DateTimeField(_("to be held by"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    begins = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    sheets_until = models.DateTimeField(null=True)  # none: too few came for a sheet without a name
    sheets_in_at = models.DateTimeField(null=True)
    returned = models.PositiveSmallIntegerField(null=True)  # none: fewer than may be shown
    outcome = models.TextField(_("what will change"), max_length=1000, blank=True)
    outcome_due = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)  # why it was called off
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("group session")
        verbose_name_plural = _("group sessions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="coaching_group_closed_with_outcome",
                condition=~Q(state="closed") | (~Q(outcome="") & Q(outcome_due__isnull=False)),
            ),
            models.CheckConstraint(
                name="coaching_group_held_at",
                condition=Q(state__in=["planned", "cancelled"], held_at__isnull=True)
                | Q(state__in=["held", "closed"], held_at__isnull=False),
            ),
            models.CheckConstraint(
                name="coaching_group_cancelled_why", condition=~Q(state="cancelled") | ~Q(answer="")
            ),
            models.CheckConstraint(
                name="coaching_group_activity",
                condition=Q(activity="", activity_ref=None) | ~Q(activity="") & Q(activity_ref__isnull=False),
            ),
            models.CheckConstraint(
                name="coaching_group_returned", condition=Q(returned=None) | Q(returned__gte=5)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["lead", "state"], name="coaching_group_of_lead")]

    def __str__(self) -> str:
        return self.title


class GroupMember(models.Model):
    """Somebody of the group, and whether they came."""

    group = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="members")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="group_sessions")
    came = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "agent"], name="coaching_group_member_once")
        ]


class ReturnSheet(models.Model):
    """What one of a group thought of it. Neither its number nor its row says whose it is, or when it came.

    ``key`` keeps anybody from returning two; it goes when the sheets are in.
    """

    id = models.BigIntegerField(primary_key=True, default=fresh_id, editable=False)
    group = models.ForeignKey(GroupSession, on_delete=models.PROTECT, related_name="sheets")
    key = models.CharField(max_length=64, unique=True, null=True)
    worth = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    heard = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    clear = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    keep = models.TextField(max_length=600, blank=True)
    change = models.TextField(max_length=600, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="coaching_sheet_scale",
                condition=Q(worth__gte=1, worth__lte=5, heard__gte=1, heard__lte=5, clear__gte=1, clear__lte=5),
            )
        ]
