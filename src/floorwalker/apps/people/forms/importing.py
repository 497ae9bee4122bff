"""What people choose about a file of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.people import queries, words
from floorwalker.kernel.access import Actor

LEVEL = "level:"


class UploadForm(forms.Form):
    """The file, and where people go whose row names no team."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX, one line an agent, up to 25 MB. Only a column with their number is needed."
        ),
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team for people without one in the file"),
        queryset=None,
        required=False,
        help_text=gettext_lazy("Only needed when the file has no column with teams."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = queries.teams_to_keep(actor)  # type: ignore[attr-defined]


class MappingForm(forms.Form):
    """What each column means."""

    def __init__(self, *args: Any, columns: list[str], mapping: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for at, column in enumerate(columns):
            own = mapping.get(column, "")
            choices = [("", _("left out")), *words.LABELS_IN_FILES]
            skill = (
                own.removeprefix(LEVEL)
                if own.startswith(LEVEL)
                else column.removesuffix("_level").replace("_", " ")
            )
            choices.append((f"{LEVEL}{skill}", _("level of the skill %(skill)s") % {"skill": skill}))
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=column, choices=choices, initial=own, required=False
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        given = [value for value in values.values() if value]
        twice = next((value for value in given if given.count(value) > 1), None)
        if twice:
            raise forms.ValidationError(_("Two columns mean the same: %(what)s. Leave one out.") % {"what": twice})
        if "number" not in given:
            raise forms.ValidationError(
                _("Say which column holds the number; without it nobody can be found again.")
            )
        return values

    def mapping(self) -> dict[str, str]:
        return {column: self.cleaned_data[f"column_{at}"] for at, column in enumerate(self.columns)}


class ApplyForm(forms.Form):
    """All that was shown, or the ticked rows."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    which = forms.ChoiceField(choices=[("all", "all"), ("ticked", "ticked")])
    line = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.getlist("line") if hasattr(self.data, "getlist") else []
        self.fields["line"].choices = [(each, each) for each in given if each.isdecimal()]  # type: ignore[attr-defined]

    def lines(self) -> list[int] | None:
        if self.cleaned_data["which"] == "all":
            return None
        return [int(each) for each in self.cleaned_data["line"]]
