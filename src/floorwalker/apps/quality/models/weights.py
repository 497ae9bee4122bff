"""Tables of weight rounds: what each leader thinks the items of a form are worth, and what was agreed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.models.forms import FormVersion


class WeightRound(models.Model):
    """Leaders weigh the items of a form, blind to each other; its owner proposes weights, each says yes or no."""

    class State(models.TextChoices):
        OPEN = "open", _("being weighed")
        CLOSED = "closed", _("to be proposed")
        PROPOSED = "proposed", _("proposed, to be agreed")
        AGREED = "agreed", _("agreed")
        ENDED = "ended", _("ended without an agreement")

    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    due = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    proposed = models.JSONField(null=True, blank=True)  # weights by item
    answer_until = models.DateTimeField(
        null=True, blank=True
    )  # after that who said nothing is waited for no longer
    ended_at = models.DateTimeField(null=True, blank=True)  # agreed, or given up
    result = models.OneToOneField(
        FormVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="agreed_in"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form_version"],
                condition=Q(state__in=["open", "closed", "proposed"]),
                name="quality_weighed_once",
            ),
            models.CheckConstraint(
                name="quality_round_closes",
                condition=Q(state="open", closed_at=None, ended_at=None)
                | Q(state__in=["closed", "proposed"], closed_at__isnull=False, ended_at=None)
                | Q(state__in=["agreed", "ended"], closed_at__isnull=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="quality_round_proposed",
                condition=Q(state__in=["open", "closed"], proposed__isnull=True, answer_until=None)
                | Q(state__in=["proposed", "agreed"], proposed__isnull=False, answer_until__isnull=False)
                | Q(state="ended"),
            ),
            models.CheckConstraint(
                name="quality_round_agreed",
                condition=Q(state="agreed", result__isnull=False) | ~Q(state="agreed") & Q(result=None),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="quality_rounds_due")]


class WeightVoter(models.Model):
    """A leader who is asked; when they answered is known to all, what they answered to nobody before the end."""

    class Assent(models.TextChoices):
        YES = "yes", _("agrees")
        NO = "no", _("does not agree")

    round = models.ForeignKey(WeightRound, on_delete=models.CASCADE, related_name="voters")
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voted_at = models.DateTimeField(null=True, blank=True)
    # What they say to the weights proposed; read by all who were asked and by who keeps forms.
    assent = models.CharField(max_length=3, choices=Assent.choices, blank=True)
    assent_why = models.CharField(max_length=300, blank=True)
    assent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "leader"], name="quality_asked_once"),
            models.CheckConstraint(
                name="quality_assent_of_who_weighed",
                condition=Q(assent="", assent_at=None) | Q(assent_at__isnull=False, voted_at__isnull=False),
            ),
            models.CheckConstraint(name="quality_no_with_reason", condition=~Q(assent="no", assent_why="")),
        ]


class WeightVote(models.Model):
    """What one leader thinks one item is worth against the others."""

    voter = models.ForeignKey(WeightVoter, on_delete=models.CASCADE, related_name="votes")
    item_key = models.CharField(max_length=60)
    weight = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["voter", "item_key"], name="quality_weighs_once"),
            models.CheckConstraint(name="quality_vote_weight", condition=Q(weight__gte=0, weight__lte=1000)),
        ]
