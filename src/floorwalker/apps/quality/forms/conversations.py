"""What people type about conversations."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.models import Channel
from floorwalker.apps.quality.queries import Wanted
from floorwalker.kernel.picking import Choices, PickField

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Words"), max_length=80, required=False)
    agent = PickField(label=_("Agent"), required=False, help_text="", placeholder=_("everybody"))
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[("", _("every channel")), *Channel.choices], required=False
    )
    first = forms.DateField(label=_("From"), **DAY)
    last = forms.DateField(label=_("To"), **DAY)
    reviewed = forms.ChoiceField(
        label=_("Reviewed"), choices=[("", _("all")), ("yes", _("yes")), ("no", _("not yet"))], required=False
    )

    def __init__(self, *args: Any, agents: Choices, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].choices_of = agents  # type: ignore[attr-defined]
        self._zone = ZoneInfo(zone)

    def wanted(self) -> Wanted:
        """What is asked for; what cannot be read counts as not asked."""
        self.is_valid()
        found = self.cleaned_data
        days = {
            name: datetime.combine(found[name], time(), self._zone) if found.get(name) else None
            for name in ("first", "last")
        }
        return Wanted(
            q=found.get("q", ""),
            agent=found.get("agent"),
            channel=found.get("channel", ""),
            reviewed=found.get("reviewed", ""),
            **days,
        )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("JSON lines, or a table (CSV, XLSX) with a turn in each row.")
    )
    system = forms.ChoiceField(
        label=_("Agents are called as in"),
        required=False,
        help_text=_("The names of agents in other systems are kept on their pages."),
    )
    client = forms.TypedChoiceField(
        label=_("Client"), coerce=int, help_text=_("Of conversations that name none in the file.")
    )

    def __init__(
        self, *args: Any, systems: list[tuple[str, str]], clients: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("system", systems), ("client", clients)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)
