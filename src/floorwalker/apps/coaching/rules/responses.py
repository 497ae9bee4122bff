"""Same behaviour, same response: how far the answers of one person differ from those of all others.

Every behaviour has steps for the first time, the second and after that, whoever leads. So what an answer is set
beside is the step its number asks for; an answer is as usual, firmer or milder than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from statistics import NormalDist

from floorwalker.apps.coaching.rules.feedback import RUNGS, usual_rung

LEAST_ANSWERS = 10
LEAST_AGENTS = 5  # below that an answer could be somebody's
LEAST_OTHERS = 2  # people the rest is made of
CONFIDENCE = 0.95
MILDER, USUAL, FIRMER = "milder", "usual", "firmer"


@dataclass(frozen=True)
class Answer:
    """One answer to a behaviour that is corrected; those of an agent come in order of time."""

    behaviour: int
    agent: int
    by: int
    rung: int
    counts: bool = True  # in the days looked at; older ones only make later ones a second or third
    day: date = date.min
    expires_on: date = date.max  # from then on it makes nothing a second or third any more


@dataclass
class Given:
    """What one person, or several, answered to a behaviour."""

    rungs: list[int] = field(default_factory=lambda: [0] * len(RUNGS))
    steps: dict[str, int] = field(default_factory=lambda: {MILDER: 0, USUAL: 0, FIRMER: 0})
    agents: set[int] = field(default_factory=set)
    by: set[int] = field(default_factory=set)

    @property
    def answers(self) -> int:
        return sum(self.rungs)

    @property
    def told(self) -> bool:
        """Whether there are enough to be shown."""
        return self.answers >= LEAST_ANSWERS and len(self.agents) >= LEAST_AGENTS

    def share(self, step: str) -> float:
        return self.steps[step] / self.answers

    def interval(self, step: str) -> tuple[float, float]:
        return wilson(self.steps[step], self.answers)


@dataclass(frozen=True)
class Difference:
    """That somebody's answers are more often firmer, or milder, than those of the rest; the range of how much."""

    step: str
    apart: float
    low: float
    high: float


def given(answers: Iterable[Answer]) -> dict[int, dict[int, Given]]:
    """By behaviour and person."""
    before: dict[tuple[int, int], list[date]] = {}  # until when each answer counts
    found: dict[int, dict[int, Given]] = {}
    for each in answers:
        earlier = before.setdefault((each.behaviour, each.agent), [])
        times = sum(until > each.day for until in earlier)
        earlier.append(each.expires_on)
        if not each.counts:
            continue
        line = found.setdefault(each.behaviour, {}).setdefault(each.by, Given())
        usual = usual_rung(times)
        step = USUAL if each.rung == usual else FIRMER if each.rung > usual else MILDER
        line.rungs[each.rung - 1] += 1
        line.steps[step] += 1
        line.agents.add(each.agent)
        line.by.add(each.by)
    return found


def together(lines: Iterable[Given]) -> Given:
    """Several as one."""
    whole = Given()
    for each in lines:
        whole.rungs = [a + b for a, b in zip(whole.rungs, each.rungs, strict=True)]
        whole.steps = {step: whole.steps[step] + n for step, n in each.steps.items()}
        whole.agents |= each.agents
        whole.by |= each.by
    return whole


def difference(one: Given, rest: Given) -> Difference | None:
    """What there is to ask about: a share of firmer or milder answers that chance does not explain."""
    if not one.told or not rest.told or len(rest.by) < LEAST_OTHERS:
        return None
    for step in (FIRMER, MILDER):
        low, high = apart(one.steps[step], one.answers, rest.steps[step], rest.answers)
        if low > 0:
            return Difference(step, one.share(step) - rest.share(step), low, high)
    return None


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The interval of a share; Wilson, Journal of the American Statistical Association 22 (1927)."""
    z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
    share, room = hits / of, z * z / of
    middle = (share + room / 2) / (1 + room)
    reach = z * sqrt(share * (1 - share) / of + room / (4 * of)) / (1 + room)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def apart(hits: int, of: int, other_hits: int, other_of: int) -> tuple[float, float]:
    """The interval of the difference of two shares; Newcombe, Statistics in Medicine 17 (1998), method 10."""
    one, other = hits / of, other_hits / other_of
    low, high = wilson(hits, of)
    other_low, other_high = wilson(other_hits, other_of)
    gap = one - other
    return (
        gap - sqrt((one - low) ** 2 + (other_high - other) ** 2),
        gap + sqrt((high - one) ** 2 + (other - other_low) ** 2),
    )
