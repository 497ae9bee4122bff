"""What is uploaded and looked for in the banks of lines and moments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.rules.agenda import LEAST_MINUTES, MOST_MINUTES


class HandbookForm(forms.Form):
    file = forms.FileField(
        label=_("Handbook"), help_text=_("JSON: flows with their kinds of contact, each a list of actions.")
    )


class ScenarioFileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    file = forms.FileField(label=_("Scenario"), help_text=_("JSON, as “Save as a file” gives it."))


class LinesFileForm(forms.Form):
    file = forms.FileField(
        label=_("File of lines"),
        help_text=_(
            "CSV, also packed as .gz: a column text (or utterance) and a column reason (intent, category)."
        ),
    )


class LineFilterForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    words = forms.CharField(label=_("Words in it"), required=False, max_length=80)
    offensive = forms.ChoiceField(
        label=_("Offensive lines"),
        required=False,
        choices=[("", _("left out")), ("with", _("with them")), ("only", _("only them"))],
    )

    def __init__(self, *args: Any, reasons: list[tuple[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("every reason")), *((name, f"{name} ({count})") for name, count in reasons)]

    def wanted(self) -> dict[str, Any]:
        found = self.cleaned_data if self.is_valid() else {}
        offensive = {"": False, "with": None, "only": True}[found.get("offensive", "")]
        return {"reason": found.get("reason", ""), "words": found.get("words", ""), "offensive": offensive}


class MomentFilterForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            ("", _("all")),
            ("controllable", _("the agent can keep it from growing")),
            ("given", _("it can only be borne and named")),
        ],
    )


class AgendaForm(MomentFilterForm):
    minutes = forms.IntegerField(
        label=_("Minutes of the training"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES, initial=60
    )
    share = forms.IntegerField(label=_("Of it for such moments, in %"), min_value=5, max_value=80, initial=20)
    field_order = ("minutes", "share", "kind")
