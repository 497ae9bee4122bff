"""What all exercises have in common: content read, made sound and looked through by the rules of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from floorwalker.apps.learning.rules import quiz, survival
from floorwalker.apps.learning.rules.survival import Flaw

KINDS = ("survival", "quiz")
MOST_ROWS = 40  # of a draft: a few more than may be put in force, so that nothing typed is lost
T = TypeVar("T")


def sound(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content in its form, whatever was sent: flaws are said, what has no place in it is left out."""
    if kind == "survival":
        items = [
            {"key": str(each.get("key") or ""), "text": _text(each.get("text"), survival.LONGEST_TEXT)}
            for each in _rows(content.get("items"))
        ]
        keyed = with_keys(items)
        expert = [str(each) for each in _rows(content.get("expert"))]
        return survival.Survival(
            situation=_text(content.get("situation"), survival.LONGEST_SITUATION),
            items=tuple(survival.Thing(each["key"], each["text"]) for each in keyed),
            expert=tuple(expert),
            source=_text(content.get("source"), survival.LONGEST_SOURCE),
        ).to_json()
    return quiz.Quiz(
        tuple(
            quiz.Question(
                text=_text(each.get("text"), quiz.LONGEST_TEXT),
                options=tuple(_text(option, quiz.LONGEST_OPTION) for option in _rows(each.get("options"))),
                right=_number(each.get("right")),
                why=_text(each.get("why"), quiz.LONGEST_WHY),
                seconds=_number(each.get("seconds")),
            )
            for each in _rows(content.get("questions"))
        )
    ).to_json()


def flaws(kind: str, content: Mapping[str, Any]) -> list[Flaw]:
    if kind == "survival":
        return survival.flaws(survival.from_json(content))
    return quiz.flaws(quiz.from_json(content))


def shifted(rows: Sequence[T], at: int, by: int) -> list[T]:
    """The rows with one of them some places up or down; at an end it stays."""
    found = list(rows)
    if 0 <= at < len(found):
        found.insert(max(0, min(at + by, len(found) - 1)), found.pop(at))
    return found


def _rows(found: Any) -> list[Any]:
    return list(found)[:MOST_ROWS] if isinstance(found, list | tuple) else []


def _text(found: Any, longest: int) -> str:
    return " ".join(str(found or "").split())[:longest]


def _number(found: Any) -> int:
    text = str(found or "").strip()
    return min(int(text[:9]), 9999) if text.isdecimal() else 0


def with_keys(items: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every item with a key of its own; a new one gets the next number."""
    taken: set[str] = set()
    for each in items:
        if not each["key"] or each["key"] in taken or len(each["key"]) > 60:
            each["key"] = ""
        taken.add(each["key"])
    n = 0
    for each in items:
        while not each["key"]:
            n += 1
            if f"item{n}" not in taken:
                each["key"] = f"item{n}"
                taken.add(each["key"])
    return items
