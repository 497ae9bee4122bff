"""The shape of what browsers send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.schedules.models import ChangeRequest, Run
from floorwalker.apps.schedules.rules.edits import ADD, DELETE, GIVE, HOURS, OPEN, SWAP, Step
from floorwalker.kernel.look import duration_words
from floorwalker.kernel.picking import Choices as Picks
from floorwalker.kernel.picking import PickField

Choices = Sequence[tuple[Any, Any]]
QUARTER = 15
WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
MEALS = (0, 15, 20, 30, 45, 60, 90)


def lengths(least: int = 60, most: int = 12 * 60) -> list[tuple[int, str]]:
    """Lengths to choose from, said as people say them."""
    return [(minutes, duration_words(minutes * 60)) for minutes in range(least, most + 1, QUARTER)]


def meals() -> list[tuple[int, Any]]:
    return [(minutes, duration_words(minutes * 60) if minutes else _("none")) for minutes in MEALS]


def with_empty(choices: Choices, word: Any) -> Choices:
    return [("", word), *choices]


class BoardFilters(forms.Form):
    """What the board shows; the address holds it."""

    team = forms.TypedChoiceField(label=_("Team"), coerce=int, empty_value=None, required=False)
    skill = forms.TypedChoiceField(label=_("Skill"), coerce=int, empty_value=None, required=False)
    queue = forms.TypedChoiceField(label=_("Queue"), coerce=int, empty_value=None, required=False)
    only = forms.BooleanField(label=_("Only people with a broken rule"), required=False)

    def __init__(self, *args: Any, teams: Choices, skills: Choices, queues: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, choices, word in (
            ("team", teams, _("all teams")),
            ("skill", skills, _("any skill")),
            ("queue", queues, _("all queues")),
        ):
            self.fields[name].choices = with_empty(choices, word)  # type: ignore[attr-defined]


class RunForm(forms.Form):
    """How a roster is made."""

    effort = forms.ChoiceField(
        label=_("How hard to search"),
        choices=Run.Effort.choices,
        initial=Run.Effort.USUAL,
        widget=forms.RadioSelect,
    )
    teams = forms.TypedMultipleChoiceField(
        label=_("Teams"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everybody of the site."),
    )
    seed = forms.IntegerField(
        label=_("Number of the try"),
        min_value=0,
        max_value=9999,
        initial=0,
        help_text=_("The same number gives the same roster; another number tries another way."),
    )

    def __init__(self, *args: Any, teams: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["teams"].choices = teams  # type: ignore[attr-defined]


class HoursForm(forms.Form):
    """When a shift is, on the wall clock of its site."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    start = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}))
    length = forms.TypedChoiceField(label=_("Lasts, meal included"), coerce=int)
    meal = forms.TypedChoiceField(label=_("Unpaid meal"), coerce=int)

    def __init__(self, *args: Any, days: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["day"].choices = days  # type: ignore[attr-defined]
        known = dict(lengths())
        first = self.initial.get("length")
        self.fields["length"].choices = sorted({**known, **_odd(first, known)}.items())  # type: ignore[attr-defined]
        odd = _odd(self.initial.get("meal"), dict(meals()))
        self.fields["meal"].choices = sorted({**dict(meals()), **odd}.items())  # type: ignore[attr-defined]

    @property
    def minutes(self) -> dict[str, Any]:
        start: time = self.cleaned_data["start"]
        return {
            "day": self.cleaned_data["day"],
            "start_minute": start.hour * 60 + start.minute,
            "length_minutes": self.cleaned_data["length"],
            "meal_minutes": self.cleaned_data["meal"],
        }


def agreed_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("They agreed to it"),
        required=False,
        help_text=_("Published hours are a promise. Changed late without their word, it counts as not kept."),
    )


class ShiftForm(HoursForm):
    """One step on a shift: other hours, other hands, a swap, or away with it."""

    VERBS = (
        (HOURS, _("Change its hours")),
        (GIVE, _("Give it to somebody else")),
        (OPEN, _("Leave it open")),
        (SWAP, _("Swap it with another shift")),
        (DELETE, _("Delete it")),
    )
    verb = forms.ChoiceField(label=_("What to do"), choices=VERBS, widget=forms.RadioSelect, initial=HOURS)
    needed_at_times = ("agent", "other")
    agent = PickField(label=_("Person"), required=False)
    other = PickField(
        label=_("The other shift"),
        required=False,
        coerce=str,
        empty="",
        hint=_("Type its person’s name."),
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("Kept with the change. Needed when a rule gives way."),
    )
    agreed = agreed_field()
    override = forms.BooleanField(label=_("Let the rule give way this time"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (
        "verb",
        "day",
        "start",
        "length",
        "meal",
        "agent",
        "other",
        "why",
        "agreed",
        "override",
        "version",
    )

    def __init__(
        self, *args: Any, agents: Picks, others: Picks, may_override: bool, published: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if not published:
            del self.fields["agreed"]
        self.fields["agent"].choices_of = agents  # type: ignore[attr-defined]
        self.fields["other"].choices_of = others  # type: ignore[attr-defined]
        if not may_override:
            del self.fields["override"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("verb") == GIVE and not found.get("agent"):
            self.add_error("agent", _("Choose the person who gets the shift."))
        if found.get("verb") == SWAP and not found.get("other"):
            self.add_error("other", _("Choose the shift to swap with."))
        return found

    def step(self, identity: str) -> Step:
        other, _colon, version = self.cleaned_data.get("other", "").partition(":")
        return Step(
            self.cleaned_data["verb"],
            identity,
            self.cleaned_data["version"],
            **self.minutes,
            agent=self.cleaned_data.get("agent"),
            other_identity=other,
            other_version=int(version or 0),
        )


class AddForm(HoursForm):
    """A new shift."""

    agent = PickField(label=_("Person"), required=False, hint=_("Empty: nobody yet, an open shift."))
    queue = forms.TypedChoiceField(label=_("Queue"), coerce=int, empty_value=None, required=False)
    why = forms.CharField(label=_("Why"), max_length=300, required=False)
    agreed = agreed_field()
    override = forms.BooleanField(label=_("Let the rule give way this time"), required=False)
    identity = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("agent", "day", "start", "length", "meal", "queue", "why", "agreed", "override", "identity")

    def __init__(
        self, *args: Any, agents: Picks, queues: Choices, may_override: bool, published: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if not published:
            del self.fields["agreed"]
        self.fields["agent"].choices_of = agents  # type: ignore[attr-defined]
        self.fields["queue"].choices = with_empty(queues, _("any queue"))  # type: ignore[attr-defined]
        if not may_override:
            del self.fields["override"]

    def step(self) -> Step:
        values = self.cleaned_data
        return Step(
            ADD, str(values["identity"]), 0, **self.minutes, agent=values.get("agent"), queue=values.get("queue")
        )


class PublishForm(forms.Form):
    note = forms.CharField(label=_("Note to yourself and the next planner"), max_length=300, required=False)


class PatternForm(forms.Form):
    """A kind of shift a site offers."""

    name = forms.CharField(label=_("Name"), max_length=80)
    starts_from = forms.TimeField(label=_("Earliest start"), widget=forms.TimeInput(attrs={"type": "time"}))
    starts_until = forms.TimeField(label=_("Latest start"), widget=forms.TimeInput(attrs={"type": "time"}))
    every_minutes = forms.TypedChoiceField(label=_("A start every"), coerce=int, initial=30)
    length_minutes = forms.TypedChoiceField(label=_("Lasts, meal included"), coerce=int, initial=510)
    meal_minutes = forms.TypedChoiceField(label=_("Unpaid meal"), coerce=int, initial=30)
    meal_slack_minutes = forms.TypedChoiceField(
        label=_("Meal around the middle, give or take"), coerce=int, initial=60
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple, initial=range(7)
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        every = [(minutes, duration_words(minutes * 60)) for minutes in (15, 30, 60, 120)]
        slack = [
            (minutes, duration_words(minutes * 60) if minutes else _("exactly")) for minutes in (0, 30, 60, 90)
        ]
        for name, choices in (
            ("every_minutes", every),
            ("length_minutes", lengths()),
            ("meal_minutes", meals()),
            ("meal_slack_minutes", slack),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """A wish about a shift of one's own, or a proposal to an agent."""

    needed_at_times = ("day", "start", "end", "colleague_shift")

    kind = forms.ChoiceField(label=_("What would help"), widget=forms.RadioSelect)
    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat, required=False)
    start = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}), required=False)
    end = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}), required=False)
    colleague_shift = forms.TypedChoiceField(
        label=_("Colleague and shift"), coerce=int, empty_value=None, required=False
    )
    text = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Your team lead and the planners read this; in a swap your colleague does too."),
    )

    def __init__(
        self, *args: Any, days: Choices, shifts: Choices, zone: str, lead: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.zone = zone
        if lead:
            self.fields["text"].help_text = _("They read this, and so do the planners.")
        kinds = [kind for kind in ChangeRequest.Kind.choices if shifts or kind[0] != ChangeRequest.Kind.SWAP]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["day"].choices = with_empty(days, _("the same day"))  # type: ignore[attr-defined]
        if shifts:
            self.fields["colleague_shift"].choices = with_empty(shifts, _("choose"))  # type: ignore[attr-defined]
        else:
            del self.fields["colleague_shift"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        kind = found.get("kind")
        if kind in (ChangeRequest.Kind.HOURS, ChangeRequest.Kind.MOVE):
            for name in ("start", "end"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("Say when you would work."))
            if kind == ChangeRequest.Kind.MOVE and not found.get("day"):
                self.add_error("day", _("Choose the day."))
        if kind == ChangeRequest.Kind.SWAP and not found.get("colleague_shift"):
            self.add_error("colleague_shift", _("Choose the shift you would take instead."))
        return found

    def hours(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when, on the wall clock of the site; an end before the start is the next day's."""
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        return between(self.cleaned_data.get("day") or day, start, end, self.zone) if start and end else None


class AnswerForm(forms.Form):
    """An answer in the talk; the button says which."""

    text = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Everybody in this talk reads it: the agents concerned, their team lead and the planners."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class CounterForm(AnswerForm):
    """Other hours instead."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    start = forms.TimeField(label=_("Starts"), widget=forms.TimeInput(attrs={"type": "time"}))
    end = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}))
    field_order = ("day", "start", "end", "text", "version")

    def __init__(self, *args: Any, days: Choices, zone: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.zone = zone
        self.fields["day"].choices = days  # type: ignore[attr-defined]

    @property
    def hours(self) -> tuple[datetime, datetime]:
        values = self.cleaned_data
        return between(values["day"], values["start"], values["end"], self.zone)


class FeedForm(forms.Form):
    device = forms.CharField(
        label=_("For which device or calendar"),
        max_length=80,
        help_text=_("Such as “my phone”, so that you know it."),
    )


def between(day: date, start: time, end: time, zone: str) -> tuple[datetime, datetime]:
    """Two moments from the wall clock."""
    place = ZoneInfo(zone)
    last = day if end > start else day + timedelta(days=1)
    return datetime.combine(day, start, place), datetime.combine(last, end, place)


def _odd(value: Any, known: dict[int, Any]) -> dict[int, Any]:
    """What a shift has now belongs to the choices, however odd."""
    return {} if value is None or value in known else {value: duration_words(value * 60)}
