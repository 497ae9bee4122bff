"""What people of a group do together on their phones: its kinds, and the stages each goes through."""

from __future__ import annotations

from dataclasses import dataclass

ROUND_TABLE, SURVIVAL, OWN_PITCH, QUIZ = "round_table", "survival", "own_pitch", "quiz"
STAGES: dict[str, tuple[str, ...]] = {
    ROUND_TABLE: ("tips", "try"),
    SURVIVAL: ("alone", "together", "compare"),
    OWN_PITCH: ("pitch", "customer", "owner", "share"),
    QUIZ: ("question", "answer"),
}
WITH_EXERCISE = frozenset({SURVIVAL, QUIZ})  # kinds a trainer prepares beforehand; the others need a prompt alone
MOST_PEOPLE = 60
QUESTIONS_EACH = 5  # a box without names cannot count whose they are, so it counts those that wait
LONGEST_QUESTION = 300
LONGEST_ANSWER = 600


@dataclass(frozen=True)
class Place:
    """Where an activity stands: the stage of its kind, and in which round of it (a quiz has one a question)."""

    stage: str
    round: int = 1


def first(kind: str) -> Place:
    return Place(STAGES[kind][0])


def following(kind: str, place: Place, rounds: int = 1) -> Place | None:
    """The stage after this one; after the last of a round the first of the next; nothing after the last of all."""
    stages = STAGES[kind]
    at = stages.index(place.stage)
    if at + 1 < len(stages):
        return Place(stages[at + 1], place.round)
    return Place(stages[0], place.round + 1) if place.round < rounds else None


def box_holds(people: int) -> int:
    """How many questions may wait in the box of one activity."""
    return people * QUESTIONS_EACH
