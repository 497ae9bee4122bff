"""How good somebody is at what is played, and how sure that is; how hard a task is, on the same scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from openskill.models import BradleyTerryFull

from floorwalker.science.errors import InvalidInput

MIDDLE = 25.0
WIDTH = MIDDLE / 3  # of what is not known about somebody who has not played
LUCK = MIDDLE / 6  # how far one result strays from skill
DRIFT = MIDDLE / 300  # what skill may change from match to match
SEASON = MIDDLE / 6  # what it may change while nobody plays
MODEL = BradleyTerryFull(mu=MIDDLE, sigma=WIDTH, beta=LUCK, tau=DRIFT)
TENTH = 1.2815515655446004  # standard deviations that leave a tenth on either side


@dataclass(frozen=True)
class Skill:
    """A rating with its uncertainty; four times in five the truth lies between ``low`` and ``high``."""

    mu: float = MIDDLE
    sigma: float = WIDTH

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mu) and math.isfinite(self.sigma) and self.sigma > 0):
            raise InvalidInput(f"a skill has a finite mean and a width above zero, not {self.mu} and {self.sigma}")

    @property
    def low(self) -> float:
        return self.mu - TENTH * self.sigma

    @property
    def high(self) -> float:
        return self.mu + TENTH * self.sigma

    def after_a_pause(self) -> Skill:
        """What is still known of it a season later: the same mean, less sure, never less than of a stranger."""
        return Skill(self.mu, min(WIDTH, math.hypot(self.sigma, SEASON)))


Side = Sequence[Skill]


def rate(sides: Sequence[Side], ranks: Sequence[int]) -> tuple[tuple[Skill, ...], ...]:
    """The skills after one match; ``ranks`` are places of the sides, the lowest first, equal for a draw.

    Sides of several count as the sum of their members. Raises InvalidInput.
    Source: Weng and Lin, Journal of Machine Learning Research 12 (2011), 267-300 (Bradley-Terry with full pairs),
    as computed by openskill.
    """
    if len(sides) < 2 or len(sides) != len(ranks) or not all(sides):
        raise InvalidInput("a match has two sides or more with somebody on each, and a rank for every side")
    teams = [[MODEL.rating(mu=each.mu, sigma=each.sigma) for each in side] for side in sides]
    rated = MODEL.rate(teams, ranks=[float(rank) for rank in ranks])
    return tuple(tuple(Skill(each.mu, each.sigma) for each in team) for team in rated)


def chance(first: Side, second: Side) -> float:
    """How likely the first side comes before the second, by the same model."""
    if not first or not second:
        raise InvalidInput("a chance needs somebody on both sides")
    gap = sum(each.mu for each in first) - sum(each.mu for each in second)
    spread = sum(each.sigma**2 for each in (*first, *second)) + (len(first) + len(second)) * LUCK**2
    return 1 / (1 + math.exp(-gap / math.sqrt(spread)))


def difficulty_after(task: Skill, player: Skill, *, mastered: bool) -> Skill:
    """How hard a task is after one attempt: the task is an opponent who wins where the player does not master it.

    A task as strong as a player is mastered by them every other time. The player's own rating stays: both sides
    of a match play the same task, so that its difficulty says nothing about who of them is better.
    Source: Klinkenberg, Straatemeier and van der Maas, Computers & Education 57 (2011), 1813-1824 (items rated as
    opponents), with the update of `rate`.
    """
    (after,), _player = rate([[task], [player]], [2, 1] if mastered else [1, 2])
    return after
