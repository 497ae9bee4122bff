"""A live quiz: questions with two to six options, one right, and why; answered on the server's clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from floorwalker.apps.learning.rules.survival import Flaw

MOST_QUESTIONS = 30
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
LEAST_SECONDS, MOST_SECONDS = 5, 300
LONGEST_TEXT = 300
LONGEST_OPTION = 120
LONGEST_WHY = 400
FEWEST_SHOWN = 3  # answers, before counts are shown: of two each could tell what the other said
TEACH_AGAIN = 0.6  # of the answers right; below, the lead is told to teach it again


@dataclass(frozen=True)
class Question:
    """``right`` counts from one and is 0 while nobody has said; ``seconds`` 0: until the lead moves on."""

    text: str
    options: tuple[str, ...]
    right: int = 0
    why: str = ""
    seconds: int = 0


@dataclass(frozen=True)
class Quiz:
    questions: tuple[Question, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "questions": [
                {
                    "text": each.text,
                    "options": list(each.options),
                    "right": each.right,
                    "why": each.why,
                    "seconds": each.seconds,
                }
                for each in self.questions
            ]
        }


def from_json(content: Mapping[str, Any]) -> Quiz:
    return Quiz(
        tuple(
            Question(
                str(each.get("text", "")),
                tuple(map(str, each.get("options", ()))),
                int(each.get("right", 0)),
                str(each.get("why", "")),
                int(each.get("seconds", 0)),
            )
            for each in content.get("questions", ())
        )
    )


def flaws(found: Quiz) -> list[Flaw]:
    if not found.questions:
        return [Flaw("no_question")]
    wrong = []
    if len(found.questions) > MOST_QUESTIONS:
        wrong.append(Flaw("too_many_questions", other=len(found.questions)))
    seen: dict[str, int] = {}
    for row, each in enumerate(found.questions, 1):
        wrong += _flaws_of(row, each)
        said = " ".join(each.text.casefold().split())
        if said and said in seen:
            wrong.append(Flaw("doubled_question", row, seen[said]))
        seen.setdefault(said, row)
    return wrong


def _flaws_of(row: int, each: Question) -> list[Flaw]:
    wrong = []
    if not each.text.strip():
        wrong.append(Flaw("empty_question", row))
    if len(each.options) < FEWEST_OPTIONS:
        wrong.append(Flaw("too_few_options", row))
    if len(each.options) > MOST_OPTIONS:
        wrong.append(Flaw("too_many_options", row))
    if any(not option.strip() for option in each.options):
        wrong.append(Flaw("empty_option", row))
    if len({" ".join(option.casefold().split()) for option in each.options}) < len(each.options):
        wrong.append(Flaw("doubled_option", row))
    if not 1 <= each.right <= len(each.options):
        wrong.append(Flaw("no_right_option", row))
    if not each.why.strip():
        wrong.append(Flaw("no_why", row))
    if each.seconds and not LEAST_SECONDS <= each.seconds <= MOST_SECONDS:
        wrong.append(Flaw("seconds", row))
    return wrong


def ends_at(question: Question, since: datetime) -> datetime | None:
    """Until when it can be answered; none: until the lead moves on."""
    return since + timedelta(seconds=question.seconds) if question.seconds else None


def spread(question: Question, given: Sequence[int]) -> list[int] | None:
    """How often each option was chosen; nothing while so few answered that one could tell whose each is."""
    if len(given) < FEWEST_SHOWN:
        return None
    return [sum(1 for each in given if each == option) for option in range(1, len(question.options) + 1)]


def share_right(question: Question, given: Sequence[int]) -> float | None:
    if len(given) < FEWEST_SHOWN:
        return None
    return sum(1 for each in given if each == question.right) / len(given)
