"""What people type about plans of drawing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.forms.evaluation import ANY_CHANNEL
from floorwalker.apps.quality.models import SamplePlan
from floorwalker.apps.quality.rules.plans import MOST_PER_PERIOD, Filters
from floorwalker.apps.quality.services import PlanValues

MINUTE = 60
HOURS = [("", _("any")), *((str(hour), f"{hour:02}:00") for hour in range(24))]


class PlanForm(forms.Form):
    """For whom, how often, and what may be drawn."""

    name = forms.CharField(label=_("Name"), max_length=120)
    place = forms.ChoiceField(label=_("Of the agents of"), required=False)
    client = forms.TypedChoiceField(label=_("Contacts of"), coerce=int, empty_value=None, required=False)
    cadence = forms.TypedChoiceField(
        label=_("Every"), coerce=int, choices=SamplePlan.Cadence.choices, initial=SamplePlan.Cadence.FORTNIGHT
    )
    per_period = forms.IntegerField(
        label=_("Contacts of each agent in that time"),
        min_value=1,
        max_value=MOST_PER_PERIOD,
        initial=1,
        help_text=_("Each from an equal part of the time, at random."),
    )
    form = forms.TypedChoiceField(
        label=_("Evaluated by"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=ANY_CHANNEL, required=False)
    shortest = forms.FloatField(label=_("Not shorter than, in minutes"), min_value=0, required=False)
    longest = forms.FloatField(label=_("Not longer than, in minutes"), min_value=0, required=False)
    from_hour = forms.ChoiceField(label=_("Begun from"), choices=HOURS, required=False)
    until_hour = forms.ChoiceField(label=_("Begun before"), choices=HOURS, required=False)
    reasons = forms.CharField(
        label=_("Only these reasons"), max_length=600, required=False, help_text=_("Several apart by commas.")
    )
    queues = forms.CharField(
        label=_("Only these queues"), max_length=600, required=False, help_text=_("Several apart by commas.")
    )

    def __init__(
        self,
        *args: Any,
        places: list[tuple[str, str]],
        clients: list[tuple[int, str]],
        versions: list[tuple[int, str]],
        everywhere: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        anywhere = [("", _("wherever the client is served"))] if everywhere else []
        choices: dict[str, list[tuple[Any, Any]]] = {
            "place": [*places, *anywhere],
            "client": [("", _("every client")), *clients],
            "form": [("", _("the form of the contact’s client and channel")), *versions],
        }
        for name, each in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = each
        self.needed_at_times = ("place", "client")  # one of them at least
        self.narrowing = ("channel", "shortest", "longest", "from_hour", "until_hour", "reasons", "queues")

    def first_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in self.narrowing]

    def filter_fields(self) -> list[Any]:
        return [self[name] for name in self.narrowing]

    @classmethod
    def first(cls, plan: SamplePlan) -> dict[str, Any]:
        """What the fields hold when the page is opened."""
        filters = plan.lets_through
        place = f"team:{plan.team_id}" if plan.team_id else f"site:{plan.site_id}" if plan.site_id else ""
        return {
            "name": plan.name,
            "place": place,
            "client": plan.client_id,
            "cadence": plan.cadence_days,
            "per_period": plan.per_period,
            "form": plan.form_id,
            "channel": plan.channel,
            "shortest": filters.shortest / MINUTE if filters.shortest is not None else None,
            "longest": filters.longest / MINUTE if filters.longest is not None else None,
            "from_hour": "" if filters.from_hour is None else str(filters.from_hour),
            "until_hour": "" if filters.until_hour is None else str(filters.until_hour),
            "reasons": ", ".join(filters.reasons),
            "queues": ", ".join(filters.queues),
        }

    def values(self) -> PlanValues:
        found = self.cleaned_data
        kind, _colon, pk = found["place"].partition(":")
        return PlanValues(
            name=found["name"],
            team_id=int(pk) if kind == "team" else None,
            site_id=int(pk) if kind == "site" else None,
            client_id=found["client"],
            form_id=found["form"],
            channel=found["channel"],
            cadence_days=found["cadence"],
            per_period=found["per_period"],
            filters=Filters(
                shortest=_seconds(found["shortest"]),
                longest=_seconds(found["longest"]),
                reasons=_names(found["reasons"]),
                queues=_names(found["queues"]),
                from_hour=int(found["from_hour"]) if found["from_hour"] else None,
                until_hour=int(found["until_hour"]) if found["until_hour"] else None,
            ),
        )


def _seconds(minutes: float | None) -> int | None:
    return None if minutes is None else round(minutes * MINUTE)


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))


class DrawsForm(forms.Form):
    """Which lines of a plan are shown."""

    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("everything")), ("drew", _("what was drawn")), ("missed", _("what could not be drawn"))],
    )

    def wanted(self) -> str:
        return str(self.cleaned_data["only"]) if self.is_valid() else ""
