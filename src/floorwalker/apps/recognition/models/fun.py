"""Tables of the fun calendar: days, what people show of them, and votes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Site


class FunDay(models.Model):
    """A day for fun, such as one of crazy hats; who works from home is told how to take part."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("called off")

    name = models.CharField(_("name"), max_length=120)
    what = models.CharField(_("what happens"), max_length=300)
    remote = models.CharField(_("how to take part from home"), max_length=300)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="fun_days")
    day = models.DateField(_("day"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="fun_days")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_fun_called_off_with_why", condition=~Q(state="cancelled") | ~Q(why="")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "day"], name="recognition_fun_by_day")]

    def __str__(self) -> str:
        return self.name


class FunPost(models.Model):
    """What one person shows of the day, in words; taken away with a reason, or by themselves."""

    fun_day = models.ForeignKey(FunDay, on_delete=models.PROTECT, related_name="posts")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="fun_posts")
    words = models.CharField(max_length=300)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)  # somebody else took it away

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fun_day", "agent"], condition=Q(removed_at=None), name="recognition_fun_post_once"
            ),
            models.CheckConstraint(name="recognition_fun_post_words", condition=~Q(words="")),
        ]


class FunVote(models.Model):
    """One vote a person and day."""

    fun_day = models.ForeignKey(FunDay, on_delete=models.CASCADE, related_name="votes")
    post = models.ForeignKey(FunPost, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="fun_votes")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fun_day", "voter"], name="recognition_fun_vote_once"),
        ]
