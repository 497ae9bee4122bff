"""What people type for working agreements and for pairs that help each other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.forms.feedback import Minded
from floorwalker.apps.coaching.forms.talks import MINUTES, day_field
from floorwalker.apps.coaching.models import AgreementItem, PeerPair, Verdict
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules.delicate import delicate
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.picking import PickField


class BeginAgreementForm(forms.Form):
    agent = PickField(label=_("With whom"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        led = people.agents_to_pick(queries.led(actor, P.HOLD))
        self.fields["agent"].choices_of = led  # type: ignore[attr-defined]


class AgreementItemForm(Minded):
    words = forms.CharField(
        label=_("What you will hold"),
        max_length=300,
        help_text=_("One thing, so that the other can say whether it was held."),
    )


class HowHeldForm(forms.Form):
    """For each item of the other side: how it was held, and an example."""

    def __init__(self, *args: Any, items: list[AgreementItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for each in items:
            self.fields[f"held_{each.pk}"] = forms.ChoiceField(
                label=each.words, choices=Verdict.Held.choices, widget=forms.RadioSelect
            )
            self.fields[f"example_{each.pk}"] = forms.CharField(
                label=_("An example"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
            )
        typed = [str(self.data.get(f"example_{each.pk}", "")) for each in items] if self.is_bound else []
        if delicate(*typed):
            self.fields["meant"] = forms.BooleanField(label=_("It belongs here all the same"), required=False)

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "said": {each.pk: (given[f"held_{each.pk}"], given[f"example_{each.pk}"]) for each in self.items},
            "meant": given.get("meant", False),
        }

    def refused(self, refusal: Refused) -> None:
        field = "meant" if refusal.code == "coaching_delicate_words" and "meant" in self.fields else None
        self.add_error(field, str(refusal))


class ProposePairForm(Minded):
    minded = ("about",)
    kind = forms.ChoiceField(label=_("Kind"), choices=PeerPair.Kind.choices, widget=forms.RadioSelect)
    learner = PickField(label=_("Who is helped"))
    helper = PickField(label=_("Who helps"))
    about = forms.CharField(
        label=_("What it is about"), max_length=200, help_text=_("One skill, or one item of an evaluation form.")
    )
    first_day = day_field(label=_("From"))
    last_day = day_field(label=_("Until"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("learner", "helper"):
            agents = people.agents_to_pick(queries.agents_to_pair(actor))
            self.fields[name].choices_of = agents  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"learner_id": given.pop("learner"), "helper_id": given.pop("helper"), **given}


class LearnerForm(forms.Form):
    """For whom helpers are looked for."""

    learner = PickField(label=_("Who is helped"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_find_%s", **kwargs)
        agents = people.agents_to_pick(queries.agents_to_pair(actor))
        self.fields["learner"].choices_of = agents  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    meeting_minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, choices=MINUTES, initial=30)
    due = day_field(label=_("Until when"))


class PeerNoteForm(Minded):
    words = forms.CharField(
        label=_("Your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other of you two reads it. Who leads you does not."),
    )
