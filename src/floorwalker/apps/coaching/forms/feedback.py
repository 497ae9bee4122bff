"""What people type when they give feedback, answer it, hand it on or open it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.coaching.rules import feedback as rules
from floorwalker.apps.coaching.rules.delicate import delicate
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.picking import PickField

MINUTE = "%Y-%m-%dT%H:%M"


class Minded(forms.Form):
    """Words on health, family, religion or unions are asked about once; a box then says that they belong here."""

    minded: tuple[str, ...] = ("words",)
    meant = forms.BooleanField(label=_("It belongs here all the same"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.get(self.add_prefix("meant")) if self.is_bound else None
        typed = [str(self.data.get(self.add_prefix(name), "")) for name in self.minded] if self.is_bound else []
        if not given and not delicate(*typed):
            self.fields.pop("meant")

    def refused(self, refusal: Refused) -> None:
        """Show a refusal beside what it is about."""
        field = {"coaching_delicate_words": "meant", "coaching_words_missing": "words"}.get(refusal.code)
        self.add_error(field if field in self.fields else None, str(refusal))


class GiveForm(Minded):
    needed_at_times = (
        "behaviour",
        "expectation",
        "evidence_kind",
        "evidence_ref",
        "evidence_at",
        "evidence_place",
    )
    minded = ("words", "expectation", "evidence_place")

    kind = forms.ChoiceField(label=_("Kind"), choices=Feedback.Kind.choices, widget=forms.RadioSelect)
    behaviour = forms.TypedChoiceField(
        label=_("Behaviour"), coerce=int, empty_value=None, required=False, help_text=_("Or an expectation below.")
    )
    rung = forms.TypedChoiceField(
        label=_("Step of the response"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("the usual one")), *((n, n) for n in rules.RUNGS)],
        help_text=_("For a behaviour that is corrected. The usual one counts how often it was answered before."),
    )
    expectation = forms.CharField(
        label=_("Expectation"), max_length=200, required=False, help_text=_("What was agreed or told before.")
    )
    words = forms.CharField(
        label=_("What you saw or heard, and what follows"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The agent reads every word. Nobody else does, unless the agent hands it on."),
    )
    evidence_kind = forms.ChoiceField(
        label=_("Evidence"),
        choices=[("", _("none")), *Feedback.Evidence.choices],
        required=False,
        help_text=_("Corrective feedback needs it."),
    )
    evidence_ref = forms.CharField(
        label=_("Its number or name"),
        max_length=120,
        required=False,
        help_text=_("Of the contact, evaluation or state."),
    )
    evidence_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        input_formats=[MINUTE],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        help_text=_("A moment you witnessed needs its time and place."),
    )
    evidence_place = forms.CharField(label=_("Where"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(actor.zone)
        field = self.fields["behaviour"]
        assert isinstance(field, forms.ChoiceField)
        offered = [
            (each.pk, f"{each.name} – {each.get_side_display()}") for each in queries.behaviours_offered(actor)
        ]
        field.choices = [("", "–"), *offered]

    def said(self) -> dict[str, Any]:
        """What the service is told."""
        given = dict(self.cleaned_data)
        return {"behaviour_id": given.pop("behaviour"), **given}

    def clean_evidence_at(self) -> datetime | None:
        """Typed in the writer's zone."""
        typed: datetime | None = self.cleaned_data.get("evidence_at")
        return typed.replace(tzinfo=self.zone) if typed else None


class ReplyForm(Minded):
    words = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other of you two reads it, nobody else."),
    )


class HandOnForm(forms.Form):
    to = forms.TypedChoiceField(label=_("Who may read it"), coerce=int)

    def __init__(self, *args: Any, feedback: Feedback, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        leads = queries.leads_of(feedback.agent).exclude(pk=feedback.author_id)
        field.choices = [(each.pk, each.name) for each in leads]


class OpenForm(forms.Form):
    agent = PickField(label=_("Whose feedback"))
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "The agent reads this. Everybody who wrote to them or held a one-to-one is told that it was opened."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].choices_of = people.agents_to_pick(queries.who_can_be_opened(actor))  # type: ignore[attr-defined]
