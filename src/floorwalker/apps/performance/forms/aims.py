"""What people type about aims and small roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.performance.forms.goals import DAY
from floorwalker.apps.performance.models import MeasureKey
from floorwalker.apps.performance.rules.measures import AIMED_AT, MEASURES, SHARE

Choices = Iterable[tuple[int, str]]


class AimForm(forms.Form):
    """What the centre aims for."""

    words = forms.CharField(
        label=gettext_lazy("What we aim for"),
        max_length=200,
        help_text=gettext_lazy("As you would say it to an agent, and what it is good for."),
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Seen by"), choices=[(key, MeasureKey(key).label) for key in AIMED_AT]
    )
    target = forms.FloatField(
        label=gettext_lazy("Target"), help_text=gettext_lazy("Points, percent, seconds, or contacts an hour.")
    )
    until = forms.DateField(label=gettext_lazy("Until"), widget=DAY)
    site = forms.TypedChoiceField(label=gettext_lazy("Site"), required=False, coerce=int, empty_value=None)
    client = forms.TypedChoiceField(label=gettext_lazy("Client"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, sites: Choices, clients: Choices, house: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        all_of_it = [("", _("the whole house"))] if house else []
        self.fields["site"].choices = [*all_of_it, *sites]  # type: ignore[attr-defined]
        self.fields["client"].choices = [("", _("all of them")), *clients]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """As the service takes them: shares from 0 to 1."""
        values = dict(self.cleaned_data)
        if MEASURES[values["measure"]].unit == SHARE:
            values["target"] /= 100
        return values | {"site_id": values.pop("site"), "client_id": values.pop("client")}


class EndAimForm(forms.Form):
    """What came of an aim."""

    state = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        choices=[("reached", gettext_lazy("reached")), ("dropped", gettext_lazy("dropped"))],
    )
    answer = forms.CharField(label=gettext_lazy("In a few words"), max_length=300)


class TeamGoalForm(forms.Form):
    """What a team does for an aim."""

    team = forms.TypedChoiceField(label=gettext_lazy("Team"), coerce=int)
    words = forms.CharField(
        label=gettext_lazy("What the team does for it"),
        max_length=200,
        help_text=gettext_lazy("Its agents read it beside their own figure."),
    )

    def __init__(self, *args: Any, teams: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = list(teams)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """A small role."""

    title = forms.CharField(
        label=gettext_lazy("Role"),
        max_length=80,
        help_text=gettext_lazy("Greeter, tip keeper, queue captain – or your own word."),
    )
    words = forms.CharField(label=gettext_lazy("What it is about"), max_length=200, required=False)
