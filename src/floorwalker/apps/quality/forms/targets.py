"""What people type about the quality agreed with a client."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.models import QualityTarget


class TargetForm(forms.Form):
    """An average score, with whom, and from when on."""

    client = forms.TypedChoiceField(label=_("Client"), coerce=int)
    score = forms.IntegerField(
        label=_("Average score agreed"),
        min_value=1,
        max_value=100,
        help_text=_("Of 100, over all agents who serve them; what agents cannot control is left out."),
    )
    starts = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=QualityTarget._meta.get_field("note").max_length,
        required=False,
        help_text=_("Where it is written, who agreed."),
    )

    def __init__(self, *args: Any, clients: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = clients

    def values(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        return {"client_id": found.pop("client"), **found}
