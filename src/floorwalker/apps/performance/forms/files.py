"""A file of figures, and which team is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class UploadForm(forms.Form):
    """The file, and whose names for agents stand in it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX with the columns agent, day, measure, value and weight, up to 25 MB."),
    )
    system = forms.ChoiceField(
        label=gettext_lazy("Agents are named by"),
        required=False,
        help_text=gettext_lazy("Their number here, or what another system calls them."),
    )

    def __init__(self, *args: Any, systems: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("their number here")), *((name, name) for name in systems)]
        self.fields["system"].choices = choices  # type: ignore[attr-defined]


class TeamForm(forms.Form):
    """Which of the teams in sight."""

    team = forms.TypedChoiceField(label=gettext_lazy("Team"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, teams: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", _("all in sight")), *teams]  # type: ignore[attr-defined]

    def wanted(self) -> int | None:
        found: int | None = self.cleaned_data.get("team") if self.is_valid() else None
        return found
