"""Tables of rewards: what people wish for, what is offered, and what somebody has asked for."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.recognition.models.ledger import Entry


class Reward(models.Model):
    """Something points are good for, or somebody's wish that it were."""

    class State(models.TextChoices):
        WISHED = "wished", _("wished for")
        OFFERED = "offered", _("to be had")
        DECLINED = "declined", _("cannot be offered")
        WITHDRAWN = "withdrawn", _("no longer offered")

    name = models.CharField(_("name"), max_length=120)
    what = models.CharField(_("what it is"), max_length=300, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rewards")
    points = models.PositiveIntegerField(_("points"), null=True, blank=True)
    stock = models.PositiveIntegerField(
        _("how many there are"), null=True, blank=True, help_text=_("Empty: as many as are asked for.")
    )
    days = models.PositiveSmallIntegerField(_("delivered within so many days"), default=14)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rewards", null=True, blank=True
    )  # who offers it and owes its delivery
    wished_by = models.ForeignKey(
        Agent, on_delete=models.PROTECT, related_name="reward_wishes", null=True, blank=True
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.WISHED)
    why = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_reward_with_price",
                condition=~Q(state="offered") | Q(points__gte=1, owner__isnull=False, days__gte=1),
            ),
            models.CheckConstraint(
                name="recognition_reward_declined_with_why", condition=~Q(state="declined") | ~Q(why="")
            ),
            models.CheckConstraint(
                name="recognition_reward_wished_by_somebody",
                condition=~Q(state="wished") | Q(wished_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "state"], name="recognition_reward_of_site")]

    def __str__(self) -> str:
        return self.name


class RewardVote(models.Model):
    """One agent would like one reward; taken back by deleting it."""

    reward = models.ForeignKey(Reward, on_delete=models.CASCADE, related_name="votes")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="reward_votes")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reward", "agent"], name="recognition_reward_vote_once"),
        ]


class Redemption(models.Model):
    """A reward somebody asked for; without a reward, the balance of somebody who leaves, to be paid out."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        APPROVED = "approved", _("approved")
        DELIVERED = "delivered", _("delivered")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    OPEN = (State.ASKED, State.APPROVED)

    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="redemptions", null=True, blank=True)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="redemptions")
    points = models.PositiveIntegerField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due = models.DateTimeField()  # promised for
    set_aside = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="redemption")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_redemption_ends_with_time",
                condition=Q(state__in=["asked", "approved"], ended_at=None)
                | ~Q(state__in=["asked", "approved"]) & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="recognition_redemption_declined_with_why", condition=~Q(state="declined") | ~Q(why="")
            ),
            models.CheckConstraint(name="recognition_redemption_points", condition=Q(points__gte=1)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "-asked_at"], name="recognition_redemption_of"),
            models.Index(
                fields=["due"], condition=Q(state__in=["asked", "approved"]), name="recognition_redemption_open"
            ),
        ]

    def __str__(self) -> str:
        return self.reward.name if self.reward else str(_("Your points, paid out"))

    @property
    def promised(self) -> str:
        """The name of the promise in the ledger of promises."""
        return f"recognition.redemption:{self.pk}"


class PointsPolicy(models.Model):
    """What becomes of the points of people who leave; one row."""

    class Leaving(models.TextChoices):
        KEPT = "kept", _("kept: whoever comes back has them still")
        PAID_OUT = "paid_out", _("paid out, each balance by a promise of HR")

    leaving = models.CharField(
        _("points of people who leave are"), max_length=8, choices=Leaving.choices, default=Leaving.KEPT
    )
    since = models.DateTimeField()
