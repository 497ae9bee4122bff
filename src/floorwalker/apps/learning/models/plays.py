"""Tables of plays, turn by turn."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.models.scenarios import ScenarioVersion
from floorwalker.apps.people.models import Agent


class Play(models.Model):
    """One person's way through a scenario, for practice or in a match."""

    class Purpose(models.TextChoices):
        PRACTICE = "practice", _("practice")
        MATCH = "match", _("match")

    class State(models.TextChoices):
        PLAYING = "playing", _("being played")
        FINISHED = "finished", _("finished")
        GIVEN_UP = "given_up", _("given up")

    version = models.ForeignKey(ScenarioVersion, on_delete=models.PROTECT, related_name="plays")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="plays")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.PRACTICE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLAYING)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(default=0)  # from each line shown to its answer, by the server's clock
    completeness = models.FloatField(default=0)  # 0 to 1
    complete = models.BooleanField(default=False)  # every step met, and the customer not lost
    outcome = models.CharField(max_length=10, blank=True)  # of the end reached

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agent", "version"],
                condition=Q(state="playing", purpose="practice"),
                name="learning_one_practice_at_a_time",
            ),
            models.CheckConstraint(
                name="learning_play_over_since",
                condition=Q(state="playing", finished_at=None)
                | ~Q(state="playing") & Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="learning_play_share", condition=Q(completeness__gte=0, completeness__lte=1, seconds__gte=0)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "-began_at"], name="learning_play_by_agent"),
            models.Index(fields=["version", "purpose", "state"], name="learning_play_by_version"),
        ]

    def __str__(self) -> str:
        return f"{self.agent}: {self.version}"


class Turn(models.Model):
    """A line as it was shown to a player, and what they answered."""

    play = models.ForeignKey(Play, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField()
    node = models.CharField(max_length=60)
    served_at = models.DateTimeField()  # when the server sent it
    shown_at = models.DateTimeField()  # when the phone said it stands there; until then, when it was sent
    option = models.CharField(max_length=60, null=True)
    words = models.TextField(max_length=1000, blank=True)
    at = models.DateTimeField(null=True)  # answered

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["play", "number"], name="learning_turn_once"),
            models.CheckConstraint(
                name="learning_turn_one_answer",
                condition=Q(at=None, option=None, words="")
                | Q(at__isnull=False, option__isnull=False, words="")
                | Q(at__isnull=False, option=None) & ~Q(words=""),
            ),
        ]
