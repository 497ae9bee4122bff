"""What planners type about required staff."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.models import StaffingPolicy
from floorwalker.apps.capacity.rules import MOST_MONEY, Staffing, monday, next_monday

WEEKS = [(weeks, weeks) for weeks in (1, 2, 4, 8)]


class WeekForm(forms.Form):
    """Which queue and which week is looked at; in the address, so that a view can be shared."""

    queue = forms.TypedChoiceField(label=_("Queue"), required=False, coerce=int, empty_value=None)
    week = forms.DateField(
        label=_("Week of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, queues: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["queue"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = queues

    @property
    def wanted(self) -> int | None:
        """The queue asked for; one that is not among the choices counts as none."""
        found: int | None = self.cleaned_data.get("queue") if self.is_valid() else None
        return found

    def week_from(self, today: date) -> date:
        """The Monday of the week asked for; next week unless told."""
        chosen = self.cleaned_data.get("week") if self.is_valid() else None
        return monday(chosen) if chosen else next_monday(today)


class AgainForm(forms.Form):
    """The one click that computes a queue's week again."""

    queue = forms.IntegerField(min_value=1)
    week = forms.DateField()


class OrderForm(forms.Form):
    queues = forms.TypedMultipleChoiceField(
        label=_("Queues"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each with its newest forecast."),
    )
    first_day = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    weeks = forms.TypedChoiceField(label=_("Weeks"), choices=WEEKS, coerce=int, initial=2)

    def __init__(self, *args: Any, queues: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["queues"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = queues


class PercentField(forms.FloatField):
    """A share typed as a percentage."""

    def __init__(self, *, min_share: float = 0, max_share: float = 100, **options: Any) -> None:
        super().__init__(min_value=min_share, max_value=max_share, **options)

    def clean(self, value: Any) -> float | None:
        found = super().clean(value)
        return None if found is None else found / 100

    def prepare_value(self, value: Any) -> Any:
        return f"{100 * value:g}" if isinstance(value, float) else value


class PolicyForm(forms.Form):
    shrinkage = PercentField(
        label=_("Shrinkage, %"),
        help_text=_(
            "Share of scheduled time away from the phones: breaks, training, talks, leave taken at short notice."
        ),
    )
    absence = PercentField(label=_("Unplanned absence, %"), help_text=_("Share of people who do not come at all."))
    min_staff = forms.IntegerField(label=_("Fewest agents while open"), min_value=0, max_value=1000)
    over = forms.ChoiceField(label=_("The target holds"), choices=StaffingPolicy.Over.choices)
    confidence = PercentField(
        label=_("Confidence, %"),
        required=False,
        help_text=_("Empty: staff for the expected contacts. 80: miss the target at most one time in five."),
    )
    max_occupancy = PercentField(
        label=_("Highest occupancy, %"), required=False, help_text=_("Above 88 people tire.")
    )
    max_abandon = PercentField(
        label=_("Most callers that may abandon, %"),
        required=False,
        help_text=_("Needs the patience of the queue's callers."),
    )
    overflow = forms.BooleanField(
        label=_("People of other queues who have its skill help"),
        required=False,
        help_text=_(
            "As your telephone system routes it: after contacts of their own. Simulations and prices follow."
        ),
    )
    value_in_time = forms.FloatField(
        label=_("Worth of a contact answered in time"),
        min_value=0,
        max_value=MOST_MONEY,
        required=False,
        help_text=_("Such as the share that buys times what is earned then. Empty: not known."),
    )
    cost_lost = forms.FloatField(
        label=_("Cost of a contact lost"),
        min_value=0,
        max_value=MOST_MONEY,
        required=False,
        help_text=_(
            "What it costs when a caller gives up. With either of them, time off the phones is priced in money."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("value_in_time", "cost_lost"):
            self.fields[name].label = f"{self.fields[name].label}, {currency}"

    def policy(self) -> Staffing:
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Staffing(**values)


class StudyWeekForm(forms.Form):
    """Which site and which published week is looked at; in the address, so that a view can be shared."""

    site = forms.TypedChoiceField(label=_("Site"), required=False, coerce=int, empty_value=None)
    week = forms.DateField(
        label=_("Week of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, sites: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = sites

    def week_from(self, today: date) -> date:
        """The Monday of the week asked for; next week unless told."""
        chosen = self.cleaned_data.get("week") if self.is_valid() else None
        return monday(chosen) if chosen else next_monday(today)


class StudyForm(forms.Form):
    """What is asked of a published week."""

    site = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    week = forms.DateField(widget=forms.HiddenInput)
    taught = forms.TypedChoiceField(
        label=_("Which skill"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Every skill that people lack, or that of one queue."),
    )
    slower = PercentField(
        label=_("Takes longer while new, %"),
        max_share=200,
        help_text=_("By how much a contact takes somebody newly taught longer than those who know the work."),
    )
    training_hours = forms.FloatField(
        label=_("Hours of training"),
        min_value=0.5,
        max_value=10_000,
        help_text=_("To teach one person one skill, time off the phones and first practice included."),
    )

    def __init__(self, *args: Any, queues: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["taught"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Every skill")), *queues]


class CallbacksForm(forms.Form):
    """Which callbacks a published week is played through with."""

    site = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    week = forms.DateField(widget=forms.HiddenInput)
    from_minutes = forms.FloatField(
        label=_("From an expected wait of, minutes"),
        min_value=rules.FEWEST_MINUTES,
        max_value=rules.MOST_MINUTES,
        help_text=_("Who would wait longer is offered a call back. From half a minute to two hours."),
    )
    accepted = PercentField(
        label=_("Who is offered one and takes it, %"),
        min_share=100 * rules.LEAST_ACCEPTED,
        help_text=_("The others wait on the line, as patient as before."),
    )
    within_hours = forms.FloatField(
        label=_("Promised within, hours"),
        min_value=rules.FEWEST_HOURS,
        max_value=rules.MOST_HOURS,
        required=False,
        help_text=_("Empty: promised is only that the place is kept and the call comes before the line closes."),
    )


class WeekOfSiteForm(forms.Form):
    """The one click that takes a published week as a model."""

    site = forms.IntegerField(min_value=1)
    week = forms.DateField()
