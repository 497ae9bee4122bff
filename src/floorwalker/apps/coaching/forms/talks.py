"""What people type before, in and after a one-to-one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching import queries
from floorwalker.apps.coaching.forms.feedback import Minded
from floorwalker.apps.coaching.models import Action, OneToOne
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.people import queries as people
from floorwalker.apps.performance import queries as performance
from floorwalker.kernel.access import Actor
from floorwalker.kernel.picking import PickField

MINUTES = [(n, _("%(n)d minutes") % {"n": n}) for n in (15, 20, 30, 45, 60)]


def day_field(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def chosen(field: forms.Field, choices: list[tuple[Any, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def end_of(day: date, zone: str) -> datetime:
    """The midnight that ends a day by the clock of who typed it."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))


class PlanTalkForm(forms.Form):
    agent = PickField(label=_("With whom"))
    talk_minutes = forms.TypedChoiceField(
        label=_("How long"), coerce=int, choices=MINUTES, initial=rules.USUAL_MINUTES
    )
    due = day_field(
        label=_("Until when"), help_text=_("The minutes are owed until then and placed where they cost least.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        led = people.agents_to_pick(queries.led(actor, P.HOLD))
        self.fields["agent"].choices_of = led  # type: ignore[attr-defined]


class AskTalkForm(Minded):
    words = forms.CharField(
        label=_("What it is about"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the agenda; whoever leads you reads it, nobody else."),
    )
    talk_minutes = forms.TypedChoiceField(
        label=_("How long"), coerce=int, choices=MINUTES, initial=rules.USUAL_MINUTES
    )


class ItemForm(Minded):
    words = forms.CharField(
        label=_("What you want to talk about"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ClaimForm(Minded):
    words = forms.CharField(
        label=_("What somebody else is said to have said or done"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = day_field(label=_("Looked up until"))
    who = forms.ChoiceField(
        label=_("Who looks it up"),
        choices=[("lead", _("the lead")), ("agent", _("I do"))],
        widget=forms.RadioSelect,
        initial="lead",
    )

    def __init__(self, *args: Any, agent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not agent:
            self.fields.pop("who")

    def said(self, zone: str) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        mine = given.pop("who", "lead") == "lead"
        return {**given, "until": end_of(given["until"], zone), "mine": mine}


class NoteForm(Minded):
    words = forms.CharField(label=_("Your words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    for_agent = forms.BooleanField(label=_("These are the agent's words, which I take down"), required=False)

    def __init__(self, *args: Any, lead: bool, agent_spoke: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lead:
            self.fields.pop("for_agent")
            self.fields["words"].help_text = _("The two of you read it, nobody else.")
        elif not agent_spoke:
            self.fields["for_agent"].initial = True
            self.fields["words"].help_text = _("The agent's words come first: ask, and take them down.")


class TalkActionForm(Minded):
    needed_at_times = ("item", "behaviour", "measure")
    minded = ("what", "target", "support")

    what = forms.CharField(label=_("What you will do"), max_length=300)
    item = forms.TypedChoiceField(
        label=_("Point of the agenda"), coerce=int, empty_value=None, required=False,
        help_text=_("An action is about a point of the agenda, a behaviour or a measure: choose at least one."),
    )  # fmt: skip
    behaviour = forms.TypedChoiceField(label=_("Behaviour"), coerce=int, empty_value=None, required=False)
    measure = forms.ChoiceField(
        label=_("Seen in which measure"),
        required=False,
        help_text=_("Then its days before and after the talk are held against each other."),
    )
    target = forms.CharField(
        label=_("How you both will see it"), max_length=200, help_text=_("For example: in three contacts of five.")
    )
    due = day_field(label=_("Done by"))
    follow_up_on = day_field(label=_("Looked at again on"))
    support = forms.CharField(label=_("What you do for it as the lead"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, talk: OneToOne, lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = queries.grounds_of(actor, talk)
        chosen(self.fields["item"], [("", "–"), *((each.pk, each.words) for each in items)])
        offered = queries.behaviours_offered(actor)
        chosen(self.fields["behaviour"], [("", "–"), *((each.pk, each.name) for each in offered)])
        chosen(self.fields["measure"], [("", "–"), *performance.measure_names().items()])
        if lead:
            self.fields["what"].label = _("What the agent will do")
        else:
            self.fields.pop("support")

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"behaviour_id": given.pop("behaviour"), "item_id": given.pop("item"), **given}


class CloseTalkForm(Minded):
    minded = ("why_no_action",)
    why_no_action = forms.CharField(
        label=_("Why nothing follows"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    follow_up_on = day_field(label=_("You look at it again on"), help_text=_("Until then you plan the next talk."))

    def __init__(self, *args: Any, with_action: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if with_action:
            for name in ("why_no_action", "follow_up_on"):
                self.fields.pop(name)


class FollowUpForm(Minded):
    state = forms.ChoiceField(
        label=_("What came of it"),
        choices=[(Action.State.DONE, _("done")), (Action.State.MISSED, _("not reached"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when it was not reached: what stood in the way. Both of you read it."),
    )
    needed_at_times = ("words",)


class WhyForm(Minded):
    minded = ("why",)
    why = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class WhyIfYouLikeForm(Minded):
    minded = ("why",)
    why = forms.CharField(label=_("Why, if you like"), max_length=300, required=False)


class SettleClaimForm(Minded):
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[("evidence", _("it is evidence now")), ("dropped", _("it is dropped"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Where it is found, or why it is dropped"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PrepareForm(forms.Form):
    evidence = forms.MultipleChoiceField(
        label=_("On the agenda"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lines: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fresh = [each for each in lines if not each.chosen]
        chosen(self.fields["evidence"], [(each.key, each.words) for each in fresh])


class HandTalkOnForm(forms.Form):
    to = forms.TypedChoiceField(label=_("Who may read it"), coerce=int)

    def __init__(self, *args: Any, talk: OneToOne, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self.fields["to"], queries.new_leads(talk))


class PlaceTalkForm(forms.Form):
    start = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S%z"])
    version = forms.IntegerField(min_value=1)


class TimeAskedForm(forms.Form):
    due = day_field(label=_("Owed until"))
