"""Queues and what other systems call them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Client, Site, Skill
from floorwalker.kernel.names import NameElsewhere, one_at_a_time


class Queue(models.Model):
    """Contacts of one client that wait together: what is forecast and staffed.

    ``key`` names it in the contact store, in files and documents, and never changes; ``name`` is what people read.
    ``hours`` holds, for Monday to Sunday, pairs of minutes after midnight; None until somebody has set them.
    """

    class Channel(models.TextChoices):
        VOICE = "voice", _("voice")
        CHAT = "chat", _("chat")
        EMAIL = "email", _("e-mail")
        MESSAGE = "message", _("message")
        SOCIAL = "social", _("social")

    class Target(models.TextChoices):
        SERVICE = "service", _("share answered in time")
        ASA = "asa", _("average speed of answer")

    class Definition(models.TextChoices):
        LATE_ABANDONS = "late-abandons", _("answered in time ÷ (offered − abandoned in time)")
        ALL_OFFERED = "all-offered", _("answered in time ÷ offered")
        ANSWERED_ONLY = "answered-only", _("answered in time ÷ answered")
        QUICK_ABANDONS_MET = "quick-abandons-met", _("(answered + abandoned in time) ÷ offered")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="queues", verbose_name=_("client"))
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="queues", verbose_name=_("site"))
    skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, related_name="queues", null=True, blank=True, verbose_name=_("skill")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.VOICE)
    zone = models.CharField(_("time zone of its days"), max_length=64)
    step_minutes = models.PositiveSmallIntegerField(_("interval in minutes"), default=30)
    hours = models.JSONField(_("opening hours"), null=True, blank=True)
    target = models.CharField(max_length=8, choices=Target.choices, default=Target.SERVICE)
    service_share = models.FloatField(_("share answered in time"), default=0.8)
    service_seconds = models.PositiveIntegerField(_("within seconds"), default=20)
    service_definition = models.CharField(
        max_length=20, choices=Definition.choices, default=Definition.LATE_ABANDONS
    )
    asa_seconds = models.PositiveIntegerField(_("average speed of answer in seconds"), null=True, blank=True)
    tolerance = models.FloatField(_("tolerance around the target"), default=0.05)
    patience_seconds = models.FloatField(_("patience of callers in seconds"), null=True, blank=True)
    aht_seconds = models.FloatField(
        _("handling time where the history has none, in seconds"), null=True, blank=True
    )
    first_forecast = models.JSONField(null=True, blank=True)  # what the first one was asked for with
    archived = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("name"), "client", name="demand_queue_once"),
            models.CheckConstraint(
                name="demand_queue_service",
                condition=Q(service_share__gt=0, service_share__lte=1, service_seconds__gt=0),
            ),
            models.CheckConstraint(
                name="demand_queue_asa_known", condition=~Q(target="asa") | Q(asa_seconds__gt=0)
            ),
            models.CheckConstraint(name="demand_queue_tolerance", condition=Q(tolerance__gte=0, tolerance__lt=1)),
            models.CheckConstraint(name="demand_queue_step", condition=Q(step_minutes__in=[15, 20, 30, 60, 1440])),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def step_seconds(self) -> int:
        return self.step_minutes * 60


class QueueName(NameElsewhere):
    """What another system calls a queue, from a day to a day; two queues never share one at a time."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="other_names")

    class Meta:
        constraints: ClassVar = one_at_a_time("demand_queue_name")
