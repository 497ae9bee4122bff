"""Tables of notices: what a person is told, once, and how they wish to be told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One thing one person is told. The words are made for the reader when they read, never kept."""

    to_user = models.BigIntegerField()  # a value: the user's table is a higher room's
    kind = models.CharField(max_length=60)
    ref_kind = models.CharField(max_length=60)
    ref_id = models.BigIntegerField()
    once = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_after = models.DateTimeField(null=True, blank=True)  # none: no e-mail, or sent already
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["to_user", "once"], name="kernel_notice_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to_user", "-at"], name="kernel_notice_of_user"),
            models.Index(
                fields=["mail_after"], condition=models.Q(mail_after__isnull=False), name="kernel_notice_to_mail"
            ),
        ]


class NoticeWish(models.Model):
    """How a person wishes to be told of one kind; without a wish the kind's own way counts."""

    class Mail(models.TextChoices):
        AT_ONCE = "at_once", _("at once, in paid time")
        DAILY = "daily", _("once a day, together")
        NEVER = "never", _("not by e-mail")

    user = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    mail = models.CharField(max_length=10, choices=Mail.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind"], name="kernel_notice_wish_once")]
