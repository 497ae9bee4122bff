"""What earns points, how many, and how much of it is helping each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TOGETHER, AGAINST, OWN = "together", "against", "own"


@dataclass(frozen=True)
class Source:
    """One way of earning: its key stays with every award for good. ``nature``: helping, competing, own."""

    key: str
    words: str  # English; pages translate them
    nature: str = OWN


SOURCES: dict[str, Source] = {
    each.key: each
    for each in (
        Source("practice", "practising alone in the arena"),
        Source("arena", "playing a match in the arena", AGAINST),
        Source("vote", "voting on matches of others", TOGETHER),
        Source("help", "help given to colleagues", TOGETHER),
        Source("kudos", "points with a colleague’s thanks", TOGETHER),
        Source("goal", "a goal met"),
        Source("contest", "a contest"),
        Source("incentive", "an incentive"),
        Source("beyond", "above and beyond, given by a lead"),
        Source("correction", "a correction"),
    )
}


@dataclass(frozen=True)
class Way:
    """Something that earns points by itself; at most ``a_day`` times for one person."""

    key: str
    source: str
    points: int
    a_day: int


WAYS: Mapping[str, Way] = {
    each.key: each
    for each in (
        Way("practice", "practice", 5, 3),
        Way("match", "arena", 5, 4),
        Way("fastest", "arena", 5, 2),
        Way("complete", "arena", 10, 2),
        Way("creative", "arena", 10, 2),
        Way("vote", "vote", 2, 5),
        Way("answer", "help", 15, 4),
        Way("reuse", "help", 15, 4),
        Way("kudos", "kudos", 5, 3),
        Way("goal", "goal", 30, 2),
        Way("best", "goal", 10, 2),
        Way("contest", "contest", 25, 2),
    )
}
KUDOS_A_MONTH = 5  # thanks with points one person can give
MOST_POINTS, MOST_A_DAY, MOST_KUDOS = 500, 20, 50


def of_nature(nature: str) -> tuple[str, ...]:
    """The keys of the sources in which people help each other, compete, or do their own thing."""
    return tuple(key for key, each in SOURCES.items() if each.nature == nature)


def weighed(ways: Mapping[str, Way]) -> dict[str, int]:
    """How many points a day can bring by each nature."""
    sums = dict.fromkeys((TOGETHER, AGAINST, OWN), 0)
    for way in ways.values():
        sums[SOURCES[way.source].nature] += way.points * way.a_day
    return sums


def what_is_wrong(ways: Mapping[str, Way], kudos_a_month: int) -> str:
    """Why this table of points cannot hold: the key of the rule it breaks, or nothing.

    Helping is at least as worthwhile as competing, in the best single thing and over a day: boards of
    individuals backfire where they are all there is.
    """
    if any(not 1 <= way.points <= MOST_POINTS or not 0 <= way.a_day <= MOST_A_DAY for way in ways.values()):
        return "range"
    if not 0 <= kudos_a_month <= MOST_KUDOS:
        return "kudos"
    natures = {key: SOURCES[way.source].nature for key, way in ways.items()}
    best = {
        nature: max((way.points for key, way in ways.items() if natures[key] == nature and way.a_day), default=0)
        for nature in (TOGETHER, AGAINST)
    }
    sums = weighed(ways)
    if best[TOGETHER] < best[AGAINST] or sums[TOGETHER] < sums[AGAINST]:
        return "against"
    return ""


def shares(points: Mapping[str, int]) -> dict[str, float]:
    """The share of each nature in points by source."""
    whole = sum(points.values())
    found = dict.fromkeys((TOGETHER, OWN, AGAINST), 0.0)
    for source, count in points.items():
        found[SOURCES[source].nature] += count / whole if whole else 0.0
    return found
