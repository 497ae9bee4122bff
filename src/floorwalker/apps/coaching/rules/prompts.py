"""What a lead asks in a one-to-one: questions before statements, by what is on the agenda. Keys, no words."""

from __future__ import annotations

from collections.abc import Iterable

# By the source of a point: the questions that come before anybody states it.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "review": ("how_did_it_go", "what_would_you_keep", "what_would_you_change"),
    "gap": ("how_do_you_see_it", "what_do_others_see"),
    "feedback": ("what_came_of_it", "what_helped"),
    "goal": ("how_far", "what_is_in_the_way"),
    "action": ("what_came_of_it", "what_is_in_the_way"),
    "promise": ("what_did_it_cost_you",),
    "agreement": ("how_do_you_see_it", "what_would_help"),
    "measure": ("what_changed", "what_do_others_see"),
    "agent": ("tell_me_more", "what_would_help"),
    "lead": ("how_do_you_see_it",),
}
OPENING = ("how_are_things", "what_matters_today")
CLOSING = ("one_thing", "how_will_we_see_it", "what_from_me", "when_again")


def questions_for(source: str) -> tuple[str, ...]:
    """At least one question for anything."""
    return QUESTIONS.get(source, ("how_do_you_see_it",))


def in_order(points: Iterable[tuple[str, int]]) -> list[int]:
    """Places of points in the order they are talked over: the agent's own first, then what was agreed before.

    ``points`` are (source, place).
    """
    rank = {"agent": 0, "action": 1, "promise": 2}
    return [place for _source, place in sorted(points, key=lambda each: (rank.get(each[0], 3), each[1]))]
