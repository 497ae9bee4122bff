"""The life of a one-to-one and of the one action that follows from it. Plain values only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

PLANNED, PREPARED, HELD, CLOSED, CANCELLED, LET_GO, ENDED = (
    "planned", "prepared", "held", "closed", "cancelled", "let_go", "ended",
)  # fmt: skip
OPEN = (PLANNED, PREPARED, CANCELLED, HELD)
TO_HOLD = (PLANNED, PREPARED, CANCELLED)

AGENT, LEAD, WORK = "agent", "lead", "work"
# From, to: who may. "work" is what happens to its time off the phones, or to the people themselves.
MOVES: Mapping[tuple[str, str], tuple[str, ...]] = {
    (PLANNED, PREPARED): (LEAD,),
    **{(state, HELD): (LEAD, WORK) for state in TO_HOLD},
    **{(state, CANCELLED): (WORK,) for state in (PLANNED, PREPARED)},  # its time was lost; it stays owed
    **{(CANCELLED, state): (WORK,) for state in (PLANNED, PREPARED)},  # it has a time again
    **{(state, LET_GO): (AGENT, WORK) for state in TO_HOLD},  # nobody else forgives what is owed
    **{(state, ENDED): (WORK,) for state in OPEN},  # one of the two has left, or leads others now
    (HELD, CLOSED): (LEAD,),
}

USUAL_MINUTES = 30
OPEN_AT_MOST_ITEMS = 12
DAYS_TO_PREPARE = 7  # so long before it is due a talk owed by the calendar is planned
OPEN_AT_ONCE = 6  # of one lead, beyond which the calendar owes no more
FOLLOW_UP_GRACE = timedelta(days=7)
SOONEST_FOLLOW_UP, LATEST_FOLLOW_UP = timedelta(days=1), timedelta(days=92)
BEFORE_DAYS = 28  # of a measure, against which the days after the talk are held


def may_move(state: str, to: str, side: str) -> bool:
    """Whether ``side`` may bring a talk from ``state`` to ``to``."""
    return side in MOVES.get((state, to), ())


def with_time(prepared: bool) -> str:
    """The state of a talk that has been given a time (again)."""
    return PREPARED if prepared else PLANNED


def missing_to_close(
    *, agent_spoke: bool, action_agreed: bool, why_none: str, follow_up: date | None
) -> list[str]:
    """What a talk still needs before it is closed."""
    found = []
    if not agent_spoke:
        found.append("words")
    if not action_agreed and not why_none.strip():
        found.append("action")
    if follow_up is None:
        found.append("follow_up")
    return found


def days_will_do(today: date, due: date, follow_up: date) -> bool:
    """An action is due after today, and looked at again from its day on, within three months."""
    return (
        today < due <= follow_up
        and today + SOONEST_FOLLOW_UP <= follow_up
        and follow_up <= today + LATEST_FOLLOW_UP
    )
