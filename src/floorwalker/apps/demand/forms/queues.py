"""What people type about queues."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand import queries
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.rules.hours import WEEKDAYS, HoursProblem, read_day, write_day
from floorwalker.apps.demand.services import QueueFields
from floorwalker.kernel.access import Actor

DAY_LABELS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
STEPS = [
    (15, _("15 minutes")),
    (20, _("20 minutes")),
    (30, _("30 minutes")),
    (60, _("an hour")),
    (1440, _("a whole day")),
]


class HoursFields(forms.Form):
    """Seven lines of opening hours; all empty means nobody has set them yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, label in enumerate(DAY_LABELS):
            self.fields[f"hours_{number}"] = forms.CharField(
                label=label,
                required=False,
                max_length=80,
                help_text=_("Such as 08:00–20:00") if number == 0 else "",
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        days = []
        for number in range(7):
            try:
                days.append(read_day(values.get(f"hours_{number}") or ""))
            except HoursProblem as problem:
                said = _("“{said}” is not a time of opening. Write 08:00–20:00, or 08:00–12:00, 13:00–18:00.")
                self.add_error(f"hours_{number}", str(said).format(said=problem.said))
                days.append([])
        values["hours"] = days if any(days) else None
        return values


def hours_initial(hours: Any) -> dict[str, str]:
    return {f"hours_{day}": write_day(hours[day]) for day in range(len(WEEKDAYS))} if hours else {}


class QueueForm(HoursFields):
    """Everything a queue is."""

    name = forms.CharField(label=_("Name"), max_length=120)
    client = forms.ModelChoiceField(label=_("Client"), queryset=None)
    site = forms.ModelChoiceField(label=_("Site"), queryset=None, help_text=_("Where it is answered."))
    skill = forms.ModelChoiceField(label=_("Skill its agents need"), queryset=None, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=Queue.Channel.choices)
    zone = forms.CharField(
        label=_("Time zone of its days"), max_length=64, required=False, help_text=_("Empty: the site's.")
    )
    step_minutes = forms.TypedChoiceField(label=_("Interval"), choices=STEPS, coerce=int, initial=30)
    target = forms.ChoiceField(label=_("Target"), choices=Queue.Target.choices)
    service_share = forms.FloatField(label=_("Share answered in time, %"), min_value=1, max_value=100, initial=80)
    service_seconds = forms.IntegerField(label=_("In time means within, seconds"), min_value=1, initial=20)
    service_definition = forms.ChoiceField(label=_("How the share is counted"), choices=Queue.Definition.choices)
    asa_seconds = forms.IntegerField(label=_("Average speed of answer, seconds"), min_value=1, required=False)
    tolerance = forms.FloatField(label=_("Tolerance around the target, %"), min_value=0, max_value=99, initial=5)
    patience_seconds = forms.FloatField(
        label=_("Patience of callers, seconds"),
        min_value=1,
        required=False,
        help_text=_("Empty: learnt from an uploaded call log, if there is one."),
    )
    aht_seconds = forms.FloatField(
        label=_("Handling time where the history has none, seconds"), min_value=1, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = queries.clients_for_queues(actor)  # type: ignore[attr-defined]
        self.fields["site"].queryset = queries.sites_for_queues(actor)  # type: ignore[attr-defined]
        self.fields["skill"].queryset = queries.skills_for_queues()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("target") == Queue.Target.ASA and not values.get("asa_seconds"):
            self.add_error("asa_seconds", _("Give the average speed of answer the queue aims at."))
        return values

    def values(self) -> QueueFields:
        """The queue as services take it."""
        given = self.cleaned_data
        return QueueFields(
            name=given["name"],
            client_id=given["client"].pk,
            site_id=given["site"].pk,
            zone=given["zone"],
            skill_id=given["skill"].pk if given["skill"] else None,
            channel=given["channel"],
            step_minutes=given["step_minutes"],
            hours=given["hours"],
            target=given["target"],
            service_share=given["service_share"] / 100,
            service_seconds=given["service_seconds"],
            service_definition=given["service_definition"],
            asa_seconds=given["asa_seconds"],
            tolerance=given["tolerance"] / 100,
            patience_seconds=given["patience_seconds"],
            aht_seconds=given["aht_seconds"],
        )


def queue_initial(queue: Queue) -> dict[str, Any]:
    """A queue as its form shows it."""
    same = ("name", "channel", "zone", "step_minutes", "target", "service_seconds", "service_definition")
    more = ("asa_seconds", "patience_seconds", "aht_seconds", "version")
    return {
        **{name: getattr(queue, name) for name in (*same, *more)},
        **hours_initial(queue.hours),
        "client": queue.client_id,
        "site": queue.site_id,
        "skill": queue.skill_id,
        "service_share": round(queue.service_share * 100, 2),
        "tolerance": round(queue.tolerance * 100, 2),
    }


class NameForm(forms.Form):
    """What another system calls a queue."""

    system = forms.CharField(label=_("System"), max_length=60)
    external = forms.CharField(label=_("Name there"), max_length=120)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(
        label=_("Until before"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, until = values.get("first"), values.get("until")
        if first and until and until <= first:
            self.add_error("until", _("The name ends after it begins."))
        return values


class EndNameForm(forms.Form):
    """From which day on a name no longer means the queue."""

    until = forms.DateField(label=_("Until before"), widget=forms.DateInput(attrs={"type": "date"}))
