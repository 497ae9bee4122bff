"""Goals agreed by both sides, and the bests they led to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models.facts import MeasureKey
from floorwalker.apps.performance.rules.measures import MEASURES

SPEED = [key for key, each in MEASURES.items() if each.speed]
QUALITY = [key for key, each in MEASURES.items() if each.quality]


class Goal(models.Model):
    """A level of a measure an agent aims for by a day, against their own frozen baseline."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        AGREED = "agreed", _("agreed")
        MET = "met", _("met")
        MISSED = "missed", _("missed")
        LET_GO = "let_go", _("let go")
        DECLINED = "declined", _("declined")

    class Side(models.TextChoices):
        AGENT = "agent", _("the agent")
        LEAD = "lead", _("the lead")

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(_("measure"), max_length=30, choices=MeasureKey.choices)
    target = models.FloatField(_("target"))
    last_day = models.DateField(_("until"))
    first_day = models.DateField(null=True, blank=True)  # from its agreement on
    # The baseline on the day of the proposal; it stays as it was.
    baseline_mean = models.FloatField()
    baseline_low = models.FloatField()
    baseline_high = models.FloatField()
    baseline_days = models.PositiveSmallIntegerField()
    baseline_span = models.PositiveSmallIntegerField()
    probability = models.FloatField()  # of reaching it if everything goes on as it did
    # What must not fall meanwhile: speed never stands alone.
    pair = models.CharField(_("beside it"), max_length=30, choices=MeasureKey.choices, blank=True)
    pair_mean = models.FloatField(null=True, blank=True)
    pair_floor = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    words = models.CharField(_("why, and how"), max_length=500, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    proposed_by = models.CharField(max_length=5, choices=Side.choices)
    proposed_at = models.DateTimeField()
    agreed_by_agent_at = models.DateTimeField(null=True, blank=True)
    agreed_by_lead_at = models.DateTimeField(null=True, blank=True)
    alone = models.BooleanField(default=False)  # a contractor, or who leads themselves: nobody else agrees
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    support = models.CharField(_("what the lead does for it"), max_length=300, blank=True)
    support_by = models.DateField(null=True, blank=True)
    support_given_at = models.DateTimeField(null=True, blank=True)
    raised_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="raised_to"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    result_mean = models.FloatField(null=True, blank=True)
    result_days = models.PositiveSmallIntegerField(null=True, blank=True)
    result_pair = models.FloatField(null=True, blank=True)
    result_why = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="performance_speed_never_alone",
                condition=~Q(measure__in=SPEED) | Q(pair__in=QUALITY),
            ),
            models.CheckConstraint(
                name="performance_pair_with_floor",
                condition=Q(pair="", pair_floor__isnull=True, pair_mean__isnull=True)
                | (~Q(pair="") & Q(pair_floor__isnull=False, pair_mean__isnull=False)),
            ),
            models.CheckConstraint(name="performance_pair_is_another", condition=~Q(pair=F("measure"))),
            models.CheckConstraint(
                name="performance_agreed_by_both",
                condition=~Q(state__in=["agreed", "met", "missed"])
                | (
                    Q(agreed_by_agent_at__isnull=False, first_day__isnull=False)
                    & (Q(agreed_by_lead_at__isnull=False) | Q(alone=True))
                ),
            ),
            models.CheckConstraint(
                name="performance_ended_when_over",
                condition=Q(state__in=["proposed", "agreed"], ended_at__isnull=True)
                | (~Q(state__in=["proposed", "agreed"]) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="performance_declined_with_answer", condition=~Q(state="declined") | ~Q(answer="")
            ),
            models.CheckConstraint(
                name="performance_support_has_day",
                condition=Q(support="", support_by=None)
                | (~Q(support="") & Q(support_by__isnull=False, lead__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["agent", "measure"],
                condition=Q(state__in=["proposed", "agreed"]),
                name="performance_one_open_goal",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "last_day"], name="performance_goals_due")]


class PersonalBest(models.Model):
    """The best somebody has reached with a goal; only added to."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    goal = models.OneToOneField(Goal, on_delete=models.PROTECT, related_name="best")
    measure = models.CharField(max_length=30, choices=MeasureKey.choices)
    value = models.FloatField()
    days = models.PositiveSmallIntegerField()
    first = models.DateField()
    last = models.DateField()
    at = models.DateTimeField()
