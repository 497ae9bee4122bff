"""Tables of buddies and peer coaching: who helps whom, when they meet, and what only the two said."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent


class PeerPair(models.Model):
    """An agent who helps another for some weeks; both said yes."""

    class Kind(models.TextChoices):
        BUDDY = "buddy", _("buddy")
        PEER = "peer", _("peer coaching")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted by both")
        ENDED = "ended", _("ended")
        DECLINED = "declined", _("declined")

    kind = models.CharField(max_length=5, choices=Kind.choices)
    helper = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="helps")
    learner = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="helped")
    about = models.CharField(max_length=200)  # one skill, or one item of a form
    first_day = models.DateField()
    last_day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    helper_yes_at = models.DateTimeField(null=True)
    learner_yes_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")
        constraints: ClassVar = [
            models.CheckConstraint(name="coaching_pair_of_two", condition=~Q(helper=F("learner"))),
            models.CheckConstraint(name="coaching_pair_days", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="coaching_pair_accepted_by_both",
                condition=~Q(state="accepted") | Q(helper_yes_at__isnull=False, learner_yes_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["helper", "learner"],
                condition=Q(state__in=["proposed", "accepted"]),
                name="coaching_one_open_pair",
            ),
        ]


class PeerMeeting(models.Model):
    """Minutes of both off the phones; held, they are credited to who helps."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    pair = models.ForeignKey(PeerPair, on_delete=models.PROTECT, related_name="meetings")
    minutes = models.PositiveSmallIntegerField()
    helper_session = models.BigIntegerField(null=True, unique=True)
    learner_session = models.BigIntegerField(null=True, unique=True)
    begins_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    made_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="coaching_meeting_held_at", condition=~Q(state="held") | Q(held_at__isnull=False)
            ),
        ]


class PeerNote(models.Model):
    """What one of a pair wrote to the other; who leads them does not read it."""

    pair = models.ForeignKey(PeerPair, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(name="coaching_peer_note_says", condition=~Q(words=""))]
