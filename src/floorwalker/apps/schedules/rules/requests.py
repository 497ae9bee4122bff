"""Whose turn it is in the talk about a change, and what each side may do."""

from __future__ import annotations

from datetime import datetime, timedelta

AGENT, COLLEAGUE, LEAD = "agent", "colleague", "lead"
HOURS, MOVE, DROP, SWAP = "hours", "move", "drop", "swap"
OPEN = "open"
ANSWER_WITHIN = timedelta(days=3)
BEFORE_THE_SHIFT = timedelta(hours=2)
LEAST_TIME_TO_ANSWER = timedelta(hours=1)


def first_turn(kind: str, begun_by_lead: bool) -> str:
    """Who answers what has just been asked: the colleague before the lead, and the agent when the lead asks."""
    if begun_by_lead:
        return AGENT
    return COLLEAGUE if kind == SWAP else LEAD


def due(shift_start: datetime, at: datetime) -> datetime:
    """When an answer is owed: in three days, two hours before the shift at most, an hour from now at least."""
    return max(min(at + ANSWER_WITHIN, shift_start - BEFORE_THE_SHIFT), at + LEAST_TIME_TO_ANSWER)


def may(action: str, *, side: str, turn: str, state: str, kind: str) -> bool:
    """Whether a side may do that now."""
    if state != OPEN:
        return False
    if action == "withdraw":
        return side in (AGENT, LEAD)
    if action == "say":
        return True
    if side != turn:
        return False
    if action == "counter":
        return side != COLLEAGUE and kind in (HOURS, MOVE)
    return action in ("agree", "decline")


def turn_after_counter(side: str) -> str:
    return LEAD if side == AGENT else AGENT
