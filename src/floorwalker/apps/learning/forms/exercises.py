"""What trainers type when they write an exercise: one form for all of it, whose rows are added and moved."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning.models import Exercise
from floorwalker.apps.learning.rules import exercises as rules
from floorwalker.apps.learning.rules.quiz import MOST_OPTIONS

NEW_ROW: dict[str, dict[str, Any]] = {
    "survival": {"key": "", "text": "", "place": ""},
    "quiz": {"text": "", "options": []},
}
DO = re.compile(r"(up|down|remove)-(\d{1,2})")


class ExerciseForm(forms.Form):
    kind = forms.ChoiceField(label=_("What the group does"), choices=Exercise.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=120)


def written(kind: str, sent: QueryDict) -> dict[str, Any]:
    """The content as it was typed, with what the pressed button does to its rows."""
    rows = _survival_rows(sent) if kind == "survival" else _quiz_rows(sent)
    do = sent.get("do", "")
    if found := DO.fullmatch(do):
        verb, at = found[1], int(found[2])
        if verb == "remove":
            rows = [each for number, each in enumerate(rows) if number != at]
        else:
            rows = rules.shifted(rows, at, -1 if verb == "up" else 1)
    elif do == "add":
        rows.append(
            {"key": "", "text": "", "place": ""} if kind == "survival" else {"text": "", "options": ["", ""]}
        )
    if kind == "quiz":
        return {"questions": rows}
    rows = rules.with_keys(rows)
    placed = [each for each in rows if each["place"].isdecimal()]
    return {
        "situation": sent.get("situation", ""),
        "items": [{"key": each["key"], "text": each["text"]} for each in rows],
        "expert": [each["key"] for each in sorted(placed, key=lambda each: int(each["place"]))],
        "source": sent.get("source", ""),
    }


def _survival_rows(sent: QueryDict) -> list[dict[str, str]]:
    return [
        {name: sent.get(f"item-{at}-{name}", "").strip() for name in ("key", "text", "place")}
        for at in range(rules.MOST_ROWS)
        if f"item-{at}-text" in sent
    ]


def _quiz_rows(sent: QueryDict) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for at in range(rules.MOST_ROWS):
        if f"q-{at}-text" not in sent:
            continue
        numbered = [(n, sent.get(f"q-{at}-option-{n}", "").strip()) for n in range(1, MOST_OPTIONS + 1)]
        kept = [each for each in numbered if each[1]]
        right = sent.get(f"q-{at}-right", "")
        place = [str(n) for n, _text in kept].index(right) + 1 if right in [str(n) for n, _text in kept] else 0
        rows.append(
            {
                "text": sent.get(f"q-{at}-text", ""),
                "options": [text for _n, text in kept],
                "right": place,
                "why": sent.get(f"q-{at}-why", ""),
                "seconds": sent.get(f"q-{at}-seconds", ""),
            }
        )
    return rows
