"""What a manager sets about the floor of a site."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models import FloorSetting


class LimitForm(forms.ModelForm):  # type: ignore[type-arg]
    """The limit of silence, and how many visits there is time for."""

    class Meta:
        model = FloorSetting
        fields = ("silence_days", "visits_a_day", "steps_months", "talk_days", "talk_minutes")
        help_texts: ClassVar[dict[str, Any]] = {
            "silence_days": _("After that, whoever leads is told, and the count stands on your first page."),
            "steps_months": _("After that the same behaviour is a first time again. Each agent reads the day."),
            "talk_days": _("Whoever had none for so long is owed one, which their lead promises. 0: nobody is."),
        }
