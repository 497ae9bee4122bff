"""The table of photos of fun days."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from floorwalker.apps.recognition.models.fun import FunPost


class FunPhoto(models.Model):
    """One photo of what somebody shows, drawn anew; hidden while somebody wants to be taken off it."""

    post = models.ForeignKey(FunPost, on_delete=models.PROTECT, related_name="photos")
    jpeg = models.BinaryField()  # nothing once it was taken away
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=200)  # for who cannot see it
    at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)  # until who leads has looked
    asked_by = models.ForeignKey(  # who wanted to be taken off it: told what becomes of it, and named to nobody
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answer = models.CharField(max_length=300, blank=True)  # why it is shown again
    removed_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)  # somebody else took it away

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(removed_at=None), name="recognition_fun_photo_once"
            ),
            models.CheckConstraint(name="recognition_fun_photo_alt", condition=~Q(alt="")),
            models.CheckConstraint(name="recognition_fun_photo_gone", condition=Q(removed_at=None) | Q(jpeg=b"")),
        ]
