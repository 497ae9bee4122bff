"""Tables of contests, who takes part with which aim, and the questions they and the points raise."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Site, Team


class Contest(models.Model):
    """A measure of work with one beside it, for so many days; begins and ends by itself."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended")
        CALLED_OFF = "called_off", _("called off")

    name = models.CharField(_("name"), max_length=80)
    words = models.CharField(_("what it is for"), max_length=300)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", verbose_name=_("site"))
    measure = models.CharField(_("measure"), max_length=30)
    pair = models.CharField(_("beside it"), max_length=30)
    by_team = models.BooleanField(_("teams against teams"), default=False)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)  # it was called off
    looks = models.JSONField(default=list)  # what was found of harm: phase, day, a line a measure, nobody by name
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("contest")
        verbose_name_plural = _("contests")
        constraints: ClassVar = [
            models.CheckConstraint(name="recognition_contest_days", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="recognition_contest_in_pairs", condition=~Q(pair="") & ~Q(pair=F("measure"))
            ),
            models.CheckConstraint(
                name="recognition_contest_off_with_why", condition=~Q(state="called_off") | ~Q(why="")
            ),
            models.CheckConstraint(
                name="recognition_contest_ended_at",
                condition=Q(state__in=["planned", "running"], ended_at=None)
                | Q(state__in=["ended", "called_off"], ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "first_day"], name="recognition_contests_due")]

    def __str__(self) -> str:
        return self.name


class ContestEntry(models.Model):
    """Somebody who takes part by choice, with an aim from their own past that stays as it was on the day."""

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="entries")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    mean = models.FloatField()
    target = models.FloatField()
    pair_mean = models.FloatField()
    floor = models.FloatField()
    result = models.FloatField(null=True, blank=True)
    result_pair = models.FloatField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True)  # met, short, pair_fell, too_few

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "agent"], name="recognition_entry_of_contest_once"),
        ]


class Finding(models.Model):
    """A question to a named person about the game, never a verdict: answered by a day, in words."""

    class Kind(models.TextChoices):
        RING = "ring", _("favours in a circle")
        HARM = "harm", _("a contest and what it may cost")

    class State(models.TextChoices):
        OPEN = "open", _("to be answered")
        ANSWERED = "answered", _("answered")

    class Answer(models.TextChoices):
        EXPLAINED = "explained", _("There is an ordinary reason")
        TALKED = "talked", _("We talked about it")
        CHANGED = "changed", _("We changed the game")
        NOTHING = "nothing", _("Nothing to it")

    kind = models.CharField(max_length=4, choices=Kind.choices)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    people = models.ManyToManyField(Agent, related_name="+")  # whom it is about; none: everybody who took part
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)  # what was seen, as numbers
    at = models.DateTimeField()
    due = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.CharField(_("what came of it"), max_length=9, choices=Answer.choices, blank=True)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    once = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_finding_answered",
                condition=Q(state="open", answer="", answered_at=None)
                | Q(state="answered", answered_at__isnull=False) & ~Q(answer="") & ~Q(words=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="recognition_findings_open")]
