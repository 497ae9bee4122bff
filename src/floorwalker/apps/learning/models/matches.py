"""Tables of the arena: who joined, matches and votes, ratings of a quarter, questions about votes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.models.plays import Play
from floorwalker.apps.learning.models.scenarios import Scenario, ScenarioVersion
from floorwalker.apps.people.models import Agent
from floorwalker.science.duels import Skill

SHARED = [(0, _("nobody")), (1, _("the first")), (2, _("the second")), (3, _("both"))]


class ArenaMember(models.Model):
    """An agent who plays against others, by choice; whoever left keeps everything for the day they come back."""

    agent = models.OneToOneField(Agent, on_delete=models.PROTECT, related_name="arena")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)


class Match(models.Model):
    """Two sides handle the same scenario; three scores say who won."""

    class Kind(models.TextChoices):
        DUEL = "duel", _("duel")
        TEAMS = "teams", _("team match")

    class Pace(models.TextChoices):
        NOW = "now", _("at the same time")
        APART = "apart", _("apart, each when it suits")

    class State(models.TextChoices):
        INVITED = "invited", _("waiting for players")
        PLAYING = "playing", _("being played")
        VOTING = "voting", _("being voted on")
        DECIDED = "decided", _("decided")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        NO_RESULT = "no_result", _("ended without a result")

    OPEN: ClassVar = (State.INVITED, State.PLAYING, State.VOTING)

    version = models.ForeignKey(ScenarioVersion, on_delete=models.PROTECT, related_name="matches")
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.DUEL)
    pace = models.CharField(max_length=5, choices=Pace.choices, default=Pace.APART)
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()  # what the state waits for happens by then, or the match goes on without it
    starts_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    fastest = models.PositiveSmallIntegerField(choices=SHARED, default=0)
    most_complete = models.PositiveSmallIntegerField(choices=SHARED, default=0)
    most_creative = models.PositiveSmallIntegerField(choices=SHARED, default=0)
    winner = models.PositiveSmallIntegerField(choices=SHARED, default=0)  # both: a draw; nobody: not decided
    rated = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="learning_match_ended",
                condition=Q(state__in=["invited", "playing", "voting"], ended_at=None)
                | Q(state__in=["decided", "declined", "withdrawn", "no_result"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="learning_match_won",
                condition=Q(state="decided", winner__gte=1) | ~Q(state="decided") & Q(winner=0),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "until"], name="learning_match_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Seat(models.Model):
    """Somebody's place in a match; in a team match the side is known once the teams are made."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="seats")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="seats")
    side = models.PositiveSmallIntegerField(null=True, choices=SHARED[1:3])
    accepted_at = models.DateTimeField(null=True)  # asked, and not answered yet
    play = models.OneToOneField(Play, on_delete=models.PROTECT, null=True, related_name="seat")

    class Meta:
        ordering: ClassVar = ["side", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["match", "agent"], name="learning_seat_once")]


class Vote(models.Model):
    """A colleague's answer to which handling was more creative; they saw no names."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="votes")
    voter = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="votes")
    named = models.PositiveSmallIntegerField(choices=SHARED[:3])  # nobody: no difference
    mate_of = models.PositiveSmallIntegerField(choices=SHARED, default=0)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["match", "voter"], name="learning_vote_once")]


class Rated(models.Model):
    """A skill with its width, on the scale of `science.duels`."""

    mu = models.FloatField()
    sigma = models.FloatField()
    matches = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def skill(self) -> Skill:
        return Skill(self.mu, self.sigma)


class Rating(Rated):
    """What is known of somebody's play in one quarter."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="ratings")
    first_day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "first_day"], name="learning_rating_once"),
            models.CheckConstraint(name="learning_rating_width", condition=Q(sigma__gt=0)),
        ]


class Difficulty(Rated):
    """How hard a scenario is, learnt from who mastered it in rated matches."""

    scenario = models.OneToOneField(Scenario, on_delete=models.CASCADE, related_name="difficulty")


class VoteQuestion(models.Model):
    """Two who name each other, or let each other win, more than others do: asked, never judged by the suite."""

    class About(models.TextChoices):
        VOTES = "votes", _("votes")
        DUELS = "duels", _("duels")

    class State(models.TextChoices):
        OPEN = "open", _("to be answered")
        NOTHING = "nothing", _("nothing wrong")
        TALKED = "talked", _("talked about it")

    first = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()  # of the quarter
    about = models.CharField(max_length=5, choices=About.choices, default=About.VOTES)
    given_first = models.PositiveIntegerField()  # votes of the first for the second; duels left incomplete against
    given_second = models.PositiveIntegerField()
    cast_first = models.PositiveIntegerField()  # votes of the first in matches of the second; duels of the two
    cast_second = models.PositiveIntegerField()
    expected_first = models.FloatField()
    expected_second = models.FloatField()
    pairs = models.PositiveIntegerField()  # looked at in the same search
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    due = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second", "first_day", "about"], name="learning_question_once"
            ),
            models.CheckConstraint(name="learning_question_of_two", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(
                name="learning_question_answered",
                condition=Q(state="open", answered_at=None) | ~Q(state="open") & Q(answered_at__isnull=False),
            ),
        ]
