"""Tables of one-to-ones: the talk, what it is about, what both said, and the one action that follows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models.feedback import Behaviour
from floorwalker.apps.people.models import Agent


class OneToOne(models.Model):
    """A talk of an agent and who leads them. Its minutes are owed off the phones; a contractor is offered it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        PREPARED = "prepared", _("prepared")
        HELD = "held", _("held, not closed yet")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("lost its time, still owed")
        LET_GO = "let_go", _("let go by the agent")
        ENDED = "ended", _("ended")

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="one_to_ones")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="one_to_ones_held")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    minutes = models.PositiveSmallIntegerField()
    due = models.DateTimeField()
    asked_by_agent = models.BooleanField(default=False)
    offered = models.BooleanField(default=False)  # to a contractor: owed by nobody until they take it
    session = models.BigIntegerField(null=True, unique=True)  # the time off the phones, as a value
    begins_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    prepared_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)  # why it lost its time, was let go or ended
    why_no_action = models.CharField(max_length=300, blank=True)
    follow_up_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("one-to-one")
        verbose_name_plural = _("one-to-ones")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agent", "lead"],
                condition=Q(state__in=["planned", "prepared", "cancelled", "held"]),
                name="coaching_one_open_talk",
            ),
            models.CheckConstraint(
                name="coaching_talk_ends",
                condition=Q(state__in=["closed", "let_go", "ended"], ended_at__isnull=False)
                | ~Q(state__in=["closed", "let_go", "ended"]) & Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="coaching_talk_closed_with_follow_up",
                condition=~Q(state="closed") | Q(held_at__isnull=False, follow_up_on__isnull=False),
            ),
            models.CheckConstraint(name="coaching_talk_ended_why", condition=~Q(state="ended") | ~Q(answer="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lead", "state", "due"], name="coaching_talks_to_hold"),
            models.Index(fields=["agent", "-made_at"], name="coaching_talks_of_agent"),
        ]


class AgendaItem(models.Model):
    """What a talk is about. What somebody else claims is parked until it is evidence, or dropped."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", _("evidence")
        AGENT = "agent", _("opened by the agent")
        LEAD = "lead", _("a topic of the lead")
        PARKED = "parked", _("parked: somebody else's claim")

    class Outcome(models.TextChoices):
        OPEN = "open", _("being looked into")
        EVIDENCE = "evidence", _("became evidence")
        DROPPED = "dropped", _("dropped")

    talk = models.ForeignKey(OneToOne, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=500)
    source = models.CharField(max_length=20, blank=True)  # of evidence: review, feedback, goal, …
    ref = models.BigIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Of a claim: who looks it up until when, and what came of it.
    looked_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claims_looked_up", null=True
    )
    look_up_until = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_words = models.CharField(max_length=500, blank=True)
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="coaching_item_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="coaching_claim_is_looked_up",
                condition=~Q(kind="parked") & Q(outcome="", looked_up_by=None)
                | Q(kind="parked", looked_up_by__isnull=False, look_up_until__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="coaching_claim_ends_with_words",
                condition=~Q(outcome__in=["evidence", "dropped"])
                | ~Q(outcome_words="") & Q(outcome_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["talk", "source", "ref"], condition=~Q(source=""), name="coaching_evidence_once"
            ),
        ]


class Note(models.Model):
    """What one of the two said; the lead may take the agent's words down, and the agent reads what was taken."""

    class Side(models.TextChoices):
        AGENT = "agent", _("the agent's words")
        LEAD = "lead", _("the lead's words")

    talk = models.ForeignKey(OneToOne, on_delete=models.PROTECT, related_name="notes")
    side = models.CharField(max_length=5, choices=Side.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(name="coaching_note_says", condition=~Q(words=""))]


class Action(models.Model):
    """The one thing that follows from a talk: agreed by both, looked at again, and then done or not."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        MISSED = "missed", _("not reached")
        DROPPED = "dropped", _("dropped")

    talk = models.OneToOneField(OneToOne, on_delete=models.PROTECT, related_name="action")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="actions")
    lead = models.ForeignKey(  # who looks at it again; another than in the talk when somebody else leads now
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="actions_followed"
    )
    what = models.CharField(max_length=300)
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="+", null=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", null=True)
    measure = models.CharField(max_length=30, blank=True)  # of the figures, where it is seen in one
    target = models.CharField(max_length=200)
    support = models.CharField(max_length=300, blank=True)  # what the lead does for it
    due = models.DateField()
    follow_up_on = models.DateField()
    agreed_by_agent_at = models.DateTimeField(null=True)
    agreed_by_lead_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    said_done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=500, blank=True)
    # Of the measure, at the follow-up: the days before the talk and those after, and the change with its range.
    before = models.FloatField(null=True)
    after = models.FloatField(null=True)
    change_low = models.FloatField(null=True)
    change_high = models.FloatField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="coaching_action_says", condition=~Q(what="") & ~Q(target="")),
            models.CheckConstraint(
                name="coaching_action_looked_at_after", condition=Q(follow_up_on__gte=models.F("due"))
            ),
            models.CheckConstraint(
                name="coaching_action_ends",
                condition=Q(state="open", ended_at=None) | ~Q(state="open") & Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="coaching_action_missed_with_words",
                condition=~Q(state__in=["missed", "dropped"]) | ~Q(outcome=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "follow_up_on"], name="coaching_actions_due")]


class TalkHandOn(models.Model):
    """The agent let somebody read a talk who leads them now."""

    talk = models.ForeignKey(OneToOne, on_delete=models.PROTECT, related_name="handed_on")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["talk", "to"], name="coaching_talk_handed_on_once")
        ]
