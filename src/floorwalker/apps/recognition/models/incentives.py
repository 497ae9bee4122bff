"""Tables of what is given out: budgets, and incentives with their points held ready beforehand."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Site, Team
from floorwalker.apps.recognition.models.ledger import Account


class Budget(models.Model):
    """What one person may give to the people of a team or a site: filled up every month, never beyond."""

    name = models.CharField(_("name"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="point_budgets",
        verbose_name=_("who gives"),
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="point_budgets")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="point_budgets", null=True, blank=True)
    monthly_points = models.PositiveIntegerField(_("points a month"))
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="budget")
    archived = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Incentive(models.Model):
    """Points for something that happens within some days, for so many: funded, announced, paid or called off."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended")
        CANCELLED = "cancelled", _("called off")

    class Occasion(models.TextChoices):
        GOAL = "goal", _("a goal is met")
        PRACTICE = "practice", _("a scenario is completed for the first time")
        MATCH = "match", _("a match is won in any of its three scores")
        ANSWER = "answer", _("an answer is accepted")
        REUSE = "reuse", _("a colleague uses what was shared")
        BY_HAND = "by_hand", _("you say who has earned it")

    name = models.CharField(_("name"), max_length=120)
    what = models.CharField(_("what it is for"), max_length=300)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="incentives")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="incentives")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="incentives")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="incentives", null=True, blank=True)
    occasion = models.CharField(_("earned when"), max_length=8, choices=Occasion.choices)
    measure = models.CharField(_("only goals of this measure"), max_length=60, blank=True)
    points = models.PositiveIntegerField(_("points each time"))
    places = models.PositiveSmallIntegerField(_("how often in all"))
    most_each = models.PositiveSmallIntegerField(_("how often for one person"), default=1)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    held = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="incentive", null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_incentive_counts",
                condition=Q(points__gte=1, places__gte=1, most_each__gte=1, most_each__lte=F("places")),
            ),
            models.CheckConstraint(name="recognition_incentive_days", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="recognition_incentive_funded",
                condition=Q(state="draft", held=None, announced_at=None)
                | ~Q(state="draft") & Q(held__isnull=False, announced_at__isnull=False),
            ),
            models.CheckConstraint(
                name="recognition_incentive_called_off_with_why", condition=~Q(state="cancelled") | ~Q(why="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["occasion"], condition=Q(state="running"), name="recognition_incentive_open"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def total(self) -> int:
        return self.points * self.places
