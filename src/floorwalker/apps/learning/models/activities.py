"""Tables of what a group does together: exercises kept for it, one run with its people, and its question box."""

from __future__ import annotations

from secrets import randbelow
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent


def fresh_question_id() -> int:
    """A number that says nothing of when the row was made."""
    return randbelow(2**52) + 1


class Exercise(models.Model):
    """What a trainer prepares and uses again. Once in force its words never change."""

    class Kind(models.TextChoices):
        SURVIVAL = "survival", _("survival ranking")
        QUIZ = "quiz", _("live quiz")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", _("in force")
        RETIRED = "retired", _("retired")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    content = models.JSONField(default=dict)  # as the rules of its kind write it
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True)
    look_again_on = models.DateField()  # the keeper's home says so
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("title"), "number", name="learning_exercise_once"),
            models.UniqueConstraint(
                Lower("title"),
                "state",
                condition=Q(state__in=["draft", "in_force"]),
                name="learning_exercise_one_draft_one_in_force",
            ),
            models.CheckConstraint(
                name="learning_exercise_in_force_since",
                condition=Q(state="draft", in_force_from=None)
                | ~Q(state="draft") & Q(in_force_from__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["keeper", "look_again_on"], name="learning_exercise_due")]

    def __str__(self) -> str:
        return self.title


class Activity(models.Model):
    """One run with one group, from being prepared to being closed; it takes the words of its exercise along."""

    class Kind(models.TextChoices):
        ROUND_TABLE = "round_table", _("round table")
        SURVIVAL = "survival", _("survival ranking")
        OWN_PITCH = "own_pitch", _("would you sell to yourself?")
        QUIZ = "quiz", _("live quiz")

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        CALLED_OFF = "called_off", _("called off")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    prompt = models.TextField(_("what it is about"), max_length=600, blank=True)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, null=True, related_name="activities")
    content = models.JSONField(default=dict)  # of the exercise, as it was then
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    stage = models.CharField(max_length=12, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    seed = models.PositiveBigIntegerField(null=True)  # of what was drawn by lot, so that it can be drawn again
    stage_at = models.DateTimeField(null=True)  # since when it stands there, by the server's clock
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)  # it was called off
    once = models.CharField(max_length=100, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="learning_activity_stage",
                condition=Q(state="prepared", stage="", stage_at=None, opened_at=None)
                | Q(state="called_off")
                | Q(state__in=["open", "closed"], stage_at__isnull=False, opened_at__isnull=False) & ~Q(stage=""),
            ),
            models.CheckConstraint(
                name="learning_activity_over_since",
                condition=Q(state__in=["prepared", "open"], closed_at=None)
                | Q(state__in=["closed", "called_off"], closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="learning_activity_with_exercise",
                condition=Q(kind__in=["survival", "quiz"], exercise__isnull=False)
                | Q(kind__in=["round_table", "own_pitch"], exercise=None),
            ),
            models.CheckConstraint(
                name="learning_activity_called_off_why", condition=~Q(state="called_off") | ~Q(why="")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["lead", "state"], name="learning_activity_of_lead")]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """Somebody of the group; ``split`` is the small group they were put in, where the kind has such."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participants")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="activities")
    split = models.PositiveSmallIntegerField(null=True)
    left_at = models.DateTimeField(null=True)  # the company, while it was open

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "agent"], name="learning_participant_once"),
        ]


class BoxQuestion(models.Model):
    """A question in the box of an activity. Neither its number nor its row says whose it is, or when it came."""

    id = models.BigIntegerField(primary_key=True, default=fresh_question_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="box")
    words = models.CharField(max_length=300)
    answer = models.TextField(max_length=600, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="learning_box_answered",
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["activity", "answered_at"], name="learning_box_open")]
