"""What people type about agreements with clients: expectations, new accounts, statements."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.demand import queries
from floorwalker.apps.demand.forms.forecasts import DAY
from floorwalker.apps.demand.forms.queues import HoursFields, hours_initial
from floorwalker.apps.demand.judged_by import forms_in_force
from floorwalker.apps.demand.models import Expectation, LaunchItem, Queue
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.services import ExpectationFields
from floorwalker.kernel.access import Actor
from floorwalker.kernel.picking import PickField


class ExpectationForm(HoursFields):
    """What was agreed, from a day on."""

    starts = forms.DateField(label=_("In force from"), widget=DAY)
    service_share = forms.FloatField(label=_("Share answered in time, %"), min_value=1, max_value=100, initial=80)
    service_seconds = forms.IntegerField(label=_("In time means within, seconds"), min_value=1, initial=20)
    service_definition = forms.ChoiceField(label=_("How the share is counted"), choices=Queue.Definition.choices)
    abandon_ceiling = forms.FloatField(
        label=_("Most callers who may hang up, %"), min_value=0, max_value=100, required=False
    )
    callback_allowed = forms.BooleanField(label=_("Callbacks may be offered"), required=False)
    callback_rule = forms.CharField(label=_("Rule for callbacks"), max_length=300, required=False)
    forecast_tolerance = forms.FloatField(
        label=_("Forecast tolerance, %"),
        min_value=0,
        max_value=99,
        initial=10,
        help_text=_("Within this band around the client's forecast, we answer for the service."),
    )
    forecast_lead_days = forms.IntegerField(
        label=_("A forecast counts as it stood so many days before"), min_value=1, max_value=90, initial=7
    )
    levers = forms.MultipleChoiceField(
        label=_("What may be done when it is tight"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["levers"].choices = list(queries.LEVER_LABELS.items())  # type: ignore[attr-defined]

    def values(self) -> ExpectationFields:
        given = self.cleaned_data
        ceiling = given["abandon_ceiling"]
        return ExpectationFields(
            starts=given["starts"],
            service_share=given["service_share"] / 100,
            service_seconds=given["service_seconds"],
            service_definition=given["service_definition"],
            hours=given["hours"],
            abandon_ceiling=None if ceiling is None else ceiling / 100,
            callback_allowed=given["callback_allowed"],
            callback_rule=given["callback_rule"],
            forecast_tolerance=given["forecast_tolerance"] / 100,
            forecast_lead_days=given["forecast_lead_days"],
            levers=tuple(given["levers"]),
            note=given["note"],
        )


def expectation_initial(agreed: Expectation | None, today: date) -> dict[str, Any]:
    """The latest agreement as its form shows it, from today on."""
    if agreed is None:
        return {"starts": today}
    same = (
        "service_seconds",
        "service_definition",
        "callback_allowed",
        "callback_rule",
        "forecast_lead_days",
        "levers",
    )
    ceiling = agreed.abandon_ceiling
    return {
        "starts": today,
        **{name: getattr(agreed, name) for name in same},
        **hours_initial(agreed.hours),
        "service_share": round(agreed.service_share * 100, 2),
        "forecast_tolerance": round(agreed.forecast_tolerance * 100, 2),
        "abandon_ceiling": None if ceiling is None else round(ceiling * 100, 2),
    }


class LaunchForm(forms.Form):
    """A new account."""

    client = forms.ModelChoiceField(label=_("Client"), queryset=None)
    name = forms.CharField(label=_("What goes live"), max_length=120)
    signed_on = forms.DateField(label=_("Signed on"), widget=DAY)
    go_live = forms.DateField(label=_("Goes live on"), widget=DAY)
    owner = PickField(label=_("Who brings it about"), hint=_("Each item can be given to somebody else."))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clients = queries.clients_to_agree_with(actor, P.LAUNCH_ACCOUNTS).filter(archived=False).order_by("name")
        self.fields["client"].queryset = clients  # type: ignore[attr-defined]
        self.fields["owner"].choices_of = queries.owners_to_pick(actor)  # type: ignore[attr-defined]
        self.fields["owner"].initial = actor.user_id


class ItemForm(forms.Form):
    """Who brings an item, and by when."""

    owner = PickField(label=_("Owner"))
    due = forms.DateField(label=_("Due"), widget=DAY)

    def __init__(self, *args: Any, actor: Actor, item: LaunchItem, **kwargs: Any) -> None:
        first = {"owner": item.owner_id, "due": item.due}
        super().__init__(*args, initial=first, auto_id=f"id_{item.pk}_%s", **kwargs)
        owners = queries.owners_to_pick(actor, besides=item.owner_id)
        self.fields["owner"].choices_of = owners  # type: ignore[attr-defined]


class TakeForm(forms.Form):
    """A form for all clients, taken for a new account."""

    form = forms.TypedChoiceField(label=_("A form for all clients is good enough"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for_all = [(each.id, each.name) for each in forms_in_force() if each.client_id is None]
        self.fields["form"].choices = for_all  # type: ignore[attr-defined]


class TrainingForm(forms.Form):
    """Where the training material of a new account is."""

    material = forms.CharField(
        label=_("What they learn from, in which order, and where it lies"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FirstForecastForm(forms.Form):
    """How many contacts a new queue is expected to bring, and in which shape."""

    queue = forms.ModelChoiceField(label=_("Queue"), queryset=None)
    starts = forms.DateField(label=_("From"), widget=DAY)
    days = forms.IntegerField(label=_("Days ahead"), min_value=7, max_value=546, initial=84)
    contacts_per_week = forms.FloatField(label=_("Contacts a week"), min_value=0, max_value=10_000_000)
    ramp_days = forms.IntegerField(
        label=_("Days until it is all there"), min_value=0, max_value=365, initial=0, required=False
    )
    aht_seconds = forms.FloatField(label=_("Handling time, seconds"), min_value=1, required=False)
    uncertainty = forms.FloatField(
        label=_("How unsure, %"),
        min_value=0,
        max_value=200,
        initial=30,
        help_text=_("The usual error of such numbers: what is not known yet is drawn wide."),
    )
    like = forms.ModelChoiceField(
        label=_("In the shape of"), queryset=None, required=False, help_text=_("Empty: evenly over opening hours.")
    )

    def __init__(self, *args: Any, actor: Actor, client_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = queries.queues_in_order(actor, P.MAKE_FORECASTS)
        self.fields["queue"].queryset = mine.filter(client=client_id)  # type: ignore[attr-defined]
        self.fields["like"].queryset = mine  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    """Which month of which client to state."""

    client = forms.ModelChoiceField(label=_("Client"), queryset=None)
    month = forms.DateField(
        label=_("Month"), input_formats=["%Y-%m"], widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clients = queries.visible_clients(actor, P.ISSUE_STATEMENTS).filter(archived=False).order_by("name")
        self.fields["client"].queryset = clients  # type: ignore[attr-defined]
