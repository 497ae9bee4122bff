"""Tables of evaluation forms."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Client
from floorwalker.apps.quality.rules.forms import FormContent, from_json


class Channel(models.TextChoices):
    PHONE = "phone", _("phone")
    CHAT = "chat", _("chat")
    EMAIL = "email", _("e-mail")


class Form(models.Model):
    """What contacts of a client and a channel are evaluated with; its words stand in its versions."""

    name = models.CharField(_("name"), max_length=120)
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("client")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, blank=True)
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("name"), "client", name="quality_form_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.name


class FormVersion(models.Model):
    """One wording of a form. Once in force its words never change: what was scored with it stays readable."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", _("in force")
        RETIRED = "retired", _("retired")

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    content = models.JSONField()  # as `rules.forms` writes it
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True, blank=True)
    agreed = models.JSONField(default=list)  # who was asked about its weights: name, at, round, said
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "number"], name="quality_form_version_once"),
            models.UniqueConstraint(
                fields=["form", "state"],
                condition=Q(state__in=["draft", "in_force"]),
                name="quality_one_draft_one_in_force",
            ),
            models.CheckConstraint(
                name="quality_in_force_since",
                condition=Q(state="draft", in_force_from=None)
                | ~Q(state="draft") & Q(in_force_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form.name} {self.number}"

    @property
    def words(self) -> FormContent:
        """The form itself."""
        return from_json(self.content)
