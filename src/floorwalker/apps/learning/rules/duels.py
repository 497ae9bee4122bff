"""What decides a duel, who may vote on it, and what a rating is called. Plain values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.science.duels import Skill

# A score belongs to the first side, the second, both or none; added up as bits.
NONE, FIRST, SECOND, BOTH = 0, 1, 2, 3
SIDES = (FIRST, SECOND)

ANSWER_APART, ANSWER_NOW = timedelta(days=2), timedelta(minutes=15)  # an invitation waits so long
PLAY_APART, PLAY_NOW = timedelta(days=3), timedelta(minutes=30)
COUNTDOWN = timedelta(seconds=10)  # between both being there and the first line
VOTE_FOR = timedelta(days=2)
ANSWER_QUESTION = timedelta(days=14)
MOST_OPEN = 5  # duels somebody is in at a time
SAME_PAIR = 5  # rated duels of the same two in a quarter; more are played for fun
PLACED_AFTER = 5  # rated duels, before a division is named
TEAM_SIZES = range(2, 13)
SAME_SECOND = 1.0


@dataclass(frozen=True)
class Handled:
    """What one player made of a scenario."""

    seconds: float
    completeness: float
    complete: bool


@dataclass(frozen=True)
class Scores:
    """Whose each of the scores is."""

    fastest: int
    most_complete: int
    most_creative: int = NONE

    @property
    def winner(self) -> int:
        """Who holds more of the three; as many each, or none at all, is a draw."""
        held = (self.fastest, self.most_complete, self.most_creative)
        first, second = (sum(bool(each & side) for each in held) for side in SIDES)
        return BOTH if first == second else FIRST if first > second else SECOND


def compare(first: Sequence[Handled], second: Sequence[Handled]) -> Scores:
    """Time and completeness of two sides; a team counts with the mean of its members.

    Time counts only where every member of a side was complete; within a second both were equally fast.
    """
    fastest = NONE
    whole = [all(each.complete for each in side) for side in (first, second)]
    if all(whole):
        gap = _mean([each.seconds for each in first]) - _mean([each.seconds for each in second])
        fastest = BOTH if abs(gap) < SAME_SECOND else FIRST if gap < 0 else SECOND
    elif any(whole):
        fastest = FIRST if whole[0] else SECOND
    done = [round(_mean([each.completeness for each in side]), 6) for side in (first, second)]
    if max(done) == 0:
        return Scores(fastest, NONE)
    return Scores(fastest, BOTH if done[0] == done[1] else FIRST if done[0] > done[1] else SECOND)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def votes_evenly(cast_by_mates: tuple[int, int], mate_of: int) -> bool:
    """Whether a team mate of one side may vote: they are never ahead of the other side's by more than one vote.

    ``cast_by_mates`` counts the votes of either side's mates so far; a mate of both or of none is free.
    """
    if mate_of not in SIDES:
        return True
    mine = cast_by_mates[mate_of - 1]
    return mine <= cast_by_mates[2 - mate_of]


def quarter(day: date) -> date:
    """The first day of the period ratings are of."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarter_after(first_day: date) -> date:
    return quarter(first_day + timedelta(days=100))


DIVISIONS = (32.0, 25.0, 18.0)  # the least of the first, second and third; all below play in the fourth


def division(mu: float) -> int:
    return next((number for number, least in enumerate(DIVISIONS, start=1) if mu >= least), len(DIVISIONS) + 1)


@dataclass(frozen=True)
class Standing:
    """A rating as it is said: in which division, and between which it lies four times in five."""

    division: int | None  # None: too few duels yet
    best: int
    worst: int
    matches: int


def standing(skill: Skill, matches: int) -> Standing:
    placed = division(skill.mu) if matches >= PLACED_AFTER else None
    return Standing(placed, division(skill.high), division(skill.low), matches)


def same_level(mine: Standing, theirs: Standing) -> bool:
    """Whether "anybody of my level" means them: divisions that may be the same, as far as is known."""
    return mine.best <= theirs.worst and theirs.best <= mine.worst
