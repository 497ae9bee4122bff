"""Questions to a person about the game: who asks what, until when, which answers there are."""

from __future__ import annotations

from datetime import timedelta

ANSWER_WITHIN = timedelta(days=14)
RING_DAYS = 91  # of favours looked at
RING_FALSE_ALARM = 0.05
LEAST_FAVOURS = 8
OPEN, ANSWERED = "open", "answered"
ANSWERS = ("explained", "talked", "changed", "nothing")


def same_people_asked(before: list[frozenset[int]], people: frozenset[int]) -> bool:
    """Whether a question about these people stands already: about most of the same."""
    return any(len(each & people) * 2 > len(each | people) for each in before)
