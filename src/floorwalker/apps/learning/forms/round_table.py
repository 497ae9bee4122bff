"""What is typed at a round table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.models import TableTopic
from floorwalker.apps.learning.rules import round_table as rules


class TipForm(forms.Form):
    text = forms.CharField(
        label=_("What works for you"),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The whole table reads it, with your name."),
    )
    topic = forms.TypedChoiceField(label=_("What it is about"), coerce=int, empty_value=None, required=False)
    consent = forms.BooleanField(
        label=_("It may be shared with my name"),
        required=False,
        help_text=_("In the hub, as what works. You can say so later, too."),
    )

    def __init__(self, *args: Any, topics: Iterable[TableTopic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)
        choices = [(each.pk, each.name) for each in topics]
        if choices:
            field.choices = [("", _("nothing in particular")), *choices]
        else:
            del self.fields["topic"]

    def said(self) -> dict[str, Any]:
        """What the service is told."""
        given = self.cleaned_data
        return {"text": given["text"], "topic_id": given.get("topic"), "consent": given["consent"]}
