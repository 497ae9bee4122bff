"""What people answer: a whole form, or one item at a time; and what they say about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.quality.queries import WantedReviews, item_line
from floorwalker.apps.quality.rules.forms import NOT_APPLICABLE, FormContent, Item
from floorwalker.apps.quality.words import answer_name
from floorwalker.kernel.picking import Choices, PickField

SMALL = {"rows": 2}


@dataclass(frozen=True)
class AnswerRow:
    """One item with its fields, and what else is shown beside them."""

    item: Item
    condition: str
    value: Any
    comment: Any
    seconds: Any
    readings: Sequence[Any] = ()  # how the item is read since a calibration


class AnswersForm(forms.Form):
    """Answers to items of a form, each with a comment and the place in the conversation."""

    def __init__(
        self,
        *args: Any,
        content: FormContent,
        items: Iterable[Item] | None = None,
        answers: Mapping[str, str] | None = None,
        comments: Mapping[str, str] | None = None,
        seconds: Mapping[str, int | None] | None = None,
        places: bool = True,
        readings: Mapping[str, Sequence[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.readings = content, readings or {}
        self.items = list(content.items() if items is None else items)
        for item in self.items:
            choices = [
                (each.value, _("%(name)s – %(words)s") % {"name": answer_name(each.value), "words": each.sentence})
                for each in item.anchors
            ]
            if item.may_not_apply:
                choices.append((NOT_APPLICABLE, answer_name(NOT_APPLICABLE)))
            self.fields[f"value-{item.key}"] = forms.ChoiceField(
                label=item.text,
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                help_text=item.expectation,
                initial=(answers or {}).get(item.key, ""),
            )
            self.fields[f"comment-{item.key}"] = forms.CharField(
                label=_("Comment"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs=SMALL),
                initial=(comments or {}).get(item.key, ""),
            )
            if not places:
                continue
            self.fields[f"seconds-{item.key}"] = forms.IntegerField(
                label=_("At second"),
                required=False,
                min_value=0,
                max_value=86400,
                initial=(seconds or {}).get(item.key),
            )
        self.needed_at_times = tuple(self.fields)

    def rows(self) -> Iterator[AnswerRow]:
        for item in self.items:
            yield AnswerRow(
                item,
                item_line(self.content, item).condition,
                self[f"value-{item.key}"],
                self[f"comment-{item.key}"],
                self[f"seconds-{item.key}"] if f"seconds-{item.key}" in self.fields else None,
                self.readings.get(item.key, ()),
            )

    def sections(self) -> list[tuple[str, list[AnswerRow]]]:
        by_key = {row.item.key: row for row in self.rows()}
        return [
            (section.title, [by_key[item.key] for item in section.items if item.key in by_key])
            for section in self.content.sections
        ]

    def answers(self) -> dict[str, tuple[str, int | None]]:
        found = self.cleaned_data
        return {
            item.key: (found.get(f"value-{item.key}", ""), found.get(f"seconds-{item.key}")) for item in self.items
        }

    def remarks(self) -> dict[str, str]:
        return {f"item:{item.key}": self.cleaned_data.get(f"comment-{item.key}", "") for item in self.items}


class TalkForm(forms.Form):
    """Both halves of a review."""

    went_well = forms.CharField(
        label=_("What went well"), required=False, max_length=4000, widget=forms.Textarea(attrs=SMALL)
    )
    to_improve = forms.CharField(
        label=_("What to improve"), required=False, max_length=4000, widget=forms.Textarea(attrs=SMALL)
    )
    needed_at_times = ("went_well", "to_improve")

    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in ("went_well", "to_improve")}


class WordsForm(forms.Form):
    words = forms.CharField(label=_("Your words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("What would you like to know?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=SMALL),
        help_text=_("Like: am I doing this right, and what could I change?"),
    )


class ReviewFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("open", _("open")),
            ("drawn", _("to evaluate")),
            ("scored", _("evaluated, not shown yet")),
            ("released", _("to talk about")),
            ("disputed", _("disputed")),
            ("decided", _("decided")),
            ("closed", _("closed")),
            ("dropped", _("dropped")),
        ],
    )
    agent = PickField(label=_("Agent"), required=False, help_text="", placeholder=_("everybody"))
    mine = forms.BooleanField(label=_("Only mine to evaluate"), required=False)

    def __init__(self, *args: Any, agents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].choices_of = agents  # type: ignore[attr-defined]

    def wanted(self) -> WantedReviews:
        self.is_valid()
        found = self.cleaned_data
        return WantedReviews(found.get("state", ""), found.get("agent"), bool(found.get("mine")))


class CadenceForm(forms.Form):
    cadence = forms.TypedChoiceField(
        label=_("Every"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[("", _("as planned")), (14, _("14 days")), (30, _("30 days"))],
    )

    def days(self) -> int | None:
        """The same for everybody, or none: each agent's own."""
        return self.cleaned_data["cadence"] if self.is_valid() else None


class LostForm(forms.Form):
    days = forms.TypedChoiceField(
        label=_("In the last"),
        coerce=int,
        required=False,
        empty_value=90,
        choices=[(90, _("90 days")), (30, _("30 days")), (365, _("365 days"))],
    )

    def number(self) -> int:
        return int(self.cleaned_data["days"]) if self.is_valid() else 90
