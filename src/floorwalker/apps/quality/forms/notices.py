"""What is typed about being assessed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.models import AssessmentNotice


class NoticeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What scores are for, when people were told, who looks again."""

    class Meta:
        model = AssessmentNotice
        fields = ("purpose", "told_on", "reviewer")
        widgets: ClassVar[dict[str, Any]] = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "told_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "purpose": _("Such as: to see what we have to teach; never to rank people or to part with them."),
            "told_on": _("Everybody who is scored was told by this day, and whoever speaks for them was asked."),
            "reviewer": _("A name or an office. A score that is contested is always looked at by a person."),
        }
