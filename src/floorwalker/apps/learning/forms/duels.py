"""What people type in the arena: whom to challenge to what, and until when a team match is open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Match
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor, Permission
from floorwalker.kernel.errors import Refused
from floorwalker.kernel.picking import Choices, PickField


def scenarios_to_pick(actor: Actor, permission: Permission) -> Choices:
    return Choices(queries.playable_scenarios(actor, permission).order_by("name"), ("name",), str)


class ChallengeForm(forms.Form):
    scenario = PickField(label=_("Scenario"))
    opponent = PickField(
        label=_("Whom"), required=False, help_text=_("Left empty: anybody of your level may take it.")
    )
    pace = forms.ChoiceField(
        label=_("When"),
        choices=Match.Pace.choices,
        initial=Match.Pace.APART,
        widget=forms.RadioSelect,
        help_text=_(
            "Apart, each has three days once it is accepted. At the same time, it begins when both are there."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenario"].choices_of = scenarios_to_pick(actor, P.PLAY)  # type: ignore[attr-defined]
        self.fields["opponent"].choices_of = people.agents_to_pick(queries.opponents(actor))  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "scenario_id": int(given["scenario"]),
            "opponent_id": int(given["opponent"]) if given["opponent"] else None,
            "pace": given["pace"],
        }

    def refused(self, refusal: Refused) -> None:
        self.add_error(None, str(refusal))


class TeamMatchForm(forms.Form):
    scenario = PickField(label=_("Scenario"))
    until = forms.DateTimeField(
        label=_("Places are open until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        help_text=_("Then the teams are made, as even as they can be."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenario"].choices_of = scenarios_to_pick(actor, P.SEE_SCENARIOS)  # type: ignore[attr-defined]

    def refused(self, refusal: Refused) -> None:
        self.add_error(None, str(refusal))
