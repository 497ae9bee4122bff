"""What trainers type when they write a scenario."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.rules import editing
from floorwalker.apps.learning.rules.flow import Fact, Flow, Moment, Node, Option, OwnWords, Step
from floorwalker.apps.learning.words import OUTCOME, line_name

NEW = "+"  # leads to a line that is written with the answer
TWO = {"rows": 2}


class ScenarioForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(
        label=_("What it trains"),
        max_length=300,
        required=False,
        help_text=_("Players read it before they begin."),
    )


class SettingForm(forms.Form):
    setting = forms.CharField(
        label=_("What the player knows before the first line"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=TWO),
    )


class NewLineForm(forms.Form):
    """A line of the customer added in place."""

    line = forms.CharField(label=_("What the customer says"), max_length=1000, widget=forms.Textarea(attrs=TWO))
    outcome = forms.ChoiceField(
        label=_("Is it an end?"), required=False, choices=[("", _("no, it goes on")), *OUTCOME.items()]
    )


class LineForm(NewLineForm):
    """A line with its facts and its moment."""

    states = forms.MultipleChoiceField(
        label=_("Facts the customer states here"), required=False, widget=forms.CheckboxSelectMultiple
    )
    moment = forms.CharField(
        label=_("What in it sets emotions off"),
        max_length=200,
        required=False,
        help_text=_("In the customer’s words or situation, like “waited in vain”; empty: nothing."),
    )
    controllable = forms.ChoiceField(
        label=_("Can the agent keep it from growing?"),
        required=False,
        choices=[("yes", _("yes: the agent’s answer decides")), ("no", _("no: it can only be borne and named"))],
    )
    minutes = forms.IntegerField(
        label=_("Minutes of a training for it"), min_value=1, max_value=60, required=False, initial=5
    )
    needed_at_times = ("states", "controllable", "minutes")

    def __init__(self, *args: Any, flow: Flow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "states", [(each.key, each.text) for each in flow.facts])
        if not flow.facts:
            del self.fields["states"]

    @classmethod
    def first(cls, node: Node) -> dict[str, Any]:
        found: dict[str, Any] = {"line": node.line, "outcome": node.outcome, "states": list(node.states)}
        if node.moment:
            found |= {
                "moment": node.moment.text,
                "controllable": "yes" if node.moment.controllable else "no",
                "minutes": node.moment.minutes,
            }
        return found

    def node(self, before: Node) -> Node:
        found = self.cleaned_data
        moment = None
        if found["moment"].strip():
            moment = Moment(found["moment"].strip(), found["controllable"] != "no", found["minutes"] or 5)
        return Node(
            before.key,
            found["line"].strip(),
            before.options,
            before.own_words,
            tuple(found.get("states", ())),
            moment,
            found["outcome"],
        )


class LeadsForm(forms.Form):
    """What every answer has: where it leads, which steps it meets, which facts it builds on."""

    to = forms.ChoiceField(label=_("Leads to"), required=False)
    new_line = forms.CharField(
        label=_("What the customer says then"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=TWO),
        help_text=_("For a new line."),
    )
    steps = forms.MultipleChoiceField(
        label=_("Steps it meets"), required=False, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.MultipleChoiceField(
        label=_("Facts it builds on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It counts only after the customer has stated them."),
    )
    needed_at_times: tuple[str, ...] = ("to", "new_line", "steps", "needs")

    def __init__(self, *args: Any, flow: Flow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flow = flow
        lines = [(each.key, line_name(flow, each.key)) for each in flow.nodes]
        _offer(self, "to", [("", _("choose a line")), (NEW, _("a new line")), *lines])
        for name, things in (("steps", flow.steps), ("needs", flow.facts)):
            _offer(self, name, [(each.key, each.text) for each in things])
            if not things:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("to") == NEW and not found.get("new_line", "").strip():
            self.add_error("new_line", _("Write what the customer says then, or choose a line that is there."))
        return found

    def led(self, flow: Flow) -> tuple[Flow, str]:
        """The flow with the new line, if one is written, and the key of where it leads."""
        found = self.cleaned_data
        if found["to"] == NEW:
            return editing.with_new_line(flow, found["new_line"])
        return flow, found["to"]

    def listed(self, name: str) -> tuple[str, ...]:
        return tuple(self.cleaned_data.get(name, ()))


class AnswerForm(LeadsForm):
    """An answer to choose."""

    text = forms.CharField(label=_("The answer"), max_length=500, widget=forms.Textarea(attrs=TWO))
    field_order = ("text", "to", "new_line", "steps", "needs")

    @classmethod
    def first(cls, option: Option) -> dict[str, Any]:
        return {"text": option.text, "to": option.to, "steps": list(option.steps), "needs": list(option.needs)}

    def changed(self, flow: Flow, node: str, key: str = "") -> Flow:
        """The flow with this answer at a line: a new one, or the one of that key."""
        flow, to = self.led(flow)
        text = self.cleaned_data["text"].strip()
        standing = flow.node(node)
        taken = [each.key for each in standing.options] if standing else []
        key = key or editing.fresh_key([*taken, "own"], text, "answer")
        return editing.with_option(flow, node, Option(key, text, to, self.listed("steps"), self.listed("needs")))


class OwnWordsForm(LeadsForm):
    """An answer in the player's own words."""

    phrases = forms.CharField(
        label=_("Key phrases"),
        max_length=1300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line; all must be said. “sorry / apologise” is either."),
    )
    otherwise = forms.ChoiceField(
        label=_("Without them it leads to"), required=False, help_text=_("Empty: to the same line.")
    )
    field_order = ("phrases", "to", "new_line", "otherwise", "steps", "needs")
    needed_at_times = (*LeadsForm.needed_at_times, "otherwise")

    def __init__(self, *args: Any, flow: Flow, **kwargs: Any) -> None:
        super().__init__(*args, flow=flow, **kwargs)
        lines = [(each.key, line_name(flow, each.key)) for each in flow.nodes]
        _offer(self, "otherwise", [("", _("the same line")), *lines])

    @classmethod
    def first(cls, own: OwnWords) -> dict[str, Any]:
        return {
            "phrases": "\n".join(own.phrases),
            "to": own.to,
            "otherwise": own.otherwise,
            "steps": list(own.steps),
            "needs": list(own.needs),
        }

    def clean_phrases(self) -> list[str]:
        found = [" ".join(each.split())[:120] for each in self.cleaned_data["phrases"].splitlines()]
        kept = [each for each in found if each]
        if len(kept) > 10:
            raise forms.ValidationError(_("At most ten phrases: more nobody says in one answer."))
        return kept

    def changed(self, flow: Flow, node: str) -> Flow:
        flow, to = self.led(flow)
        found = self.cleaned_data
        own = OwnWords(tuple(found["phrases"]), to, self.listed("steps"), self.listed("needs"), found["otherwise"])
        return editing.with_own_words(flow, node, own)


class StepForm(forms.Form):
    text = forms.CharField(label=_("What is to be done"), max_length=200)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100, initial=1)

    def step(self, flow: Flow, key: str = "") -> Step:
        text = self.cleaned_data["text"].strip()
        key = key or editing.fresh_key((each.key for each in flow.steps), text, "step")
        return Step(key, text, self.cleaned_data["weight"])


class FactForm(forms.Form):
    text = forms.CharField(
        label=_("What the customer states"), max_length=200, help_text=_("Like “It is a birthday gift.”")
    )

    def fact(self, flow: Flow, key: str = "") -> Fact:
        text = self.cleaned_data["text"].strip()
        return Fact(key or editing.fresh_key((each.key for each in flow.facts), text, "fact"), text)


class PublishForm(forms.Form):
    changed = forms.CharField(
        label=_("What is different from the version before"),
        max_length=300,
        required=False,
        help_text=_("Empty: it is counted."),
    )


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
