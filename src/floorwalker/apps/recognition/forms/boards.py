"""What people type about seasons, points, contests and questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.recognition.models import Finding
from floorwalker.apps.recognition.rules.sources import MOST_A_DAY, MOST_KUDOS, MOST_POINTS, Way


class JoinForm(forms.Form):
    again = forms.BooleanField(label=_("The seasons after it, too, until I say otherwise"), required=False)


class SeasonForm(forms.Form):
    """A stretch of days."""

    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It ends at midnight UTC by itself; the next begins at nothing, balances stay."),
    )


class ContestForm(forms.Form):
    """A contest to announce."""

    name = forms.CharField(label=_("Name"), max_length=80)
    words = forms.CharField(
        label=_("What it is for"), max_length=300, help_text=_("In a sentence; everybody at the site reads it.")
    )
    site = forms.TypedChoiceField(label=_("Site"), coerce=int)
    measure = forms.ChoiceField(
        label=_("Measure"), help_text=_("Each aims for a step from their own past, never for a rank.")
    )
    pair = forms.ChoiceField(
        label=_("What must not fall meanwhile"), help_text=_("Speed stands beside quality, always.")
    )
    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("5 to 60 days. It ends by itself."),
    )
    by_team = forms.BooleanField(
        label=_("Teams against teams"),
        required=False,
        help_text=_("By the share of each team that met its own aims; teams of five entrants or more."),
    )

    def __init__(self, *args: Any, sites: Iterable[Any], measures: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [(each.pk, each.name) for each in sites]  # type: ignore[attr-defined]
        for name in ("measure", "pair"):
            self.fields[name].choices = list(measures.items())  # type: ignore[attr-defined]


class ContestDaysForm(SeasonForm):
    field_order = ("first_day", "last_day")

    def __init__(self, *args: Any, running: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].help_text = _("Aims stay as they are, and nothing earned is lost.")
        if running:
            self.fields["first_day"].disabled = True
            self.fields["first_day"].help_text = _("It has begun; its first day stays.")


class CallOffForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=300, help_text=_("Who takes part reads it."))


class AnswerForm(forms.Form):
    """What came of a question."""

    answer = forms.ChoiceField(
        label=_("What came of it"), choices=Finding.Answer.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=500,
        help_text=_("Who it is about reads it with the question."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PointsForm(forms.Form):
    """How many points what earns; two fields a way."""

    def __init__(
        self, *args: Any, ways: Mapping[str, Way], words: Mapping[str, str], month: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ways = ways
        for key, way in ways.items():
            self.fields[key] = forms.IntegerField(
                label=words[key], min_value=1, max_value=MOST_POINTS, initial=way.points
            )
            self.fields[f"{key}_a_day"] = forms.IntegerField(
                label=_("%(what)s – at most a day") % {"what": words[key]},
                min_value=0,
                max_value=MOST_A_DAY,
                initial=way.a_day,
            )
        self.fields["kudos_a_month"] = forms.IntegerField(
            label=_("Thanks with points each can give a month"), min_value=0, max_value=MOST_KUDOS, initial=month
        )

    def points(self) -> dict[str, tuple[int, int]]:
        given = self.cleaned_data
        return {key: (given[key], given[f"{key}_a_day"]) for key in self.ways}
