"""Tables of points: accounts, and the entries that move points from one to another.

One entry is one row with who gives, who takes and how many, above zero: what leaves one account arrives in
another, so that no entry, no half-written transfer and no correction can make the sum of all accounts anything but
zero. Two rows an entry would need a trigger at commit to say the same.

Accounts whose balance may not fall below zero carry it; the database adds every entry to both sides itself (see
``0002_points``), so that balance and history cannot come apart. Entries are never changed and never deleted.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent


class Account(models.Model):
    """Something that holds points."""

    class Kind(models.TextChoices):
        ISSUED = "issued", _("the centre, where points come from")
        BUDGET = "budget", _("a budget")
        HELD = "held", _("held for an incentive")
        AGENT = "agent", _("an agent")
        WAITING = "waiting", _("asked for a reward")
        REDEEMED = "redeemed", _("spent")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    agent = models.OneToOneField(
        Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="points_account"
    )
    balance = models.BigIntegerField(null=True, blank=True)  # none: not counted here, and without a floor

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_account_floor", condition=Q(balance=None) | Q(balance__gte=0)
            ),
            models.CheckConstraint(
                name="recognition_account_counts",
                condition=Q(kind__in=["issued", "waiting", "redeemed"], balance=None)
                | Q(kind__in=["budget", "held", "agent"], balance__isnull=False),
            ),
            models.CheckConstraint(
                name="recognition_account_of_agent",
                condition=Q(kind="agent", agent__isnull=False) | ~Q(kind="agent") & Q(agent=None),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind__in=["issued", "waiting", "redeemed"]),
                name="recognition_account_single",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Entry(models.Model):
    """Points that moved from one account to another, once and for good; a wrong one is met by its reverse."""

    class Kind(models.TextChoices):
        ISSUE = "issue", _("budget filled")
        RESERVE = "reserve", _("held for an incentive")
        RELEASE = "release", _("returned to its budget")
        AWARD = "award", _("earned")
        REVERSAL = "reversal", _("taken back")
        ASK = "ask", _("set aside for a reward")
        RETURN = "return", _("returned")
        SPEND = "spend", _("spent on a reward")
        MERGE = "merge", _("brought together")

    once = models.CharField(max_length=200, unique=True)  # the operation: asked for twice, it happens once
    kind = models.CharField(max_length=8, choices=Kind.choices)
    source = models.CharField(max_length=12, blank=True)  # of an award: rules.sources
    giver = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="given")
    taker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="taken")
    points = models.PositiveIntegerField()
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="point_entries"
    )  # whose balance it changes, or changed when they were set aside
    ref = models.CharField(max_length=80, blank=True)  # what it is about, such as learning.match:12
    why = models.CharField(max_length=300)  # a sentence the agent reads
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="recognition_entry_points", condition=Q(points__gte=1)),
            models.CheckConstraint(name="recognition_entry_two_accounts", condition=~Q(giver=F("taker"))),
            models.CheckConstraint(name="recognition_entry_with_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="recognition_entry_source", condition=Q(kind="award") & ~Q(source="") | ~Q(kind="award")
            ),
            models.CheckConstraint(
                name="recognition_entry_reverses",
                condition=Q(kind="reversal", reverses__isnull=False) | ~Q(kind="reversal") & Q(reverses=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "-at", "-id"], name="recognition_entry_of_agent"),
            models.Index(fields=["at", "agent"], condition=Q(kind="award"), name="recognition_entry_awards"),
            models.Index(fields=["ref"], name="recognition_entry_about"),
        ]

    def __str__(self) -> str:
        return f"{self.points}: {self.why}"
