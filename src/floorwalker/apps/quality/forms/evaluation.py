"""What people type when they write an evaluation form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.models import Channel
from floorwalker.apps.quality.rules.forms import AGENT, Anchor, Condition, FormContent, Item
from floorwalker.apps.quality.words import CONTROLLED_BY, answer_name

ANY_CHANNEL = [("", _("every channel")), *Channel.choices]
ANSWERS = 6  # lines offered for the answers of one item


class NameForm(forms.Form):
    """Which form this is."""

    name = forms.CharField(label=_("Name"), max_length=120)
    client = forms.TypedChoiceField(
        label=_("Client"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Without one it holds for every client that has no form of its own."),
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=ANY_CHANNEL, required=False)

    def __init__(self, *args: Any, clients: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("every client")), *clients]

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {"name": found["name"], "client_id": found["client"], "channel": found["channel"]}


class HandbookForm(NameForm):
    """A handbook's file; its flows name the forms."""

    name = None  # type: ignore[assignment]
    file = forms.FileField(
        label=_("Handbook"), help_text=_("JSON: flows with their kinds of contact, each a list of actions.")
    )
    field_order = ("file", "client", "channel")


class SectionForm(forms.Form):
    title = forms.CharField(label=_("Title of the section"), max_length=120)


class ItemForm(forms.Form):
    """One thing looked at, with its answers as lines."""

    text = forms.CharField(label=_("What is looked at"), max_length=300)
    expectation = forms.CharField(
        label=_("What the agent was told to do"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    weight = forms.FloatField(
        label=_("Weight"),
        min_value=0,
        max_value=1000,
        initial=1,
        help_text=_("Against the others; 0 is looked at and not counted."),
    )
    controlled_by = forms.ChoiceField(
        label=_("Who controls it"),
        choices=list(CONTROLLED_BY.items()),
        initial=AGENT,
        help_text=_(
            "Only what the agent controls counts in their score; the rest is counted for who can mend it."
        ),
    )
    critical = forms.BooleanField(
        label=_("Critical: the answer that earns nothing makes the whole score 0"), required=False
    )
    may_not_apply = forms.BooleanField(label=_("May not apply to a contact"), required=False)
    asked_if = forms.ChoiceField(label=_("Asked only where"), required=False)
    asked_answers = forms.CharField(
        label=_("… is answered"),
        max_length=200,
        required=False,
        help_text=_("Several answers apart by commas."),
    )

    def __init__(self, *args: Any, content: FormContent, key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = []
        for item in content.items():
            if item.key == key:
                break
            names = ", ".join(anchor.value for anchor in item.anchors)
            above.append((item.key, f"{item.text} ({names})"))
        field = self.fields["asked_if"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("always asked")), *above]
        for number in range(1, ANSWERS + 1):
            self.fields[f"value{number}"] = forms.CharField(
                label=_("Answer %(n)d") % {"n": number}, max_length=30, required=False
            )
            self.fields[f"share{number}"] = forms.FloatField(
                label=_("earns, in %"), min_value=0, max_value=100, required=False
            )
            self.fields[f"sentence{number}"] = forms.CharField(
                label=_("What it looks like"), max_length=300, required=False
            )

    @classmethod
    def first(cls, item: Item | None) -> dict[str, Any]:
        """What the fields hold when the page is opened; a new item begins as yes or no."""
        if item is None:
            item = Item("", "", 1.0, (Anchor("yes", 1.0, ""), Anchor("no", 0.0, "")))
        values: dict[str, Any] = {
            "text": item.text,
            "expectation": item.expectation,
            "weight": item.weight,
            "controlled_by": item.controlled_by,
            "critical": item.critical,
            "may_not_apply": item.may_not_apply,
        }
        if item.condition:
            values |= {"asked_if": item.condition.item, "asked_answers": ", ".join(item.condition.answers)}
        for number, anchor in enumerate(item.anchors[:ANSWERS], start=1):
            values |= {
                f"value{number}": anchor.value,
                f"share{number}": 100 * anchor.share,
                f"sentence{number}": anchor.sentence,
            }
        return values

    def answer_rows(self) -> Iterator[tuple[Any, Any, Any]]:
        for number in range(1, ANSWERS + 1):
            yield self[f"value{number}"], self[f"share{number}"], self[f"sentence{number}"]

    def plain_fields(self) -> Iterator[Any]:
        for bound in self:
            if not bound.name.startswith(("value", "share", "sentence")):
                yield bound

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for number in range(1, ANSWERS + 1):
            if found.get(f"value{number}") and found.get(f"share{number}") is None:
                self.add_error(f"share{number}", _("Say how much of the points this answer earns, 0 to 100."))
        return found

    def item(self, key: str) -> Item:
        found = self.cleaned_data
        answers = [each.strip() for each in found["asked_answers"].split(",") if each.strip()]
        return Item(
            key=key,
            text=found["text"].strip(),
            weight=found["weight"],
            anchors=tuple(
                Anchor(found[f"value{n}"].strip(), (found[f"share{n}"] or 0) / 100, found[f"sentence{n}"].strip())
                for n in range(1, ANSWERS + 1)
                if found[f"value{n}"].strip()
            ),
            may_not_apply=found["may_not_apply"],
            critical=found["critical"],
            controlled_by=found["controlled_by"],
            expectation=found["expectation"].strip(),
            condition=Condition(found["asked_if"], tuple(answers)) if found["asked_if"] else None,
        )


class TrialForm(forms.Form):
    """Answers given to try a form out; the address holds them."""

    def __init__(self, *args: Any, content: FormContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in content.items():
            choices = [
                (each.value, f"{answer_name(each.value)} – {each.sentence}" if each.sentence else each.value)
                for each in item.anchors
            ]
            if item.may_not_apply:
                choices.append(("na", answer_name("na")))
            self.fields[item.key] = forms.ChoiceField(
                label=item.text,
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                help_text=item.expectation,
            )

    def answers(self) -> dict[str, str]:
        return {key: value for key, value in self.cleaned_data.items() if value} if self.is_valid() else {}
