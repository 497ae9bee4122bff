"""“Would you sell to yourself, and why?”: the steps of it, what each asks for, and when anything is shown.

One writes how one sells something, reads it as the customer, then as the owner of the brand. All of it is the
author's, who alone decides to show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

KIND = "own_pitch"
PITCH, CUSTOMER, OWNER, SHARE = "pitch", "customer", "owner", "share"
STEPS = (PITCH, CUSTOMER, OWNER)
OPEN, CLOSED = "open", "closed"
# What each step asks for; an answer of 1 to 5 is a number, all else are words of at most so many characters.
WORDS = {
    PITCH: {"product": 120, "words": 1000},
    CUSTOMER: {"why": 600, "objection": 400},
    OWNER: {"change": 500, "anew": 1000},
}
NUMBER = {CUSTOMER: "would_buy", OWNER: "would_buy_anew"}
NOT_NEEDED = ("objection",)
SCALE = (1, 2, 3, 4, 5)
SMALLEST = 5  # below that each could be guessed
KEPT, NAMED, UNNAMED = "kept", "named", "unnamed"


def may_write(step: str, state: str, stage: str) -> bool:
    """Each at their own pace, up to where the group is; from the showing on answers stand still.

    They must: were one added to a spread that is shown, the difference would be somebody's.
    """
    return step in STEPS and state == OPEN and stage in STEPS and STEPS.index(step) <= STEPS.index(stage)


def next_step(done: Sequence[str], state: str, stage: str) -> str | None:
    """The first step that is not done and may be written now."""
    return next((each for each in STEPS if each not in done and may_write(each, state, stage)), None)


def asked(step: str) -> tuple[str, ...]:
    """The answers a step has, the number first."""
    number = (NUMBER[step],) if step in NUMBER else ()
    return (*number, *WORDS[step])


def done_of(answers: Mapping[str, Any]) -> list[str]:
    """The steps of which everything needed is there."""
    return [each for each in STEPS if not missing(each, answers)]


def missing(step: str, answers: Mapping[str, Any]) -> list[str]:
    """What is needed and not said, by its name."""
    found = [name for name in WORDS[step] if name not in NOT_NEEDED and not str(answers.get(name) or "").strip()]
    number = NUMBER.get(step)
    return [*([number] if number and answers.get(number) not in SCALE else []), *found]


def may_show(state: str, stage: str, how: str, participants: int) -> bool:
    """Shown when the group has come to it, or after; without a name only where nobody can be told from the others.

    Taken back it may be at any time.
    """
    if how == KEPT:
        return True
    reached = (state == OPEN and stage == SHARE) or state == CLOSED
    return reached and (how == NAMED or (how == UNNAMED and participants >= SMALLEST))


def unnamed_in_sight(participants: int, named: int) -> bool:
    """Pitches without a name are seen while at least five may have written them."""
    return participants - named >= SMALLEST


def spread(
    state: str, stage: str, before_and_after: Sequence[tuple[int, int]]
) -> tuple[list[int], list[int]] | None:
    """How often 1 to 5 each, before and after, of the same people; nothing below five or while it may change."""
    settled = stage == SHARE or state == CLOSED
    if not settled or len(before_and_after) < SMALLEST:
        return None
    before, after = zip(*before_and_after, strict=True)
    return [before.count(n) for n in SCALE], [after.count(n) for n in SCALE]


def spread_words(counts: Sequence[int]) -> tuple[int, int, int]:
    """How many would rather not, are undecided, and would buy."""
    return counts[0] + counts[1], counts[2], counts[3] + counts[4]
