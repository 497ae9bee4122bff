"""What people type when they give feedback, answer it, hand it on or open it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.coaching.rules import feedback as rules
from floorwalker.apps.coaching.rules.delicate import delicate
from floorwalker.apps.offphone.planned import Piece
from floorwalker.apps.people import queries as people
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.picking import PickField

PIECE = f"{rules.STATE}:{rules.PLANNED}@"
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
        field = {
            "coaching_delicate_words": "meant",
            "coaching_words_missing": "words",
            "coaching_evidence_missing": "evidence_kind",
            "coaching_evidence_not_found": "evidence_kind",
            "coaching_as_planned": "despite_plan",
        }.get(refusal.code)
        self.add_error(field if field in self.fields else None, str(refusal))


class GiveForm(Minded):
    needed_at_times = (
        "behaviour",
        "expectation",
        "evidence_kind",
        "evidence_ref",
        "state",
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
        required=False,
        help_text=_(
            "Corrective feedback needs it. The newest evaluations and contacts can be chosen, and what was "
            "planned for the agent on the day above."
        ),
    )
    evidence_ref = forms.CharField(
        label=_("Key of another contact"),
        max_length=120,
        required=False,
        help_text=_("It stands on the page of the contact."),
    )
    state = forms.ChoiceField(
        label=_("State of the phones"),
        choices=[("", "–"), *Feedback.PhoneState.choices],
        required=False,
        help_text=_(
            "As you read it in the phone system. Beside it both of you read what was planned at that minute."
        ),
    )
    evidence_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        input_formats=[MINUTE],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        help_text=_("A state needs the time it began, a moment you witnessed its time and place."),
    )
    evidence_place = forms.CharField(label=_("Where"), max_length=200, required=False)
    despite_plan = forms.BooleanField(label=_("It is about something else than the plan"), required=False)

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        agent: Agent,
        pointed: str = "",
        pieces: Sequence[Piece] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(actor.zone)
        self.pieces = {f"{PIECE}{each.start.isoformat()}": each for each in pieces}
        self._offer_evidence(actor, agent, pointed)
        self.despite = self.fields["despite_plan"]
        if not self.data.get(self.add_prefix("despite_plan")):
            self.fields.pop("despite_plan")  # asked only where the plan says so
        field = self.fields["behaviour"]
        assert isinstance(field, forms.ChoiceField)
        offered = [
            (each.pk, f"{each.name} – {each.get_side_display()}") for each in queries.behaviours_offered(actor)
        ]
        field.choices = [("", "–"), *offered]

    def _offer_evidence(self, actor: Actor, agent: Agent, pointed: str) -> None:
        """The newest to choose from, and the one somebody came from; `KIND:REF` names it."""
        found = {each.key: each for each in queries.proofs_offered(actor, agent)}
        kind, _sep, ref = pointed.partition(":")
        if pointed and (one := queries.proof(actor, agent, kind, ref)):
            found = {one.key: one} | found
            self.initial["evidence_kind"] = one.key
        kinds = [each for each in Feedback.Evidence.choices if each[0] not in rules.LINKS]
        field = self.fields["evidence_kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("none")),
            *((key, capfirst(each.words)) for key, each in found.items()),
            *(
                (key, _("Planned: %(piece)s") % {"piece": queries.piece_words(p)})
                for key, p in self.pieces.items()
            ),
            (rules.CONTACT, _("another contact, by its key")),
            *kinds,
        ]
        states = agent.engagement != Agent.Engagement.CONTRACTOR  # nobody looks at a contractor's
        if not states:
            field.choices = [each for each in field.choices if each[0] != rules.STATE]
            self.fields.pop("state")

    def refused(self, refusal: Refused) -> None:
        if refusal.code == "coaching_as_planned":
            self.fields["despite_plan"] = self.despite
        super().refused(refusal)

    def clean(self) -> dict[str, Any]:
        """A minute typed beside a piece of the plan lies in that piece."""
        given = super().clean() or self.cleaned_data
        piece, moment = self.pieces.get(given.get("evidence_kind", "")), given.get("evidence_at")
        if piece and moment and not piece.start <= moment < piece.end:
            self.add_error(
                "evidence_at", _("This is not in what was planned; leave it empty or choose “a state”.")
            )
        return given

    def said(self) -> dict[str, Any]:
        """What the service is told."""
        given = dict(self.cleaned_data)
        chosen = given.pop("evidence_kind")
        kind, _sep, ref = chosen.partition(":")
        typed, state = given.pop("evidence_ref"), given.pop("state", "")
        if piece := self.pieces.get(chosen):
            state = state or rules.PLANNED
            given["evidence_at"] = given["evidence_at"] or piece.start
        given |= {"evidence_kind": kind, "evidence_ref": state if kind == rules.STATE else ref or typed}
        return {"behaviour_id": given.pop("behaviour"), **given}

    def clean_evidence_at(self) -> datetime | None:
        """Typed in the writer's zone."""
        typed: datetime | None = self.cleaned_data.get("evidence_at")
        return typed.replace(tzinfo=self.zone) if typed else None


class PlannedDayForm(forms.Form):
    """Of which day the plan is offered as evidence."""

    day = forms.DateField(
        label=_("What was planned on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


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
