"""Tables of what people say, of who answers for which topic, and of the policies."""

from __future__ import annotations

from secrets import randbelow
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Site, Team


def fresh_id() -> int:
    """A number that does not tell before and after what else something was said."""
    return 1 + randbelow(2**52)


class Topic(models.Model):
    """Something people ask about, with the one person who answers, and by when."""

    name = models.CharField(_("name"), max_length=120)
    about = models.CharField(_("what belongs here"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who answers")
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("who is told when the day has passed"),
    )
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("site"),
        help_text=_("Empty: for all sites."),
    )
    days = models.PositiveSmallIntegerField(
        _("working days to answer"), default=5, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("name"), name="hub_topic_once"),
            models.CheckConstraint(name="hub_topic_days", condition=Q(days__gte=1, days__lte=60)),
        ]

    def __str__(self) -> str:
        return self.name


class Policy(models.Model):
    """A rule of the house, readable by all, that may be asked to change."""

    name = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=8000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who answers for it")
    )
    since = models.DateField(_("in force since"))
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="hub_policy_once")]

    def __str__(self) -> str:
        return self.name


class Saying(models.Model):
    """Something somebody said. Without a name it holds nothing finer than a day and no way back to its author."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("a question")
        CONCERN = "concern", _("a concern")
        OBSTACLE = "obstacle", _("something in the way of my work")
        IDEA = "idea", _("an idea")
        POLICY = "policy", _("a policy that should change")

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        UNANSWERED = "unanswered", _("not answered in time")
        ANSWERED = "answered", _("answered")
        TRIAL = "trial", _("on trial")
        DONE = "done", _("done")
        DECLINED = "declined", _("declined")
        JOINED = "joined", _("joined to another")

    id = models.BigIntegerField(primary_key=True, default=fresh_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="sayings")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="sayings", null=True)
    text = models.TextField(max_length=2000)
    public = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sayings", null=True
    )
    anonymous = models.BooleanField(default=False)
    delivered = models.BooleanField(default=True)  # without a name: on the next day, with all others of the day
    salt = models.CharField(max_length=32, blank=True)
    author_key = models.CharField(max_length=64, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True)  # somebody of it
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", null=True)
    said_on = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sayings_to_answer")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    due = models.DateField(null=True)  # the answer, then the fix or decision, then the end of a trial
    late_on = models.DateField(null=True)  # when its day had passed
    moved_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, related_name="joined", null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("saying")
        verbose_name_plural = _("sayings")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="hub_saying_without_a_name",
                condition=Q(anonymous=True, author=None) & (Q(team=None) | Q(site=None))
                | Q(anonymous=False, author__isnull=False, author_key="", salt="", team=None, site=None),
            ),
            models.CheckConstraint(
                name="hub_saying_ends_with_day",
                condition=Q(state__in=["done", "declined", "joined"], ended_on__isnull=False)
                | ~Q(state__in=["done", "declined", "joined"]),
            ),
            models.CheckConstraint(
                name="hub_saying_joined_to_another",
                condition=Q(state="joined", joined_to__isnull=False) & ~Q(joined_to=F("id"))
                | ~Q(state="joined") & Q(joined_to=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "state", "due"], name="hub_saying_by_owner"),
            models.Index(fields=["author", "said_on"], name="hub_saying_by_author"),
            models.Index(fields=["moved_on"], condition=Q(public=True), name="hub_saying_public"),
            models.Index(fields=["due"], condition=Q(ended_on=None), name="hub_saying_open"),
            models.Index(fields=["id"], condition=~Q(author_key=""), name="hub_saying_keyed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.topic}"


class SayingMove(models.Model):
    """A step of what becomes of it, with the words its author reads."""

    saying = models.ForeignKey(Saying, on_delete=models.CASCADE, related_name="moves")
    state = models.CharField(max_length=10, choices=Saying.State.choices)
    words = models.TextField(max_length=2000, blank=True)
    due = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
