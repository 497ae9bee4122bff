"""What people type about promises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class BreakForm(forms.Form):
    why = forms.CharField(
        label=_("Why it will not be kept"),
        max_length=300,
        help_text=_("Who waits for it reads this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class KindForm(forms.Form):
    """Which kind is shown; in the address."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all kinds")), *kinds]
