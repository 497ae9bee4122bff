"""Tables of feedback: what is expected, what was said, what was answered, and who may read it besides the two."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent


class Side(models.TextChoices):
    POSITIVE = "positive", _("positive: to be encouraged")
    CORRECTIVE = "corrective", _("corrective: to be changed")


class Behaviour(models.Model):
    """Something people do that is encouraged or corrected, and the same steps of response for everybody."""

    name = models.CharField(_("behaviour"), max_length=120)
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    first = models.CharField(_("response the first time"), max_length=200)
    second = models.CharField(_("response when it comes again"), max_length=200, blank=True)
    third = models.CharField(_("response after that"), max_length=200, blank=True)
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("behaviour")
        verbose_name_plural = _("behaviours")
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="coaching_behaviour_once")]

    def __str__(self) -> str:
        return self.name


class Feedback(models.Model):
    """What somebody said to an agent about a behaviour or an expectation. It never changes and has no audience."""

    class Kind(models.TextChoices):
        POSITIVE = "positive", _("positive")
        CORRECTIVE = "corrective", _("corrective")

    class PhoneState(models.TextChoices):
        TALKING = "talking", _("talking")
        HOLD = "hold", _("customer on hold")
        AFTER_CONTACT = "after_contact", _("after-contact work")
        READY = "ready", _("ready, waiting for a contact")
        NOT_READY = "not_ready", _("signed in, not ready")
        BREAK = "break", _("break")
        SIGNED_OUT = "signed_out", _("signed out")

    class Evidence(models.TextChoices):
        CONTACT = "contact", _("a contact")
        REVIEW = "review", _("an evaluation")
        STATE = "state", _("a state in the log of the phone system")
        MOMENT = "moment", _("a moment I witnessed")

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="feedback")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feedback_written")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="feedback", null=True)
    rung = models.PositiveSmallIntegerField(null=True)  # which step of the response to the behaviour
    expires_on = models.DateField(null=True)  # until then the step counts; the agent reads it
    expectation = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=2000)
    evidence_kind = models.CharField(max_length=10, choices=Evidence.choices, blank=True)
    evidence_ref = models.CharField(max_length=120, blank=True)  # what the evidence is called where it is kept
    evidence_at = models.DateTimeField(null=True)
    evidence_place = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="coaching_corrective_has_evidence", condition=~Q(kind="corrective") | ~Q(evidence_kind="")
            ),
            models.CheckConstraint(
                name="coaching_evidence_is_named",
                condition=Q(evidence_kind="")
                | Q(evidence_kind="moment", evidence_at__isnull=False) & ~Q(evidence_place="")
                | Q(evidence_kind="state", evidence_at__isnull=False) & ~Q(evidence_ref="")
                | Q(evidence_kind__in=["contact", "review"]) & ~Q(evidence_ref=""),
            ),
            models.CheckConstraint(
                name="coaching_feedback_refers_to_something",
                condition=Q(behaviour__isnull=False) | ~Q(expectation=""),
            ),
            models.CheckConstraint(name="coaching_feedback_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="coaching_feedback_rung",
                condition=Q(rung=None, expires_on=None) | Q(rung__gte=1, rung__lte=3, expires_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "-at"], name="coaching_feedback_of_agent"),
            models.Index(fields=["author", "-at"], name="coaching_feedback_by_author"),
        ]

    def __str__(self) -> str:
        return str(self.Kind(self.kind).label)


class FeedbackReply(models.Model):
    """An answer of one of the two."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="replies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]


class HandOn(models.Model):
    """The agent let somebody read it who leads them now."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="handed_on")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feedback", "to"], name="coaching_handed_on_once")
        ]


class Opening(models.Model):
    """HR opened what was written to an agent until then, for a reason that both were told; it closes by itself."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="feedback_openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="coaching_opened_for_a_reason", condition=~Q(why="")),
        ]
