"""What people type about phrases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.models import Owner, Phrase


class PhraseForm(forms.Form):
    """Words worth noticing, who says them and who could mend it."""

    text = forms.CharField(
        label=_("Words, as people say them"),
        max_length=120,
        help_text=_("Whole words in this order; a word that ends in * stands for all that begin like it."),
    )
    said_by = forms.ChoiceField(label=_("Said by"), choices=Phrase.SaidBy.choices)
    owner_topic = forms.ChoiceField(
        label=_("Who could mend it"),
        choices=Owner.choices,
        help_text=_("What no agent can change is counted for who can."),
    )
    client = forms.TypedChoiceField(label=_("Client"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, clients: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("every client")), *clients]

    def values(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        return {"client_id": found.pop("client"), **found}


class PhraseFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A table with the columns phrase, said_by, who_could_mend_it and, if you like, client."),
    )
