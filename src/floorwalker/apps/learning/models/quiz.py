"""Table of the live quiz: what each answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from floorwalker.apps.learning.models.activities import Participant


class QuizAnswer(models.Model):
    """One's answer to a question, changed until it closes; shown to nobody else."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="answers")
    round = models.PositiveSmallIntegerField()  # the number of the question
    option = models.PositiveSmallIntegerField()  # counted from one
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "round"], name="learning_quiz_answer_once"),
            models.CheckConstraint(name="learning_quiz_option", condition=Q(option__gte=1, option__lte=6)),
        ]
