"""What people type about a goal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.performance.models import MeasureKey
from floorwalker.apps.performance.rules.measures import AIMED_AT, MEASURES, SHARE
from floorwalker.apps.performance.words import UNITS

DAY = forms.DateInput(attrs={"type": "date"})


class SupportFields(forms.Form):
    """What a lead does for a goal: a promise."""

    support = forms.CharField(
        label=gettext_lazy("What you will do for it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("It becomes a promise of yours, with its day."),
    )
    support_by = forms.DateField(
        label=gettext_lazy("Until when"),
        required=False,
        widget=DAY,
        help_text=gettext_lazy("Empty: half of the way."),
    )


class GoalForm(SupportFields):
    """A goal for one measure."""

    target = forms.FloatField(label=gettext_lazy("Target"))
    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    pair = forms.ChoiceField(
        label=gettext_lazy("What must not fall meanwhile"),
        required=False,
        help_text=gettext_lazy("It must stay within its usual range."),
    )
    words = forms.CharField(
        label=gettext_lazy("Why, and how"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The agent and who leads them read it."),
    )
    field_order = ("target", "last_day", "pair", "words", "support", "support_by")

    def __init__(self, *args: Any, measure: str, mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.share = MEASURES[measure].unit == SHARE
        self.fields["target"].help_text = _("In %(unit)s.") % {"unit": UNITS[MEASURES[measure].unit]}
        speed = MEASURES[measure].speed
        offered = [
            (key, MeasureKey(key).label)
            for key, each in MEASURES.items()
            if key != measure and key in AIMED_AT and (each.quality or not speed)
        ]
        self.fields["pair"].choices = [*([] if speed else [("", _("nothing"))]), *offered]  # type: ignore[attr-defined]
        self.fields["pair"].required = speed
        if mine:
            del self.fields["support"], self.fields["support_by"]

    def values(self) -> dict[str, Any]:
        """As the service takes them: shares from 0 to 1."""
        values = dict(self.cleaned_data)
        values["target"] = values["target"] / 100 if self.share else values["target"]
        return values


class AgreeForm(SupportFields):
    """Agreeing, and what a lead promises with it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lead:
            del self.fields["support"], self.fields["support_by"]


class AnswerForm(forms.Form):
    """A sentence the other side reads."""

    answer = forms.CharField(label=gettext_lazy("In a few words"), max_length=300, required=False)

    def __init__(self, *args: Any, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = needed
