"""Tables of working agreements: what each of two people will hold, and how the other finds it was held."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent


class AgreementSide(models.TextChoices):
    AGENT = "agent", _("the agent")
    LEAD = "lead", _("the lead")


class Agreement(models.Model):
    """One version of what an agent and who leads them will hold; what was agreed never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        IN_FORCE = "in_force", _("in force")
        REPLACED = "replaced", _("replaced by a newer one")
        ENDED = "ended", _("ended")

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="agreements")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="agreements_led")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()
    agreed_by_agent_at = models.DateTimeField(null=True)
    agreed_by_lead_at = models.DateTimeField(null=True)
    in_force_from = models.DateField(null=True)
    review_due = models.DateField(null=True)  # the next time both say how it was held
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("working agreement")
        verbose_name_plural = _("working agreements")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agent", "lead"], condition=Q(state="draft"), name="coaching_one_draft_agreement"
            ),
            models.UniqueConstraint(
                fields=["agent", "lead"], condition=Q(state="in_force"), name="coaching_one_agreement_in_force"
            ),
            models.UniqueConstraint(fields=["agent", "lead", "number"], name="coaching_agreement_number"),
            models.CheckConstraint(
                name="coaching_agreed_by_both",
                condition=~Q(state="in_force")
                | Q(
                    agreed_by_agent_at__isnull=False,
                    agreed_by_lead_at__isnull=False,
                    in_force_from__isnull=False,
                    review_due__isnull=False,
                ),
            ),
        ]


class AgreementItem(models.Model):
    """Something one side will hold, in its own words."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="items")
    side = models.CharField(max_length=5, choices=AgreementSide.choices)
    words = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["side", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="coaching_agreement_item_says", condition=~Q(words=""))
        ]


class AgreementReview(models.Model):
    """Once a quarter each side says how the other held what they named; blind until both have."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("said by both")
        DROPPED = "dropped", _("dropped")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    due = models.DateTimeField()
    agent_said_at = models.DateTimeField(null=True)
    lead_said_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state="open"), name="coaching_one_open_agreement_review"
            ),
            models.CheckConstraint(
                name="coaching_agreement_review_said",
                condition=~Q(state="done") | Q(agent_said_at__isnull=False, lead_said_at__isnull=False),
            ),
        ]


class Verdict(models.Model):
    """How one item of the other side was held, with an example."""

    class Held(models.TextChoices):
        MET = "met", _("held")
        PARTLY = "partly", _("partly held")
        NOT = "not", _("not held")

    review = models.ForeignKey(AgreementReview, on_delete=models.PROTECT, related_name="verdicts")
    item = models.ForeignKey(AgreementItem, on_delete=models.PROTECT, related_name="verdicts")
    side = models.CharField(max_length=5, choices=AgreementSide.choices)  # who says it
    held = models.CharField(max_length=6, choices=Held.choices)
    example = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "item"], name="coaching_verdict_once"),
            models.CheckConstraint(name="coaching_verdict_has_example", condition=~Q(example="")),
        ]
