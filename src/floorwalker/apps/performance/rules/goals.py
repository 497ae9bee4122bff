"""The life of a goal: proposed by one, agreed by both, met, raised or let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from floorwalker.apps.performance.rules.baseline import LEAST_DAYS, DayValue
from floorwalker.apps.performance.rules.measures import NOT_FOR_CONTRACTORS, at_least_as_good, pair_is_right

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
