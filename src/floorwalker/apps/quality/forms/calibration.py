"""What people type about calibrations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CalibrationForm(forms.Form):
    """Who scores it, and until when."""

    participants = forms.TypedMultipleChoiceField(
        label=_("Who scores it"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Two people at least, maybe you too. Nobody sees the others’ answers before it closes."),
    )  # fmt: skip
    last_day = forms.DateField(
        label=_("Until the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["participants"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = people
