"""Tables of time off the phones."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.offphone import rules
from floorwalker.apps.people.models import Agent, Site
from floorwalker.kernel.periods import no_overlap, not_empty, period_field


class Session(models.Model):
    """Minutes off the phones that an agent is owed, has asked for, or has been given a time for."""

    class Kind(models.TextChoices):
        FEEDBACK = "feedback", _("feedback")
        ONE_TO_ONE = "one_to_one", _("one-to-one")
        TRAINING = "training", _("training")
        REVIEW = "review", _("own review of a contact")
        TEAM = "team", _("team time")
        OTHER = "other", _("other")

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        OWED = "owed", _("owed")
        PLACED = "placed", _("has a time")
        DELIVERED = "delivered", _("delivered")
        LET_GO = "let_go", _("let go by the agent")
        FELL_AWAY = "fell_away", _("needed no more")
        DECLINED = "declined", _("declined")

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="offphone_sessions")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    reason = models.CharField(_("what it is for"), max_length=200)
    state = models.CharField(max_length=10, choices=State.choices)
    # Who owes it: whose promise it is until it is delivered.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="offphone_owed"
    )
    due = models.DateTimeField(null=True, blank=True)
    period = period_field(null=True, blank=True)
    callers = models.FloatField(null=True, blank=True)  # what the placed slot was expected to cost
    answer = models.CharField(max_length=200, blank=True)  # the sentence that came with the last move
    times_lost = models.PositiveSmallIntegerField(default=0)  # how often its time was taken away again
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    once = models.CharField(max_length=200, unique=True, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            no_overlap("offphone_one_session_at_a_time", owner="agent_id", condition=Q(state="placed")),
            not_empty("offphone_session_has_length"),
            models.CheckConstraint(
                name="offphone_placed_has_time",
                condition=Q(state__in=["placed", "delivered"], period__isnull=False)
                | Q(state__in=["asked", "owed", "let_go", "fell_away", "declined"], period__isnull=True),
            ),
            models.CheckConstraint(
                name="offphone_owed_by_somebody",
                condition=~Q(state__in=["owed", "placed", "delivered"])
                | Q(owner__isnull=False, due__isnull=False),
            ),
            models.CheckConstraint(
                name="offphone_declined_with_answer", condition=~Q(state="declined") | ~Q(answer="")
            ),
            models.CheckConstraint(name="offphone_minutes", condition=Q(minutes__gte=5, minutes__lte=480)),
        ]
        indexes: ClassVar = [models.Index(fields=["agent", "state"], name="offphone_of_agent")]

    def __str__(self) -> str:
        return self.reason


class Presence(models.Model):
    """When an agent is on the phones, and for which group: told by whoever publishes schedules."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="presence")
    group = models.BigIntegerField(null=True)  # the queue, as a value; none: a shift for no queue
    period = period_field()

    class Meta:
        constraints: ClassVar = [
            no_overlap("offphone_present_once", owner="agent_id"),
            not_empty("offphone_presence_has_length"),
        ]


class PriceDay(models.Model):
    """Prices of one group on one day, interval by interval: callers lost by agents off the phones.

    ``callers``, ``low`` and ``high`` have a row an interval and in it a number for each level of ``agents``.
    Simulated, the ends are those of the 95 % band of the mean; by formula a quiet and a busy day. ``money`` is the
    same in money, where somebody has said what a contact is worth: value not earned, and the cost of the lost.
    """

    class Source(models.TextChoices):
        FORMULA = "formula", _("by formula")
        SIMULATION = "simulation", _("simulated")

    group = models.BigIntegerField()
    start = models.DateTimeField()  # of the first interval
    step_seconds = models.PositiveIntegerField()
    agents = ArrayField(models.FloatField())  # levels: so many off the phones …
    callers = ArrayField(ArrayField(models.FloatField()))  # … cost so many callers; a row an interval
    low = ArrayField(ArrayField(models.FloatField()))  # the ends of the band round them
    high = ArrayField(ArrayField(models.FloatField()))
    money = ArrayField(ArrayField(models.FloatField()), null=True)
    money_low = ArrayField(ArrayField(models.FloatField()), null=True)
    money_high = ArrayField(ArrayField(models.FloatField()), null=True)
    currency = models.CharField(max_length=3, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    # The version of the roster it is of, as a value, and its number; none: of required staff, before a roster was
    # published.
    roster = models.BigIntegerField(null=True)
    roster_number = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="offphone_money_with_currency",
                condition=Q(money=None, currency="") | (Q(money__isnull=False) & ~Q(currency="")),
            ),
            models.UniqueConstraint(fields=["group", "start"], name="offphone_price_day_once"),
        ]


class Budget(models.Model):
    """What a site plans off the phones: minutes a week for everybody, and training for who is new.

    Required staff holds it on top of shrinkage, and a roster has to hold the training of the first weeks.
    """

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(
        _("minutes a week for everybody"), default=0, validators=[MaxValueValidator(rules.MOST_MINUTES_A_WEEK)]
    )
    first_weeks = models.PositiveSmallIntegerField(
        _("weeks somebody is new"), default=0, validators=[MaxValueValidator(rules.MOST_FIRST_WEEKS)]
    )
    first_minutes = models.PositiveSmallIntegerField(
        _("minutes of training a week while somebody is new"),
        default=0,
        validators=[MaxValueValidator(rules.MOST_FIRST_MINUTES)],
    )
    since = models.DateTimeField()  # when training was last planned otherwise: nobody is owed what lies before

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="offphone_budget_in_reason",
                condition=Q(minutes__lte=rules.MOST_MINUTES_A_WEEK, first_weeks__lte=rules.MOST_FIRST_WEEKS)
                & Q(first_minutes__lte=rules.MOST_FIRST_MINUTES),
            ),
            models.CheckConstraint(
                name="offphone_first_weeks_with_minutes",
                condition=Q(first_weeks=0, first_minutes=0) | Q(first_weeks__gt=0, first_minutes__gt=0),
            ),
        ]
