"""A group session: its states, the questions of its return sheet, and when what came back may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PLANNED, HELD, CLOSED, CANCELLED = "planned", "held", "closed", "cancelled"
MOVES = {(PLANNED, HELD), (PLANNED, CANCELLED), (HELD, CLOSED)}
SMALLEST = 5  # sheets; below that each could be guessed
MOST_MEMBERS = 60
SHEET_DAYS = 5
# Asked of every group, so that sessions can be set beside each other: key, of 1 to 5.
SCALE = ("worth", "heard", "clear")
WORDS = ("keep", "change")
# What a group may do together, each on their own phone, and how many minutes it usually takes.
USUAL_MINUTES = {"": 45, "round_table": 45, "own_pitch": 60, "survival": 60, "quiz": 30}
ROUND_TABLE, OWN_PITCH = "round_table", "own_pitch"
WITH_EXERCISE = ("survival", "quiz")


def may_move(state: str, to: str) -> bool:
    return (state, to) in MOVES


def sheets_asked(came: int) -> bool:
    """A sheet without a name is asked only where nobody could be told from the others."""
    return came >= SMALLEST


@dataclass(frozen=True)
class Result:
    """How one question was answered: how often each of 1 to 5, and the middle."""

    counts: tuple[int, int, int, int, int]

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float:
        return sum(n * value for value, n in enumerate(self.counts, start=1)) / self.answers


def results(sheets: Sequence[Mapping[str, int]]) -> dict[str, Result] | None:
    """By question; nothing for fewer than five sheets."""
    if len(sheets) < SMALLEST:
        return None
    return {
        key: Result(tuple(sum(each[key] == value for each in sheets) for value in range(1, 6)))  # type: ignore[arg-type]
        for key in SCALE
    }
