"""What people type about a file of history."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand import queries
from floorwalker.apps.demand.forms.queues import STEPS
from floorwalker.apps.demand.models import HistoryUpload
from floorwalker.apps.demand.services import Placing, QueueFields
from floorwalker.kernel.access import Actor

NEW, NONE = "new", "none"


class UploadForm(forms.Form):
    """A file, whose names its queues bear, and where its clock hangs."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV (also gzipped) or XLSX with counts per interval or one line a contact, up to 25 MB."),
    )
    zone = forms.CharField(
        label=_("Time zone of the times in it"),
        max_length=64,
        help_text=_("Such as Europe/Lisbon. Times written with an offset keep it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    system = forms.CharField(
        label=_("System it comes from"),
        max_length=60,
        initial="history",
        help_text=_("Its names for queues are remembered under this word."),
    )


class QuestionForm(forms.Form):
    """The one answer a file needs."""

    setting = forms.CharField(widget=forms.HiddenInput)
    value = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, question: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = question["text"]
        self.fields["value"].choices = [tuple(each) for each in question["choices"]]  # type: ignore[attr-defined]
        self.fields["setting"].initial = question["setting"]


class ReadingForm(forms.Form):
    """Another reading of the file than the one guessed."""

    CHOICES = (
        ("dates", _("Order of day and month")),
        ("step", _("Minutes of an interval")),
        ("decimal", _("Decimal mark (point, comma)")),
        ("durations", _("Unit of durations (seconds, minutes, milliseconds)")),
        ("separator", _("Separator (comma, semicolon, tab, bar)")),
        ("start", _("Column that says when")),
        ("queue", _("Column that names the queue")),
        ("offered", _("Column that counts contacts")),
        ("answered", _("Column of contacts answered")),
        ("abandoned", _("Column of contacts abandoned")),
        ("handling_seconds", _("Column of handling time")),
        ("outcome", _("Column that says how a contact ended")),
        ("zone", _("Time zone of the times")),
    )
    setting = forms.ChoiceField(label=_("What was read wrongly"), choices=CHOICES)
    value = forms.CharField(label=_("How it should be read"), max_length=120)


class PlacingForm(forms.Form):
    """What one name of the file means: a queue there is, a new one, or nothing."""

    needed_at_times = ("client", "site")

    meaning = forms.ChoiceField(label=_("Queue"))
    new_name = forms.CharField(label=_("Name of the new queue"), max_length=120, required=False)
    client = forms.ModelChoiceField(
        label=_("Client of the new queue"),
        queryset=None,
        required=False,
        help_text=_("Needed for a new queue."),
    )
    site = forms.ModelChoiceField(
        label=_("Site of the new queue"),
        queryset=None,
        required=False,
        help_text=_("Needed for a new queue: where it is answered."),
    )
    step_minutes = forms.TypedChoiceField(
        label=_("Interval of the new queue"), choices=STEPS, coerce=int, required=False, initial=30
    )

    aht_seconds = forms.FloatField(
        label=_("Handling time of a contact in the new queue, seconds"),
        min_value=1,
        required=False,
        help_text=_("The file holds none, and staff cannot be computed without. It can be set later, too."),
    )

    def __init__(
        self, *args: Any, actor: Actor, name: str, step_seconds: int | None, handling_known: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        if handling_known:
            del self.fields["aht_seconds"]
        queues = [(str(queue.pk), f"{queue.client}: {queue}") for queue in queries.queues_in_order(actor)]
        self.fields["meaning"].choices = [  # type: ignore[attr-defined]
            (NEW, _("a new queue of this name")),
            *queues,
            (NONE, _("leave it out")),
        ]
        self.fields["client"].queryset = queries.clients_for_queues(actor)  # type: ignore[attr-defined]
        self.fields["site"].queryset = queries.sites_for_queues(actor)  # type: ignore[attr-defined]
        self.fields["new_name"].initial = name
        coarse = max(30, (step_seconds or 1800) // 60)
        self.fields["step_minutes"].initial = coarse if coarse in dict(STEPS) else 1440

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("meaning") == NEW:
            for name, text in (("client", _("Say whose queue it is.")), ("site", _("Say where it is answered."))):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, text)
        return values

    def placing(self) -> Placing:
        given = self.cleaned_data
        if given["meaning"] == NONE:
            return Placing(self.name)
        if given["meaning"] != NEW:
            return Placing(self.name, queue_id=int(given["meaning"]))
        fields = QueueFields(
            name=given["new_name"].strip() or self.name,
            client_id=given["client"].pk,
            site_id=given["site"].pk,
            step_minutes=given["step_minutes"] or 30,
            aht_seconds=given.get("aht_seconds"),
        )
        return Placing(self.name, new=fields)


def placing_forms(upload: HistoryUpload, actor: Actor, known: set[str], data: Any = None) -> list[PlacingForm]:
    """A form for every name of the file that means nothing yet."""
    return [
        PlacingForm(
            data,
            prefix=f"name{number}",
            actor=actor,
            name=each["name"],
            step_seconds=upload.found["step_seconds"],
            handling_known=each.get("handling_known", True),
        )
        for number, each in enumerate(upload.found["queues"])
        if each["name"] not in known
    ]
