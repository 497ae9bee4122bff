"""Tables of seasons: who joined, where they stand, which titles they won; and what earns how many points."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition.models.ledger import Entry
from floorwalker.apps.recognition.rules.sources import MOST_A_DAY, MOST_POINTS


class Season(models.Model):
    """A stretch in which standings run; they begin at nothing with the next, balances go on."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended")

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    counted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_season_days",
                condition=Q(last_day__gte=F("first_day"), ends_at__gt=F("starts_at")),
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="running"), name="recognition_one_season_runs"
            ),
        ]


class SeasonMember(models.Model):
    """Somebody who joined a season by choice, and what they earned in it; who left stands on no board."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="members")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    again = models.BooleanField(_("join the seasons after it, too"), default=False)
    band = models.CharField(max_length=8)  # rules.seasons.BANDS
    division = models.PositiveSmallIntegerField(default=1)
    # Sums of the season, counted from the ledger; never added up here.
    points = models.PositiveIntegerField(default=0)
    together = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "agent"], name="recognition_member_once"),
            models.CheckConstraint(name="recognition_member_sums", condition=Q(together__lte=F("points"))),
        ]
        indexes: ClassVar = [
            models.Index(fields=["season", "-points"], condition=Q(left_at=None), name="recognition_board"),
            models.Index(fields=["season", "-together"], condition=Q(left_at=None), name="recognition_helpers"),
        ]


class Title(models.Model):
    """What somebody won when a season ended; it stays theirs."""

    class Kind(models.TextChoices):
        FIRST = "first", _("first")
        SECOND = "second", _("second")
        THIRD = "third", _("third")
        TOGETHER = "together", _("helped most")
        NEWCOMER = "newcomer", _("best newcomer")

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="titles")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    division = models.PositiveSmallIntegerField()
    points = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "agent", "kind"], name="recognition_title_once"),
        ]


class PointRule(models.Model):
    """What a way of earning gives here, where not what it gives by default; ``kudos_a_month`` is one, too."""

    key = models.CharField(max_length=16, unique=True)  # rules.sources.WAYS, or kudos_a_month
    points = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)])
    a_day = models.PositiveSmallIntegerField(validators=[MaxValueValidator(MOST_A_DAY)])


class Earned(models.Model):
    """One thing that earned points by itself: what, when, and which colleague it came from."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=16)
    ref = models.CharField(max_length=80)
    giver = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField()  # where who earned it works
    at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="earned")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "way", "ref"], name="recognition_earned_once"),
            models.CheckConstraint(
                name="recognition_nobody_gives_to_themselves", condition=Q(giver=None) | ~Q(giver=F("agent"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "way", "day"], name="recognition_earned_day"),
            models.Index(fields=["giver", "at"], name="recognition_favours"),
        ]
