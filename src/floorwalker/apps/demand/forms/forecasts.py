"""What people type about forecasts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand import queries
from floorwalker.apps.demand.models import Override, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.services import LONGEST_DAYS, USUAL_DAYS
from floorwalker.kernel.access import Actor

LONGEST_CONTACT = 86_400  # seconds
DAY = forms.DateInput(attrs={"type": "date"})
CLOCK = forms.TimeInput(attrs={"type": "time"})


class RunForm(forms.Form):
    """Which queues to forecast, and how far."""

    queues = forms.ModelMultipleChoiceField(label=_("Queues"), queryset=None, widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label=_("Days ahead"), min_value=1, max_value=LONGEST_DAYS, initial=USUAL_DAYS)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = queries.queues_in_order(actor, P.MAKE_FORECASTS)
        self.fields["queues"].queryset = mine  # type: ignore[attr-defined]
        self.fields["queues"].initial = list(queries.held_of(mine))


def _backwards(first: time | None, last: time | None) -> bool:
    """Whether a stretch of one day ends before it begins; 00:00 is the day's end."""
    return first is not None and last is not None and last != time(0) and last <= first


class OverrideForm(forms.Form):
    """A stretch of the forecast, what it becomes, and why."""

    first = forms.DateField(label=_("From"), widget=DAY)
    first_time = forms.TimeField(label=_("at"), required=False, widget=CLOCK, help_text=_("Empty: the whole day."))
    last = forms.DateField(label=_("To"), required=False, widget=DAY, help_text=_("Empty: the same day."))
    last_time = forms.TimeField(label=_("until"), required=False, widget=CLOCK)
    kind = forms.ChoiceField(label=_("What"), choices=Override.Kind.choices)
    value = forms.FloatField(
        label=_("Value"),
        min_value=0,
        help_text=_("1.2 for 20 % more, the contacts of the whole stretch, or the seconds each takes."),
    )
    reason = forms.CharField(label=_("Why"), max_length=300)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last") or values.get("first")
        if values.get("kind") == Override.Kind.FACTOR and (values.get("value") or 0) > 20:
            self.add_error("value", _("A factor of more than 20 is no correction; set the number instead."))
        if values.get("kind") == Override.Kind.HANDLING and not 1 <= (values.get("value") or 0) <= LONGEST_CONTACT:
            self.add_error("value", _("A contact takes from one second to a day."))
        if first and last and (last < first or (last - first).days > 366):
            self.add_error("last", _("The stretch ends before it begins, or lasts more than a year."))
        elif first and last == first and _backwards(values.get("first_time"), values.get("last_time")):
            self.add_error("last_time", _("The stretch ends before it begins."))
        return values

    def stretch(self, queue: Queue) -> tuple[datetime, datetime]:
        """The stretch as moments, on the queue's clock."""
        zone = ZoneInfo(queue.zone)
        given = self.cleaned_data
        last = given["last"] or given["first"]
        end_time = given["last_time"]
        if end_time is None or end_time == time(0):
            last, end_time = last + timedelta(days=1), time(0)
        return (
            datetime.combine(given["first"], given["first_time"] or time(0), zone),
            datetime.combine(last, end_time, zone),
        )


class SpecialDayForm(forms.Form):
    """A day that differs."""

    EFFECTS = (
        ("learnt", _("as earlier days of this name")),
        ("factor", _("times a factor")),
        ("closed", _("closed: nobody answers")),
    )
    day = forms.DateField(label=_("Day"), widget=DAY)
    name = forms.CharField(label=_("What is special"), max_length=80)
    effect = forms.ChoiceField(label=_("Effect"), choices=EFFECTS)
    factor = forms.FloatField(label=_("Factor"), min_value=0, max_value=20, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("effect") == "factor" and values.get("factor") is None:
            self.add_error("factor", _("Give the factor, such as 1.3 for 30 % more."))
        return values

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "day": given["day"],
            "name": given["name"],
            "closed": given["effect"] == "closed",
            "factor": given["factor"] if given["effect"] == "factor" else None,
        }


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class VouchForm(ReasonForm):
    """Counts that are right although they look wrong."""

    start = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S%z"])
    end = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S%z"])
