"""What becomes of something that was said: moves, days, and when it may be said without a name."""

from __future__ import annotations

from datetime import date, timedelta

QUESTION, CONCERN, OBSTACLE, IDEA, POLICY = "question", "concern", "obstacle", "idea", "policy"
RECEIVED, UNANSWERED, ANSWERED = "received", "unanswered", "answered"
TRIAL, DONE, DECLINED, JOINED = "trial", "done", "declined", "joined"

WAITING = (RECEIVED, UNANSWERED)
ENDED = (DONE, DECLINED, JOINED)
SHOWN = (ANSWERED, TRIAL, DONE, DECLINED)  # what all may read, where its author lets them
MAY_BE_TRIED = (IDEA, POLICY)

MOVES = {
    RECEIVED: (ANSWERED, TRIAL, DONE, DECLINED, JOINED, UNANSWERED),
    UNANSWERED: (ANSWERED, TRIAL, DONE, DECLINED, JOINED),
    ANSWERED: (TRIAL, DONE, DECLINED),
    TRIAL: (DONE, DECLINED),
}

SMALLEST_GROUP = 5  # one of fewer is not without a name
REMEMBERED_DAYS = 90  # after its end, whoever said it without a name can still find it for so long


def may_move(kind: str, state: str, to: str) -> bool:
    """Whether something of this kind may go from a state to another; a question ends with its answer."""
    if not is_open(kind, state) or (to == TRIAL and kind not in MAY_BE_TRIED):
        return False
    return to in MOVES.get(state, ())


def is_open(kind: str, state: str) -> bool:
    """Whether its author still waits for something."""
    return state not in ENDED and not (kind == QUESTION and state == ANSWERED)


def needs_day(kind: str, to: str) -> bool:
    """Whether a move promises something by a day: the fix, the decision, the end of a trial."""
    return to == TRIAL or (to == ANSWERED and kind != QUESTION)


def due_after(day: date, working_days: int) -> date:
    """The working day, Monday to Friday, so many after a day."""
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5
    return day


def overdue(due: date | None, today: date) -> bool:
    """Whether the day that was promised is over."""
    return due is not None and today > due


def group_to_hide_in(team: int, site: int) -> str | None:
    """The smallest group that is large enough for somebody of it to stay unknown; none: say it with your name."""
    if team >= SMALLEST_GROUP:
        return "team"
    return "site" if site >= SMALLEST_GROUP else None


def forgotten(ended_on: date | None, today: date) -> bool:
    """Whether the last thread to whoever said it without a name is cut."""
    return ended_on is not None and today > ended_on + timedelta(days=REMEMBERED_DAYS)
