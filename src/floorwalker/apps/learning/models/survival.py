"""Tables of the survival ranking: each one's order with reasons, and what each small group agrees on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from floorwalker.apps.learning.models.activities import Activity, Participant


class Ranking(models.Model):
    """One's own order of the items. Kept step by step; ``done_at`` when its owner says it is done."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="ranking")
    order = models.JSONField()  # keys of the items, the most important first
    done_at = models.DateTimeField(null=True)


class Reason(models.Model):
    """Why an item stands where it does. Shown without a name, unless its author ticks otherwise."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="reasons")
    item = models.CharField(max_length=60)
    words = models.CharField(max_length=200)
    named = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ranking", "item"], name="learning_reason_once")]


class GroupRanking(models.Model):
    """What a small group agrees on. Anybody of it moves an item; who reads an older state is told so."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="group_rankings")
    number = models.PositiveSmallIntegerField()
    order = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "number"], name="learning_group_ranking_once")
        ]
