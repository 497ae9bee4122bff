"""The life of a review: whose turn it is, what is blind until when, how it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from statistics import fmean, variance

DRAWN, SCORED, RELEASED, DISPUTED, DECIDED, CLOSED, DROPPED = (
    "drawn", "scored", "released", "disputed", "decided", "closed", "dropped",
)  # fmt: skip
ENDED = (CLOSED, DROPPED)
SAMPLE, CHECK_ME, DOUBLE, CALIBRATION = "sample", "check_me", "double", "calibration"

AGENT, EVALUATOR, DECIDER, SYSTEM = "agent", "evaluator", "decider", "system"
MOVES: Mapping[tuple[str, str], tuple[str, ...]] = {
    (DRAWN, SCORED): (EVALUATOR,),
    (DRAWN, DROPPED): (EVALUATOR, SYSTEM),  # the contact cannot be judged, or its agent has left
    (SCORED, RELEASED): (EVALUATOR, SYSTEM),
    (SCORED, CLOSED): (SYSTEM,),  # a second score: it is shown to no agent and talked over with none
    (RELEASED, DISPUTED): (AGENT,),
    (RELEASED, CLOSED): (EVALUATOR, SYSTEM),  # the suite closes what there is nobody left to talk over with
    (DISPUTED, DECIDED): (DECIDER,),
    (DECIDED, DISPUTED): (AGENT,),  # a second round, by another decider where there is one
    (DECIDED, CLOSED): (EVALUATOR, SYSTEM),
}

SELF_EVALUATION_WORKING_DAYS = 3
SELF_EVALUATION_MINUTES = 10
SELF_EVALUATION_NOT_BEFORE = timedelta(hours=2)  # so that nobody is called off the phones at once
SELF_EVALUATION_EVERY = timedelta(days=14)
DISPUTE_WITHIN = timedelta(days=10)
DISPUTE_ROUNDS = 2
DECIDE_WITHIN_WORKING_DAYS = 5
CHECK_ME_WITHIN_WORKING_DAYS = 2
CHECK_ME_OPEN_AT_MOST = 3
EVALUATE_WITHIN_WORKING_DAYS = 5


def may_move(state: str, to: str, side: str) -> bool:
    """Whether ``side`` may bring a review from ``state`` to ``to``."""
    return side in MOVES.get((state, to), ())


def after_working_days(
    day: date, days: int, *, days_off: frozenset[date] = frozenset(), rostered: frozenset[date] = frozenset()
) -> date:
    """The day on which so many working days have passed, without ``days_off``.

    As far as days are ``rostered`` those count and no others; beyond the last of them, Monday to Friday.
    """
    passed, known_until = 0, max(rostered, default=day)
    while passed < days:
        day += timedelta(days=1)
        works = day in rostered if day <= known_until else day.weekday() < 5
        passed += works and day not in days_off
    return day


def self_evaluation_asked(*, contractor: bool, last_asked: datetime | None, at: datetime) -> bool:
    """An employee is asked first, at most once a fortnight; a contractor may, and is never asked."""
    return not contractor and (last_asked is None or at - last_asked >= SELF_EVALUATION_EVERY)


def self_evaluation_open(*, state: str, self_due: datetime | None, answered: bool, at: datetime) -> bool:
    """Whether the agent may still score the contact themselves, blind."""
    return state in (DRAWN, SCORED) and not answered and (self_due is None or at < self_due)


def may_release(*, state: str, self_due: datetime | None, answered: bool, at: datetime) -> bool:
    """The evaluation is shown once the agent has scored the contact or their days for it have passed."""
    return state == SCORED and (self_due is None or answered or at >= self_due)


def shows_evaluation(*, state: str) -> bool:
    """Whether the agent sees the evaluation."""
    return state in (RELEASED, DISPUTED, DECIDED, CLOSED)


def shows_self_evaluation(*, state: str) -> bool:
    """Whether the evaluator sees how the agent scored themselves: not before their own answers are settled."""
    return state in (SCORED, RELEASED, DISPUTED, DECIDED, CLOSED)


def may_dispute(*, state: str, rounds: int, since: datetime | None, at: datetime) -> bool:
    """Within ten days of the release, and once more within ten days of the decision."""
    if since is None or rounds >= DISPUTE_ROUNDS or state not in (RELEASED, DECIDED):
        return False
    return at - since <= DISPUTE_WITHIN


def heard(*, state: str, acknowledged: bool, rounds: int, since: datetime | None, at: datetime) -> bool:
    """Whether the agent has had their word: they have read it, or may dispute it no more."""
    return acknowledged or not may_dispute(state=state, rounds=rounds, since=since, at=at)


def may_close(*, state: str, went_well: str, to_improve: str) -> bool:
    """Only with both halves: what went well, and what to improve."""
    return state in (RELEASED, DECIDED) and bool(went_well.strip()) and bool(to_improve.strip())


def perception_gap(own: float | None, evaluated: float | None) -> float | None:
    """How far the agent's own score lies above the evaluator's, in points; below zero: too hard on themselves."""
    return None if own is None or evaluated is None else own - evaluated


FEWEST_IN_A_HALF = 3
Z90 = 1.6448536269514722
NOTICEABLE = 10.0  # points


@dataclass(frozen=True)
class Trend:
    """The mean gap of an item in the earlier and the later half of its contacts, and how sure the change is."""

    before: float
    lately: float
    error: float  # standard error of the change

    @property
    def told(self) -> bool:
        """Whether the change is worth words: noticeable, and beyond what chance does in nine of ten cases."""
        change = abs(self.lately - self.before)
        return change >= NOTICEABLE and change > Z90 * self.error

    @property
    def closer(self) -> bool:
        return abs(self.lately) < abs(self.before)


def trend(gaps: Sequence[float]) -> Trend | None:
    """How gaps, the earliest first, have changed; nothing below three contacts in each half."""
    half = len(gaps) // 2
    if half < FEWEST_IN_A_HALF:
        return None
    first, last = gaps[:half], gaps[half:]
    error = sqrt(variance(first) / len(first) + variance(last) / len(last))
    return Trend(fmean(first), fmean(last), error)
