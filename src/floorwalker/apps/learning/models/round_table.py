"""Tables of a round table: what may be named, the tips, and who will try which."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from floorwalker.apps.learning.models.activities import Activity
from floorwalker.apps.learning.rules import round_table as rules
from floorwalker.apps.people.models import Agent


class TableTopic(models.Model):
    """Something a tip of this round table may be about; ``ref`` is whoever's number who named it."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="topics")
    ref = models.PositiveBigIntegerField()
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "ref"], name="learning_table_topic_once")
        ]

    def __str__(self) -> str:
        return self.name


class Tip(models.Model):
    """What somebody does that works, said to the table with their name."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="tips")
    author = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="tips")
    text = models.TextField(max_length=rules.LONGEST)
    about = models.ForeignKey(TableTopic, on_delete=models.PROTECT, related_name="tips", null=True)
    at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True)  # may leave the table with the author's name
    shared_at = models.DateTimeField(null=True)
    shared_as = models.PositiveBigIntegerField(null=True)  # the number it has where it was shared

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="learning_tip_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="learning_tip_shared_with_consent",
                condition=Q(shared_at=None, shared_as=None)
                | Q(shared_at__isnull=False, shared_as__isnull=False, consented_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["activity", "at"], name="learning_tip_of_table")]

    def __str__(self) -> str:
        return self.text[:60]


class TipTry(models.Model):
    """Somebody will try a tip; counted, and known to themselves."""

    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="tries")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tip", "agent"], name="learning_tip_tried_once")]
