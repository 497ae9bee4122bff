"""A change of a published shift talked about by those it concerns, and agreed only by being done."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.schedules.models.weeks import Publication, Week
from floorwalker.kernel.periods import period_field


class ChangeRequest(models.Model):
    """One wish about one shift. ``turn`` says who answers next; the terms on the table are those proposed last."""

    class Kind(models.TextChoices):
        HOURS = "hours", _("other hours")
        MOVE = "move", _("another day")
        DROP = "drop", _("give the shift up")
        SWAP = "swap", _("swap with a colleague")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        AGREED = "agreed", _("agreed and done")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        OVERTAKEN = "overtaken", _("overtaken: the shift changed meanwhile")

    class Turn(models.TextChoices):
        AGENT = "agent", _("the agent")
        COLLEAGUE = "colleague", _("the colleague")
        LEAD = "lead", _("supervisor or planner")

    week = models.ForeignKey(Week, on_delete=models.PROTECT, related_name="change_requests")
    agent = models.ForeignKey("people.Agent", on_delete=models.PROTECT, related_name="change_requests")
    shift_identity = models.UUIDField()
    shift_version = models.PositiveIntegerField()
    colleague = models.ForeignKey(
        "people.Agent", on_delete=models.PROTECT, null=True, blank=True, related_name="swap_requests"
    )
    colleague_identity = models.UUIDField(null=True)
    colleague_version = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    period = period_field(null=True)  # the hours proposed last, for hours and move
    begun_by_lead = models.BooleanField(default=False)
    colleague_agreed = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    turn = models.CharField(max_length=9, choices=Turn.choices)
    applied = models.ForeignKey(Publication, on_delete=models.PROTECT, null=True, related_name="agreed_changes")
    due = models.DateTimeField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agent", "-id"], name="schedules_request_of"),
            models.Index(fields=["colleague", "-id"], name="schedules_request_with"),
            models.Index(fields=["due"], condition=Q(state="open"), name="schedules_request_open"),
        ]
        constraints: ClassVar = [
            # Agreed means done: there is no such thing as agreed and still to be applied.
            models.CheckConstraint(
                name="schedules_request_agreed_is_applied",
                condition=Q(state="agreed", applied__isnull=False) | (~Q(state="agreed") & Q(applied=None)),
            ),
            models.CheckConstraint(
                name="schedules_request_ends",
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="schedules_request_swap_names_both",
                condition=Q(
                    kind="swap",
                    colleague__isnull=False,
                    colleague_identity__isnull=False,
                )
                | (~Q(kind="swap") & Q(colleague=None, colleague_identity=None)),
            ),
            models.CheckConstraint(
                name="schedules_request_hours_given",
                condition=Q(kind__in=["hours", "move"], period__isnull=False, period__isempty=False)
                | Q(kind__in=["drop", "swap"], period=None),
            ),
            models.UniqueConstraint(
                fields=["agent", "shift_identity"], condition=Q(state="open"), name="schedules_request_one_open"
            ),
        ]


class ChangeEntry(models.Model):
    """One line of the talk; never changed. ``period`` are the hours it puts on the table."""

    class What(models.TextChoices):
        ASKED = "asked", _("asked")
        COUNTERED = "countered", _("proposed instead")
        SAID = "said", _("wrote")
        CONSENTED = "consented", _("would swap")
        AGREED = "agreed", _("agreed; the roster is changed")
        DECLINED = "declined", _("declined")
        WITHDREW = "withdrew", _("withdrew")
        OVERTAKEN = "overtaken", _("overtaken: the shift changed meanwhile")

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="entries")
    what = models.CharField(max_length=9, choices=What.choices)
    side = models.CharField(max_length=9, choices=ChangeRequest.Turn.choices)
    text = models.CharField(max_length=1000, blank=True)
    period = period_field(null=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
