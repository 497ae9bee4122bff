"""When somebody was last spoken to, by whom and how: counts and minutes, no words."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models.feedback import Behaviour
from floorwalker.apps.coaching.rules.feedback import STEPS_COUNT_MONTHS
from floorwalker.apps.people.models import Agent, Site


class Touch(models.Model):
    """One time an agent was given attention. A visit tapped by mistake is taken back within a minute."""

    class Kind(models.TextChoices):
        FEEDBACK = "feedback", _("feedback")
        ONE_TO_ONE = "one_to_one", _("one-to-one")
        GROUP = "group", _("group session")
        VISIT = "visit", _("visit")
        THANKS = "thanks", _("thanks")
        REVIEW = "review", _("evaluation")
        CHECK_ME = "check_me", _("answer to “check me”")
        PEER = "peer", _("help of a colleague")

    class How(models.TextChoices):
        WALKED_BY = "walked_by", _("walked by")
        CALLED = "called", _("called")

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="touches")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="touches_given")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    tone = models.CharField(max_length=10, blank=True)  # positive or corrective, where it is one of the two
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, null=True, related_name="+")
    rung = models.PositiveSmallIntegerField(null=True)
    expires_on = models.DateField(null=True)  # a corrected behaviour: from then on the next is a first time again
    minutes = models.PositiveSmallIntegerField(null=True)  # of the session it took place in
    how = models.CharField(max_length=10, choices=How.choices, blank=True)  # of a visit, where it was said
    shown = models.BooleanField(default=False)  # a thanks the team could see
    at = models.DateTimeField()
    once = models.CharField(max_length=120, unique=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agent", "-at"], name="coaching_touch_of_agent"),
            models.Index(fields=["by", "-at"], name="coaching_touch_by"),
        ]


class FloorSetting(models.Model):
    """What a site holds to be too long without a word, how many visits a day it can do, how long steps count."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="+")
    silence_days = models.PositiveSmallIntegerField(
        _("days without a word at most"), validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    visits_a_day = models.PositiveSmallIntegerField(
        _("visits a supervisor has time for in a day"), validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    steps_months = models.PositiveSmallIntegerField(
        _("months a step of a response counts"),
        default=STEPS_COUNT_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    talk_days = models.PositiveSmallIntegerField(
        _("days between two one-to-ones at most"), default=0, validators=[MaxValueValidator(120)]
    )  # 0: nobody is owed one by the calendar
    talk_minutes = models.PositiveSmallIntegerField(
        _("minutes of a one-to-one"), default=30, validators=[MinValueValidator(10), MaxValueValidator(120)]
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="coaching_floor_in_reason",
                condition=Q(silence_days__gte=1, silence_days__lte=90, visits_a_day__gte=1, visits_a_day__lte=40)
                & Q(steps_months__gte=1, steps_months__lte=24)
                & Q(talk_days__lte=120, talk_minutes__gte=10, talk_minutes__lte=120),
            )
        ]
