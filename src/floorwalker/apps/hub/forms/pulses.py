"""What a pulse asks, what people answer, and what management answers them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub import queries
from floorwalker.apps.hub.forms.sayings import DAY
from floorwalker.apps.hub.models import Pulse, PulseSheet
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.apps.hub.rules import pulses as rules
from floorwalker.kernel.access import Actor

QUESTIONS = {
    rules.CONFIDENCE: _("I am confident that I do my work well."),
    rules.SKILL: _("I have the skills and the knowledge my work asks for."),
    rules.LEAD: _("Whoever leads me helps me to do it well."),
    rules.VALUED: _("I am valued here, and what I say counts."),
    rules.EFFORT: _("I put all my effort into my work."),
    rules.CAREER: _("I see where I can go from here."),
}
SAID = [
    (5, _("fully true")),
    (4, _("rather true")),
    (3, _("neither")),
    (2, _("rather not")),
    (1, _("not at all")),
]
OPEN_DAYS, ANSWER_DAYS = timedelta(days=7), timedelta(days=21)


class SheetForm(forms.Form):
    """Four sentences, each with five answers."""

    def __init__(self, *args: Any, pulse: Pulse, mine: PulseSheet | None, **kwargs: Any) -> None:
        asked = rules.questions(pulse.asks, pulse.fourth)
        known = {}
        if mine is not None:
            known = dict(zip(asked, (mine.first, mine.second, mine.third, mine.fourth), strict=True))
        super().__init__(*args, initial=known, **kwargs)
        for name in asked:
            self.fields[name] = forms.TypedChoiceField(
                label=QUESTIONS[name], choices=SAID, coerce=int, widget=forms.RadioSelect
            )


class AskPulseForm(forms.Form):
    site = forms.TypedChoiceField(label=_("Whom you ask"), coerce=int, required=False, empty_value=None)
    questions = forms.ChoiceField(
        label=_("What you ask"),
        choices=[
            (rules.EFFORT, _("skill, leading, being valued, and effort")),
            (rules.CAREER, _("skill, leading, being valued, and career")),
            (rules.DRIVERS, _("the four drivers of staying: confidence, skill, leading, career")),
        ],
        widget=forms.RadioSelect,
        initial=rules.EFFORT,
        help_text=_("Of the four drivers, the weakest is named where its interval stands clear of the others."),
    )
    closes_on = forms.DateField(label=_("Open until the end of"), widget=DAY, localize=False)
    answer_by = forms.DateField(
        label=_("You answer by"), widget=DAY, localize=False, help_text=_("A promise to everybody who is asked.")
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        known = {"closes_on": today + OPEN_DAYS, "answer_by": today + ANSWER_DAYS}
        super().__init__(*args, initial=known, **kwargs)
        site = self.fields["site"]
        assert isinstance(site, forms.ChoiceField)
        sites = [(each.pk, each.name) for each in queries.sites_to_ask(actor)]
        everybody = [("", _("All agents of all sites"))] if actor.sight(P.ASK_PULSE).everything else []
        site.choices = [*everybody, *sites]

    def asked(self) -> dict[str, str]:
        """The set that was chosen, and its last question."""
        chosen = self.cleaned_data["questions"]
        if chosen == rules.DRIVERS:
            return {"asks": rules.DRIVERS, "fourth": rules.CAREER}
        return {"asks": rules.USUAL, "fourth": chosen}


class FollowForm(forms.Form):
    text = forms.CharField(
        label=_("What follows from it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    follows_by = forms.DateField(
        label=_("By when"), widget=DAY, localize=False, help_text=_("The day is a promise to all who were asked.")
    )


class OutcomeForm(forms.Form):
    text = forms.CharField(label=_("What has changed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
