"""What people type in a weight round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.rules.forms import Item
from floorwalker.apps.quality.rules.weights import MOST


class RoundForm(forms.Form):
    """Which form, who weighs it, until when."""

    version = forms.TypedChoiceField(label=_("Form"), coerce=int)
    leaders = forms.TypedMultipleChoiceField(
        label=_("Who weighs"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Two at least; yourself too, if you want to."),
    )
    day = forms.DateField(
        label=_("Until the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self,
        *args: Any,
        versions: Sequence[tuple[int, str]],
        leaders: Sequence[tuple[int, str]],
        zone: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("version", versions), ("leaders", leaders)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)
        self._zone = ZoneInfo(zone)

    def due(self) -> datetime:
        """The midnight that ends the day."""
        return datetime.combine(self.cleaned_data["day"] + timedelta(days=1), time(), self._zone)


class WeightsForm(forms.Form):
    """A weight for each item."""

    def __init__(self, *args: Any, items: Sequence[Item], weights: Mapping[str, float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[f"weight-{item.key}"] = forms.FloatField(
                label=item.text,
                min_value=0,
                max_value=MOST,
                initial=weights.get(item.key),
                help_text=item.expectation,
                widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            )

    def weights(self) -> dict[str, float]:
        return {name.removeprefix("weight-"): value for name, value in self.cleaned_data.items()}
