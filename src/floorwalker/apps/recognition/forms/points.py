"""What people type about points: giving them, budgets, incentives."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Site, Team
from floorwalker.apps.recognition.models import Budget, Incentive, PointsPolicy
from floorwalker.kernel.picking import Choices, PickField


def an_operation() -> str:
    """A name for what a form asks for: sent twice, it happens once."""
    return uuid4().hex


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, localize=False, help_text=help_text)


class GiveForm(forms.Form):
    """Out of one's own budget, to one person."""

    agent = PickField(label=_("To"))
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=500)
    why = forms.CharField(
        label=_("What for"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What they did above and beyond. They read this; nobody else does."),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, agents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].choices_of = agents  # type: ignore[attr-defined]
        self.initial.setdefault("once", an_operation())


class IncentiveForm(forms.Form):
    budget = forms.TypedChoiceField(label=_("Paid out of"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=120)
    what = forms.CharField(
        label=_("What it is for"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody it is for reads this."),
    )
    occasion = forms.ChoiceField(label=_("Earned when"), choices=Incentive.Occasion.choices)
    points = forms.IntegerField(label=_("Points each time"), min_value=1, max_value=100_000)
    places = forms.IntegerField(
        label=_("How often in all"), min_value=1, max_value=10_000, help_text=_("First come, first served.")
    )
    most_each = forms.IntegerField(label=_("How often for one person"), min_value=1, max_value=1000, initial=1)
    first_day = day_field(_("From"))
    last_day = day_field(_("To"))

    def __init__(self, *args: Any, budgets: list[Budget], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["budget"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (each.pk, _("%(name)s: %(n)d left") % {"name": each.name, "n": each.account.balance or 0})
            for each in budgets
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        if (given.get("most_each") or 0) > (given.get("places") or 0) > 0:
            self.add_error("most_each", _("Not more often for one person than in all."))
        return given


class WinnerForm(forms.Form):
    agent = PickField(label=_("Who has earned it"), hint=_("Type a part of the name. They are paid at once."))

    def __init__(self, *args: Any, agents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].choices_of = agents  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=300, help_text=_("Those it concerns read this."))


class BudgetForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    place = forms.ChoiceField(label=_("For the people of"))
    owner = forms.TypedChoiceField(label=_("Who gives"), coerce=int)
    monthly_points = forms.IntegerField(label=_("Points a month"), min_value=1, max_value=10_000_000)

    def __init__(
        self, *args: Any, places: list[tuple[Site, Team | None]], owners: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        place, owner = self.fields["place"], self.fields["owner"]
        assert isinstance(place, forms.ChoiceField) and isinstance(owner, forms.ChoiceField)
        place.choices = [
            (f"{site.pk}:{team.pk if team else ''}", f"{site.name}: {team.name}" if team else site.name)
            for site, team in places
        ]
        owner.choices = owners

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        site, _colon, team = str(given.pop("place", "")).partition(":")
        if site:
            given["site_id"], given["team_id"] = int(site), int(team) if team else None
        if "owner" in given:
            given["owner_id"] = given.pop("owner")
        return given


class ChangeBudgetForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    monthly_points = forms.IntegerField(
        label=_("Points a month"), min_value=1, max_value=10_000_000, help_text=_("From next month on.")
    )
    archived = forms.BooleanField(
        label=_("Nothing is given out of it any more"), required=False, help_text=_("What it holds stays there.")
    )


class LeavingForm(forms.Form):
    leaving = forms.ChoiceField(
        label=_("Points of people who leave are"), choices=PointsPolicy.Leaving.choices, widget=forms.RadioSelect
    )


class WhatIfForm(forms.Form):
    """How often each of what is running would happen; made from what is open to somebody."""

    def __init__(self, *args: Any, lines: list[tuple[str, Any, int, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label, most, help_text in lines:
            self.fields[key] = forms.IntegerField(
                label=label, min_value=0, max_value=most, required=False, initial=0, help_text=help_text
            )

    def wanted(self) -> dict[str, int]:
        """How often each; what does not fit counts as never."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {key: given.get(key) or 0 for key in self.fields}
