"""Tables of conversations."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Client
from floorwalker.apps.quality.models.forms import Channel
from floorwalker.apps.quality.rules import endings


class Ending(models.TextChoices):
    """Code and words do not go together: a question for somebody who reads both."""

    SAID_OPEN = endings.SAID_OPEN, _("ended as done; the last words say there is something left to do")
    SAID_DONE = endings.SAID_DONE, _("ended as open; the last words say it is done")


class Conversation(models.Model):
    """What was said in one contact, with what must not be kept taken out before it was stored."""

    key = models.CharField(_("key"), max_length=120, unique=True)  # what the system it comes from calls it
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="conversations")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    queue_name = models.CharField(_("queue"), max_length=120, blank=True)
    started_at = models.DateTimeField(_("began"))
    seconds = models.PositiveIntegerField(_("length"))
    hold_seconds = models.PositiveIntegerField(_("on hold"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    disposition = models.CharField(_("how it ended"), max_length=200, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)  # asked by rules when it came in
    turns = models.JSONField()  # speaker, at (seconds from the beginning), text
    imported_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agent", "-started_at"], name="quality_conversations_of_agent"),
            models.Index(fields=["-started_at", "id"], name="quality_conversations_by_time"),
        ]

    def __str__(self) -> str:
        return self.key


class ConversationImport(models.Model):
    """A file of conversations on its way in: read and redacted, looked at, applied or dropped."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    system = models.CharField(max_length=60, blank=True)  # whose names of agents it uses; empty: our numbers
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()
    read = models.PositiveIntegerField()
    rows = models.JSONField()  # redacted; gone once applied
    rejects = models.JSONField()  # line, code, facts
    repeated = models.PositiveIntegerField()  # within the file itself
    applied_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict)
