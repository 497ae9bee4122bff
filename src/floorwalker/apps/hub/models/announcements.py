"""Tables of announcements: what was said to whom, who has read it, and who has confirmed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Site, Team


class Announcement(models.Model):
    """Said to all who are there at that moment; the list of its readers never changes afterwards."""

    class Audience(models.TextChoices):
        TEAM = "team", _("a team")
        SITE = "site", _("a site")
        QUEUE = "queue", _("those who answer a client's queue")
        ALL = "all", _("all who work here")

    class State(models.TextChoices):
        GOING_OUT = "going_out", _("going out")
        OUT = "out", _("out")
        WITHDRAWN = "withdrawn", _("withdrawn")

    title = models.CharField(max_length=120)
    text = models.TextField(max_length=8000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    audience = models.CharField(max_length=5, choices=Audience.choices)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", null=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True)
    queue = models.BigIntegerField(null=True)  # a value: queues are another room's
    place = models.CharField(max_length=200, blank=True)  # the queue as it was called
    confirm_by = models.DateField(null=True)  # reading it is asked for, with a day
    state = models.CharField(max_length=9, choices=State.choices, default=State.GOING_OUT)
    readers = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)  # when its day was over and who announced it was told
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    search = SearchVectorField(null=True)
    search_as = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="hub_announcement_audience",
                condition=Q(audience="all", site=None, team=None, queue=None)
                | Q(audience="site", site__isnull=False, team=None, queue=None)
                | Q(audience="team", site__isnull=False, team__isnull=False, queue=None)
                | Q(audience="queue", site__isnull=False, team=None, queue__isnull=False),
            ),
            models.CheckConstraint(
                name="hub_announcement_withdrawn_with_reason",
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""),
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="hub_announcement_words", fastupdate=False),
            models.Index(fields=["-at", "-id"], name="hub_announcement_newest"),
            models.Index(
                fields=["confirm_by"],
                condition=Q(confirm_by__isnull=False, reported_at=None),
                name="hub_announcement_to_confirm",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """One reader of an announcement: when they opened it, and when they confirmed."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="receipts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["announcement", "user"], name="hub_receipt_once"),
            models.CheckConstraint(
                name="hub_receipt_confirmed_is_read",
                condition=Q(confirmed_at=None) | Q(read_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "announcement"], name="hub_receipt_of_user"),
            models.Index(fields=["user"], condition=Q(confirmed_at=None), name="hub_receipt_unconfirmed"),
        ]
