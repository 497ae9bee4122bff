"""What people type about one agent, and how they narrow a list down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries
from floorwalker.apps.people.models import Agent
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.apps.people.rules import LEVELS
from floorwalker.kernel.access import Actor

LEVEL_WORDS = {
    1: _("1 – learning"),
    2: _("2 – with help"),
    3: _("3 – alone"),
    4: _("4 – also the hard ones"),
    5: _("5 – teaches others"),
}


def day_input(**attributes: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attributes}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """The list of agents, narrowed down."""

    q = forms.CharField(label=_("Name or number"), max_length=100, required=False)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    site = forms.TypedChoiceField(label=_("Site"), required=False, coerce=int, empty_value=None)
    skill = forms.TypedChoiceField(label=_("Skill"), required=False, coerce=int, empty_value=None)
    engagement = forms.ChoiceField(label=_("Engagement"), required=False)
    state = forms.ChoiceField(
        label=_("Who"), required=False, choices=[("", _("here now")), ("left", _("left")), ("all", _("everybody"))]
    )

    def __init__(self, *args: Any, offered: dict[str, list[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("team", offered["teams"]), ("site", offered["sites"]), ("skill", offered["skills"])):
            self.fields[name].choices = [("", _("any")), *((row.pk, _called(row)) for row in rows)]  # type: ignore[attr-defined]
        self.fields["engagement"].choices = [("", _("any")), *Agent.Engagement.choices]  # type: ignore[attr-defined]

    def wanted(self) -> queries.Wanted:
        values = self.cleaned_data if self.is_valid() else {}
        return queries.Wanted(
            q=values.get("q", ""),
            team=values.get("team"),
            site=values.get("site"),
            skill=values.get("skill"),
            engagement=values.get("engagement", ""),
            state=values.get("state") or "here",
        )


def _called(row: Any) -> str:
    """Teams of two sites may share a name."""
    return f"{row.name} ({row.site.name})" if hasattr(row, "site_id") else str(row.name)


class AgentForm(forms.ModelForm):
    """Facts about an agent; team, leaving, skills and names have forms of their own."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Agent
        fields = (
            "name",
            "number",
            "engagement",
            "workplace",
            "started_on",
            "zone",
            "least_hours",
            "most_hours",
            "most_days",
            "most_days_in_a_row",
            "least_rest_hours",
            "available",
        )
        widgets = {"started_on": day_input()}  # noqa: RUF012 - Django's own way

    def validate_constraints(self) -> None:
        """The services say in sentences what may not be."""


class NewAgentForm(AgentForm):
    version = None  # type: ignore[assignment]
    team = forms.ModelChoiceField(label=_("Team"), queryset=None)

    field_order = ("name", "number", "team")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = queries.teams_to_keep(actor)  # type: ignore[attr-defined]
        self.fields["team"].label_from_instance = _called  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    team = forms.ModelChoiceField(label=_("To the team"), queryset=None)
    on = forms.DateField(label=_("First day there"), widget=day_input(), help_text=_("Today or earlier."))

    def __init__(self, *args: Any, actor: Actor, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = queries.teams_to_keep(actor).exclude(pk=agent.team_id)  # type: ignore[attr-defined]
        self.fields["team"].label_from_instance = _called  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    left_on = forms.DateField(label=_("Last day"), widget=day_input(), help_text=_("Today or earlier."))
    reason = forms.ModelChoiceField(label=_("Reason"), queryset=None)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = queries.visible_leaving_reasons(actor, P.KEEP_AGENTS).filter(archived=False).order_by("name")
        self.fields["reason"].queryset = reasons  # type: ignore[attr-defined]


class SkillForm(forms.Form):
    skill = forms.ModelChoiceField(label=_("Skill"), queryset=None)
    level = forms.TypedChoiceField(
        label=_("Level"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("not judged yet")), *((level, LEVEL_WORDS[level]) for level in LEVELS)],
    )
    proof = forms.CharField(
        label=_("Proof"), max_length=200, required=False, help_text=_("A certificate, a test, who saw it when.")
    )
    proven_on = forms.DateField(label=_("Proven on"), widget=day_input(), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = queries.visible_skills(actor).filter(archived=False).order_by("name")  # type: ignore[attr-defined]


class NameForm(forms.Form):
    system = forms.CharField(label=_("System"), max_length=60, help_text=_("Such as the telephony, the CRM."))
    external_id = forms.CharField(label=_("Name there"), max_length=120)
    since = forms.DateField(label=_("From"), widget=day_input())
    until = forms.DateField(
        label=_("Until before"), widget=day_input(), required=False, help_text=_("Empty: it still holds.")
    )


class NameEndForm(forms.Form):
    until = forms.DateField(widget=day_input())


class SignInForm(forms.Form):
    """The address an agent signs in with."""

    email = forms.EmailField(
        label=_("Address they were invited with"), required=False, help_text=_("Empty: they have no sign-in.")
    )
