"""What feedback must say before it may be given."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

POSITIVE, CORRECTIVE = "positive", "corrective"
CONTACT, REVIEW, STATE, MOMENT = "contact", "review", "state", "moment"
LINKS = (CONTACT, REVIEW)  # what is kept somewhere; a state or a moment is told with its time
RUNGS = (1, 2, 3)
STEPS_COUNT_MONTHS = 6
PLANNED = "planned"  # the piece of the plan itself is the evidence, no state of the phones beside it
NOT_WITH_CONTACTS = ("not_ready", "break", "signed_out")


def without_evidence(kind: str, evidence: str, ref: str, has_time: bool, place: str) -> str:
    """What is missing of the evidence: nothing, `evidence`, `link`, `state`, or `moment`."""
    if not evidence:
        return "evidence" if kind == CORRECTIVE else ""
    if evidence == STATE:
        return "" if ref.strip() and has_time else "state"
    if evidence in LINKS:
        return "" if ref.strip() else "link"
    return "" if has_time and place.strip() else "moment"


def as_planned(state: str, plan: str) -> bool:
    """Whether somebody did what was planned: with contacts at work, not with them in anything else."""
    return (state in NOT_WITH_CONTACTS) != (plan == "work")


def unfair(kind: str, state: str, plan: str) -> bool:
    """Whether somebody would be corrected for not being with contacts while nobody had planned them there."""
    return kind == CORRECTIVE and state in NOT_WITH_CONTACTS and as_planned(state, plan)


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def usual_rung(times_before: int) -> int:
    """Same behaviour, same response: the first time the first step, never past the last."""
    return min(times_before + 1, RUNGS[-1])
