"""What clients, or planners on their behalf, type about what they expect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand import queries
from floorwalker.apps.demand.models import ClientForecast
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.rules.client_numbers import (
    AmbiguousDates,
    NoNumbers,
    Numbers,
    from_text,
    read_numbers,
)
from floorwalker.kernel.access import Actor

Rows = list[tuple[int, list[str]]]


class ClientForecastForm(forms.Form):
    """A queue, and its numbers typed or in a file."""

    queue = forms.ModelChoiceField(label=_("Queue"), queryset=None)
    grain = forms.ChoiceField(label=_("Numbers are"), choices=ClientForecast.Grain.choices, initial="day")
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("CSV or XLSX: date, perhaps time, contacts, perhaps event.")
    )
    text = forms.CharField(
        label=_("Or typed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One line each: 2026-12-01 850, and after it an event if there is one."),
    )
    order = forms.ChoiceField(
        label=_("Dates such as 03/04/2026 are"),
        required=False,
        choices=[("", _("not used")), ("dmy", _("day, then month")), ("mdy", _("month, then day"))],
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = queries.queues_in_order(actor, P.SUBMIT_CLIENT_FORECAST)
        self.fields["queue"].queryset = mine  # type: ignore[attr-defined]
        if not self.initial.get("queue") and len(only := list(mine[:2])) == 1:
            self.initial["queue"] = only[0].pk

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("file") and not (values.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("text", _("Give a file, or type the numbers."))
        return values

    def numbers(self, rows: Rows | None) -> Numbers | None:
        """What was given, understood; else the form says what is missing."""
        given = self.cleaned_data
        queue = given["queue"]
        try:
            return read_numbers(
                rows if rows is not None else from_text(given["text"]),
                grain=given["grain"],
                step_minutes=queue.step_minutes,
                zone=queue.zone,
                order=given["order"],
                queue_names=[queue.name, queue.key, *(name.external_id for name in queries.names_of_queue(queue))],
            )
        except AmbiguousDates as open_:
            said = _("Dates such as %(example)s could be day-month or month-day. Say which they are.")
            self.add_error("order", said % {"example": open_.example})
        except NoNumbers:
            self.add_error("text", _("There is nothing to read in it."))
        return None
