"""What people type about group sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.forms.feedback import Minded
from floorwalker.apps.coaching.rules import groups as rules
from floorwalker.apps.learning import queries as arena
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.kernel.picking import PickField

LENGTHS = [(n, _("%(n)s minutes") % {"n": n}) for n in (30, 45, 60, 90, 120)]
END_OF_DAY = time(17)
SCALE = [(n, str(n)) for n in range(1, 6)]
QUESTIONS = {
    "worth": _("It was worth the time off the phones"),
    "heard": _("I could say what I think"),
    "clear": _("I know what to do differently from tomorrow"),
}


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}), localize=False, help_text=help_text
    )


def end_of(day: date, zone: str) -> datetime:
    """The end of the working day, where the person is."""
    return datetime.combine(day, END_OF_DAY, ZoneInfo(zone))


@dataclass(frozen=True)
class SessionKind:
    """A kind of session as who plans one reads it."""

    key: str
    name: Any
    words: Any

    @property
    def minutes(self) -> int:
        return rules.USUAL_MINUTES[self.key]


TALK = SessionKind("", _("Talk about a topic"), _("You lead, they talk; nothing is asked of their phones."))
KINDS = (
    TALK,
    SessionKind(
        rules.ROUND_TABLE,
        _("Round table"),
        _(
            "Everybody writes what works, all read it at once and mark what they will try; "
            "tips go to the hub with credit."
        ),
    ),
    SessionKind(
        rules.OWN_PITCH,
        _("Would you sell to yourself?"),
        _(
            "Each writes how they sell something, reads it as the customer and then as the owner; "
            "private unless shown."
        ),
    ),
    SessionKind(
        "survival",
        _("Stranded on an island"),
        _("Ten items ranked alone, then in small groups that have to agree, with reasons; then all are compared."),
    ),
    SessionKind(
        "quiz",
        _("Live quiz"),
        _("One question after another on every phone; how many know it shows at once, never who."),
    ),
)


class PlanGroupForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    exercise = PickField(label=_("Which one"), help_text=_("Those in force; a trainer writes them in the arena."))
    topic = forms.CharField(
        label=_("What it is about"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody in the group reads it."),
    )
    prompt = forms.CharField(
        label=_("What is asked"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands above the page on every phone. Left empty: what it is about."),
    )
    minutes = forms.TypedChoiceField(label=_("How long"), choices=LENGTHS, coerce=int)
    due = day_field(_("To be held by"))
    agents = forms.TypedMultipleChoiceField(
        label=_("Who"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose them.")},
    )

    def __init__(
        self, *args: Any, agents: list[Agent], kind: SessionKind = TALK, actor: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        field = self.fields["agents"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(each.pk, each.name) for each in agents]
        field.initial = [each.pk for each in agents] if len(agents) <= rules.MOST_MEMBERS else []
        self.fields["minutes"].initial = kind.minutes
        self.none_in_force = False
        if kind.key in rules.WITH_EXERCISE:
            offered = arena.exercises_in_force(actor, kind.key)
            self.fields["exercise"].choices_of = offered  # type: ignore[attr-defined]
            self.none_in_force = not offered.count("")
        else:
            del self.fields["exercise"]
        if not kind.key:
            del self.fields["prompt"]

    def said(self, zone: str) -> dict[str, Any]:
        """What the service is told."""
        given = dict(self.cleaned_data)
        agents, exercise = given.pop("agents"), given.pop("exercise", None)
        return {
            **given,
            "agent_ids": agents,
            "due": end_of(given["due"], zone),
            "activity": self.kind.key,
            "exercise_id": int(exercise) if exercise else None,
        }


class ShareTipForm(forms.Form):
    needed_at_times = ("to",)

    to = forms.ChoiceField(label=_("Who reads it"), required=False)

    def __init__(self, *args: Any, audiences: list[tuple[str, str]], team: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", team or _("the author’s team")), *audiences]


class ChangeToAgendaForm(Minded):
    words = forms.CharField(
        label=_("What I change"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever holds the one-to-one reads it on the agenda, nobody else."),
    )


class HoldGroupForm(forms.Form):
    absent = forms.TypedMultipleChoiceField(
        label=_("Who did not come"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["absent"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = members


class CloseGroupForm(forms.Form):
    outcome = forms.CharField(
        label=_("What will change"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A promise to the whole group; each of them is told."),
    )
    due = day_field(_("By"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class CancelGroupForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=200, help_text=_("Everybody in the group reads it."))
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    version = forms.IntegerField(min_value=1)


class TimeForm(VersionForm):
    start = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S%z"])


class SheetForm(Minded):
    minded = rules.WORDS
    needed_at_times = rules.WORDS

    worth = forms.TypedChoiceField(label=QUESTIONS["worth"], coerce=int, choices=SCALE, widget=forms.RadioSelect)
    heard = forms.TypedChoiceField(label=QUESTIONS["heard"], coerce=int, choices=SCALE, widget=forms.RadioSelect)
    clear = forms.TypedChoiceField(label=QUESTIONS["clear"], coerce=int, choices=SCALE, widget=forms.RadioSelect)
    keep = forms.CharField(
        label=_("What we should keep"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    change = forms.CharField(
        label=_("What should change"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever led and all who were there read the words; write nothing that only you can know."),
    )

    def said(self) -> dict[str, Any]:
        """What the service is told."""
        given = self.cleaned_data
        return {
            "answers": {key: given[key] for key in rules.SCALE},
            "keep": given["keep"],
            "change": given["change"],
            "meant": given.get("meant", False),
        }
