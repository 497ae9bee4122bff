"""What people type about time off the phones."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.offphone.models import Session
from floorwalker.apps.offphone.rules import (
    MOST_FIRST_MINUTES,
    MOST_FIRST_WEEKS,
    MOST_MINUTES_A_WEEK,
    valid_minutes,
)
from floorwalker.kernel.periods import Period
from floorwalker.kernel.picking import Choices, PickField

USUAL_MINUTES = [(m, _("%(n)s minutes") % {"n": m}) for m in (10, 15, 20, 30, 45, 60, 90, 120)]
END_OF_DAY = time(17)


class AskForm(forms.Form):
    kind = forms.ChoiceField(label=_("What kind of time"), choices=Session.Kind.choices)
    minutes = forms.TypedChoiceField(label=_("How long"), choices=USUAL_MINUTES, coerce=int, initial=30)
    reason = forms.CharField(label=_("What it is for"), max_length=200)

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not valid_minutes(minutes):
            raise forms.ValidationError(_("Pick one of the lengths shown."))
        return minutes


class DueForm(forms.Form):
    due = forms.DateField(
        label=_("Promised until the end of"), widget=forms.DateInput(attrs={"type": "date"}), localize=False
    )

    def due_at(self, zone: str) -> datetime:
        """The end of the working day named, where the person is."""
        day: date = self.cleaned_data["due"]
        return datetime.combine(day, END_OF_DAY, ZoneInfo(zone))


class OweForm(AskForm, DueForm):
    agent = PickField(label=_("Whom it is owed to"))
    field_order = ("agent", "kind", "minutes", "reason", "due")

    def __init__(self, *args: Any, agents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].choices_of = agents  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("The other side reads this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PlaceForm(forms.Form):
    start = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S%z"])
    version = forms.IntegerField(min_value=1)


class BetweenForm(forms.Form):
    """Where slots are looked for; two weeks from now unless told."""

    first = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def between(self, zone: str, at: datetime) -> Period:
        here = ZoneInfo(zone)
        values = self.cleaned_data if self.is_valid() else {}
        first = values.get("first") or at.astimezone(here).date()
        last = max(values.get("last") or first + timedelta(days=13), first)
        start = max(at, datetime.combine(first, time(0), here))
        end = datetime.combine(last, time(0), here) + timedelta(days=1)
        return Period(start, max(end, start + timedelta(minutes=5)))


class BudgetForm(forms.Form):
    """What a site plans off the phones."""

    minutes = forms.IntegerField(
        label=_("Minutes a week for everybody"),
        min_value=0,
        max_value=MOST_MINUTES_A_WEEK,
        step_size=5,
        help_text=_("Feedback, talks, training and reviews. Required staff holds it on top of shrinkage."),
    )
    first_weeks = forms.IntegerField(
        label=_("Weeks somebody is new"),
        min_value=0,
        max_value=MOST_FIRST_WEEKS,
        help_text=_("The week somebody begins is the first. 0: nobody is owed training by the calendar."),
    )
    first_minutes = forms.IntegerField(
        label=_("Minutes of training a week while somebody is new"),
        min_value=0,
        max_value=MOST_FIRST_MINUTES,
        step_size=5,
        help_text=_("Owed by who leads them; given the cheapest time there is once shifts are published."),
    )
