"""The life of a goal: proposed by one, agreed by both, met, raised or let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.apps.performance.rules.baseline import LEAST_DAYS, DayValue
from floorwalker.apps.performance.rules.measures import NOT_FOR_CONTRACTORS, UP, at_least_as_good, pair_is_right

PROPOSED, AGREED, MET, MISSED, LET_GO, DECLINED = "proposed", "agreed", "met", "missed", "let_go", "declined"
ENDED = (MET, MISSED, LET_GO, DECLINED)
AGENT, LEAD, SYSTEM = "agent", "lead", "system"
MOVES: Mapping[tuple[str, str], tuple[str, ...]] = {
    (PROPOSED, AGREED): (AGENT, LEAD),  # by the side that did not propose it
    (PROPOSED, DECLINED): (AGENT, LEAD),
    (PROPOSED, LET_GO): (AGENT, LEAD),
    (AGREED, MET): (SYSTEM,),
    (AGREED, MISSED): (SYSTEM,),
    (AGREED, LET_GO): (AGENT,),
}


def may_move(state: str, to: str, side: str, proposed_by: str) -> bool:
    """Whether a side may bring a goal there; nobody agrees to or declines their own proposal."""
    if side not in MOVES.get((state, to), ()):
        return False
    return side != proposed_by if to in (AGREED, DECLINED) else state != PROPOSED or side == proposed_by


def support_is_owed(state: str) -> bool:
    """What was promised for a goal is owed once both agreed, however it ends; not when it is let go."""
    return state in (AGREED, MET, MISSED)


def may_propose(*, measure: str, pair: str, side: str, contractor: bool) -> bool:
    """A contractor sets their own goals and nobody else does; adherence is none of them."""
    if contractor and (side != AGENT or {measure, pair} & set(NOT_FOR_CONTRACTORS)):
        return False
    return pair_is_right(measure, pair)


def outcome(
    values: Sequence[DayValue], *, target: float, better: str, first: date, last: date, today: date
) -> tuple[str, float | None, int]:
    """How a goal stands: its state, the mean of its days so far, and their number.

    It is judged when its last day is over, on ten days or more; with fewer it is neither met nor missed but let
    go, for nothing was shown.
    """
    own = [each for each in values if first <= each.day <= last and each.weight > 0]
    whole = sum(each.weight for each in own)
    mean = sum(each.weight * each.value for each in own) / whole if whole else None
    if today <= last:
        return AGREED, mean, len(own)
    if mean is None or len(own) < LEAST_DAYS:
        return LET_GO, mean, len(own)
    return (MET if at_least_as_good(mean, target, better) else MISSED), mean, len(own)


SHORT, PAIR_FELL, TOO_FEW, PAIR_TOO_FEW = "short", "pair_fell", "too_few", "pair_too_few"


@dataclass(frozen=True)
class Verdict:
    """How a goal stands or ended: the means of its measure and of what stands beside it, and why not met."""

    state: str
    mean: float | None
    days: int
    pair_mean: float | None = None
    pair_days: int = 0
    why: str = ""


def judged(
    values: Sequence[DayValue],
    beside: Sequence[DayValue] | None,
    *,
    target: float,
    better: str,
    pair_floor: float = 0.0,
    pair_better: str = "up",
    first: date,
    last: date,
    today: date,
) -> Verdict:
    """A goal with a measure beside it is met only if that one has not fallen below its floor meanwhile."""
    span = {"first": first, "last": last, "today": today}
    state, mean, days = outcome(values, target=target, better=better, **span)
    why = {LET_GO: TOO_FEW, MISSED: SHORT}.get(state, "")
    if beside is None:
        return Verdict(state, mean, days, why=why)
    other, pair_mean, pair_days = outcome(beside, target=pair_floor, better=pair_better, **span)
    if state == MET and other == LET_GO:
        state, why = LET_GO, PAIR_TOO_FEW
    elif state == MET and other == MISSED:
        state, why = MISSED, PAIR_FELL
    return Verdict(state, mean, days, pair_mean, pair_days, why)


def is_best(mean: float, before: Sequence[float], better: str) -> bool:
    """Whether a mean is better than every one there was."""
    return all(mean > each if better == UP else mean < each for each in before)


LEAST_AHEAD, MOST_AHEAD = 14, 184  # days from agreement to the last day of a goal


def day_will_do(last: date, today: date) -> bool:
    """Whether there is time for ten days to count, and an end in sight."""
    return LEAST_AHEAD <= (last - today).days <= MOST_AHEAD
