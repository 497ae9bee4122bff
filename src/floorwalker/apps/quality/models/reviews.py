"""Tables of reviews."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.quality.models.conversations import Conversation
from floorwalker.apps.quality.models.forms import FormVersion


class Side(models.TextChoices):
    AGENT = "agent", _("the agent")
    EVALUATOR = "evaluator", _("the evaluator")
    DECIDER = "decider", _("who decided")


class Review(models.Model):
    """One contact looked at: the agent's own view, the evaluation, the talk about both."""

    class State(models.TextChoices):
        DRAWN = "drawn", _("to evaluate")
        SCORED = "scored", _("evaluated, not shown yet")
        RELEASED = "released", _("to talk about")
        DISPUTED = "disputed", _("disputed")
        DECIDED = "decided", _("decided")
        CLOSED = "closed", _("closed")
        DROPPED = "dropped", _("dropped")

    class Why(models.TextChoices):
        SAMPLE = "sample", _("drawn")
        CHECK_ME = "check_me", _("asked for by the agent")
        DOUBLE = "double", _("a second score")
        CALIBRATION = "calibration", _("calibration")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="reviews")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="reviews")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="reviews")
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evaluations")
    why = models.CharField(max_length=12, choices=Why.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAWN)
    drawn_at = models.DateTimeField()
    due = models.DateTimeField()  # of the evaluation
    self_due = models.DateTimeField(null=True, blank=True)  # none: offered, and waited for by nobody
    self_handed_in_at = models.DateTimeField(null=True, blank=True)
    self_missed_at = models.DateTimeField(null=True, blank=True)
    self_score = models.FloatField(null=True, blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)  # of what the agent controls
    all_points = models.FloatField(null=True, blank=True)
    failed = models.JSONField(default=list)  # keys of critical items
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(why__in=["sample", "check_me"]) & ~Q(state="dropped"),
                name="quality_reviewed_once",
            ),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(why="double") & ~Q(state="dropped"),
                name="quality_doubled_once",
            ),
            models.CheckConstraint(
                name="quality_released_with_score",
                condition=Q(state__in=["drawn", "dropped"])
                | Q(state="scored", scored_at__isnull=False)
                | Q(released_at__isnull=False, scored_at__isnull=False),
            ),
            models.CheckConstraint(
                name="quality_closed_with_time", condition=~Q(state="closed") | Q(closed_at__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["evaluator", "state", "due"], name="quality_reviews_to_do"),
            models.Index(fields=["agent", "-drawn_at"], name="quality_reviews_of_agent"),
        ]


class Answer(models.Model):
    """What one side answered to one item; ``na`` where it does not apply."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(max_length=10, choices=Side.choices)
    item_key = models.CharField(max_length=60)
    value = models.CharField(max_length=30)
    evidence_seconds = models.PositiveIntegerField(null=True, blank=True)  # where in the conversation
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "side", "item_key"], name="quality_answered_once"),
        ]


class Remark(models.Model):
    """Words of a review: they reach the agent, the evaluator and who decides a dispute, and nobody else.

    ``about`` is ``item:KEY``, ``went_well``, ``to_improve``, ``question``, ``dispute:1`` or ``decision:1``.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="remarks")
    side = models.CharField(max_length=10, choices=Side.choices)
    about = models.CharField(max_length=70)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "side", "about"], name="quality_said_once"),
            models.CheckConstraint(name="quality_remark_says_something", condition=~Q(text="")),
        ]


class LostPoint(models.Model):
    """Points a scored contact lost at one item, and who controls that; read in sums only."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="lost")
    item_key = models.CharField(max_length=60)
    item_text = models.CharField(max_length=300)
    controlled_by = models.CharField(max_length=10)
    points = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["controlled_by", "review"], name="quality_lost_by_owner")]


class Dispute(models.Model):
    """One round of an agent's doubt in a score, and its answer."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        UPHELD = "upheld", _("the score stands")
        CHANGED = "changed", _("the score was changed")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="disputes")
    round = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    due = models.DateTimeField()
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="disputes_to_decide"
    )
    alone = models.BooleanField(default=False)  # who evaluated answers it too: nobody else may
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    score_before = models.FloatField(null=True, blank=True)
    score_after = models.FloatField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "round"], name="quality_dispute_once_a_round"),
            models.CheckConstraint(name="quality_dispute_rounds", condition=Q(round__gte=1, round__lte=2)),
            models.CheckConstraint(
                name="quality_dispute_decided_with_time",
                condition=Q(state="open", decided_at=None) | ~Q(state="open") & Q(decided_at__isnull=False),
            ),
        ]
