"""Tables of phrases worth spotting: who says them, where they were said, how well they are found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Client
from floorwalker.apps.quality.models.conversations import Conversation


class Owner(models.TextChoices):
    AGENT = "agent", _("the agent")
    SYSTEM = "system", _("systems and tools")
    PROCESS = "process", _("the process")
    POLICY = "policy", _("the policy")
    PRODUCT = "product", _("the product")
    CUSTOMER = "customer", _("the customer")


class Phrase(models.Model):
    """Words customers or agents say that are worth noticing: a reason or a trigger, never a feeling."""

    class SaidBy(models.TextChoices):
        CUSTOMER = "customer", _("customers")
        AGENT = "agent", _("agents")

    text = models.CharField(_("words"), max_length=120)
    said_by = models.CharField(_("said by"), max_length=10, choices=SaidBy.choices)
    owner_topic = models.CharField(_("who could mend it"), max_length=10, choices=Owner.choices)
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("client")
    )
    archived = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    spotted_at = models.DateTimeField(null=True, blank=True)  # when older contacts were looked through

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("text"), "said_by", "client", name="quality_phrase_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="quality_phrase_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def controllable(self) -> bool:
        """Whether the agent controls it."""
        return self.owner_topic == Owner.AGENT


class Spot(models.Model):
    """A phrase in a turn of a conversation, found by the rules."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="spots")
    phrase = models.ForeignKey(Phrase, on_delete=models.CASCADE, related_name="spots")
    turn = models.PositiveIntegerField()  # from 0

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "phrase", "turn"], name="quality_spotted_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["phrase", "-conversation"], name="quality_spots_of_phrase")]


class PhraseLabel(models.Model):
    """What a person found in a turn, to know how well the rules do."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    phrase = models.ForeignKey(Phrase, on_delete=models.CASCADE, related_name="labels")
    turn = models.PositiveIntegerField()
    spotted = models.BooleanField()  # by the rules, when it was labelled
    present = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "phrase", "turn"], name="quality_labelled_once"),
        ]
