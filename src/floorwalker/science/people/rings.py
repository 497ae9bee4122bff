"""Small groups who favour each other more than honest people would: a question to ask, never a verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from random import Random

from floorwalker.science.errors import InvalidInput

SEEDS = 40  # pairs from which groups are grown
LARGEST = 6  # members; larger circles are teams
PRIOR = 20  # favours with which a team's inwardness is drawn to that of all


@dataclass(frozen=True)
class Favour:
    """So many times one person let another earn something: thanks with points, accepted answers."""

    giver: str
    receiver: str
    count: int = 1


@dataclass(frozen=True)
class Ring:
    """A group that gives to itself; ``by_chance`` is how often an honest network shows one as closed."""

    members: tuple[str, ...]
    inside: int
    given: int  # by its members, to anybody
    received: int  # by its members, from anybody
    expected: float  # inside, had each chosen like an honest colleague
    by_chance: float


@dataclass(frozen=True)
class RingSearch:
    """What was found; an honest network yields any ring at all with a chance of ``false_alarm`` at most."""

    rings: tuple[Ring, ...]
    people: int
    favours: int
    false_alarm: float
    silent: str = ""


def find_rings(
    favours: Iterable[Favour],
    teams: Mapping[str, str],
    *,
    seed: int,
    false_alarm: float = 0.05,
    draws: int = 99,
    least: int = 8,
) -> RingSearch:
    """Groups of two to six who give each other far more than people of their teams do.

    What is honest is drawn, not assumed: everybody keeps how many favours they gave and how they spread them
    (a friend thanked six times stays one thanked six times), teams keep how much they look inward, popular people
    stay popular, and favours are returned as often as in this network; only who it was is drawn anew. The most
    closed group of each draw sets the height an observed one must exceed, so the chance of any false finding in
    the whole network is ``false_alarm``. Fewer than ``least`` favours inside are never called a ring.
    Raises InvalidInput. Source: the scan statistic with its maximum by Monte Carlo, Kulldorff, Communications in
    Statistics 26 (1997); the likelihood ratio is his.
    """
    if not 0 < false_alarm < 1 or draws + 1 < 1 / false_alarm or least < 1:
        raise InvalidInput(
            "false_alarm lies within 0 and 1, and draws + 1 is at least its inverse; least is 1 or more"
        )
    network = Network.of(favours, teams)
    total = sum(network.out.values())
    if len(network.out) < 5 or total < 2 * least:
        silent = f"{total} favours by {len(network.out)} people; {2 * least} by five are needed"
        return RingSearch((), len(network.people), total, false_alarm, silent)
    found = network.closed_groups(least)
    if not found:
        return RingSearch((), len(network.people), total, false_alarm)
    chance = Random(seed)
    tops = [
        max((score for score, _ in network.drawn(chance).closed_groups(least)), default=0.0) for _ in range(draws)
    ]
    rings, taken = [], set[str]()
    for score, members in found:
        by_chance = (1 + sum(top >= score for top in tops)) / (draws + 1)
        if by_chance > false_alarm or taken & members:
            continue
        taken |= members
        rings.append(network.ring(members, by_chance))
    return RingSearch(tuple(rings), len(network.people), total, false_alarm)


class Network:
    """Who gave whom how often, and what an honest giver would have done."""

    def __init__(
        self, given: dict[str, dict[str, int]], teams: Mapping[str, str], honest: Honest | None = None
    ) -> None:
        self.given, self.teams = given, teams
        self.out = {giver: sum(each.values()) for giver, each in given.items()}
        self.into: dict[str, int] = defaultdict(int)
        self.givers: dict[str, set[str]] = defaultdict(set)
        for giver, each in given.items():
            for receiver, count in each.items():
                self.into[receiver] += count
                self.givers[receiver].add(giver)
        self.people = sorted(teams)
        self.honest = honest or Honest(self)

    @classmethod
    def of(cls, favours: Iterable[Favour], teams: Mapping[str, str]) -> Network:
        given: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for each in favours:
            if each.giver == each.receiver or each.count < 1:
                raise InvalidInput(f"{each.giver}: a favour goes to somebody else, once at least")
            if missing := {each.giver, each.receiver} - teams.keys():
                raise InvalidInput(f"no team is known of {', '.join(sorted(missing))}")
            given[each.giver][each.receiver] += each.count
        return cls({giver: dict(sorted(to.items())) for giver, to in sorted(given.items())}, teams)

    def closed_groups(self, least: int) -> list[tuple[float, frozenset[str]]]:
        """The most closed groups with their scores, the most closed first."""
        pairs = {(min(giver, to), max(giver, to)) for giver, each in self.given.items() for to in each}
        starts = sorted(((*self._closeness(Circle(self, pair)), pair) for pair in pairs), key=_first)
        found = {self._grown(pair) for _score, _inside, pair in starts[:SEEDS]}
        groups = [(self._closeness(each)[0], frozenset(each.members), each.closed()) for each in found]
        kept = {members: score for score, members, closed in groups if closed >= least and score > 0}
        return sorted(((score, members) for members, score in kept.items()), key=lambda x: (-x[0], sorted(x[1])))

    def _grown(self, start: tuple[str, ...]) -> Circle:
        """Whoever makes the group more closed joins, one after the other; of equals, who gives most inside."""
        circle = Circle(self, start)
        best = self._closeness(circle)
        while len(circle.members) < LARGEST:
            near = {to for each in circle.members for to in self.given.get(each, ())}
            near |= {giver for each in circle.members for giver in self.givers.get(each, ())}
            options = [(circle.joined(each), each) for each in sorted(near.difference(circle.members))]
            if not options:
                break
            found, _who = max(options, key=lambda each: (self._closeness(each[0]), each[1]))
            better = self._closeness(found)
            if better <= best:
                break
            circle, best = found, better
        return circle

    def _closeness(self, circle: Circle) -> tuple[float, int]:
        """How much likelier so much returned giving is than by honest choice, as a logarithm; what lies inside."""
        returned, whole, expected = circle.closed(), circle.whole, circle.expected
        if returned <= expected or expected <= 0 or whole <= expected:
            return 0.0, circle.inside
        outside = whole - returned
        rest = outside * log(outside / (whole - expected)) if outside else 0.0
        return returned * log(returned / expected) + rest, circle.inside

    def ring(self, members: frozenset[str], by_chance: float) -> Ring:
        circle = Circle(self, tuple(sorted(members)))
        received = sum(self.into.get(each, 0) for each in members)
        return Ring(circle.members, circle.inside, circle.whole, received, circle.expected, by_chance)

    def drawn(self, chance: Random) -> Network:
        """An honest network in which everybody gave as much, spread as wide, to others."""
        given: dict[str, dict[str, int]] = {giver: {} for giver in self.given}
        received: dict[str, dict[str, int]] = defaultdict(dict)
        order = list(self.given)
        chance.shuffle(order)
        for giver in order:
            for block in sorted(self.given[giver].values(), reverse=True):
                to = self._to_whom(giver, given[giver], received[giver], chance)
                if to:
                    given[giver][to] = block
                    received[to][giver] = block
        return Network(given, self.teams, self.honest)

    def _to_whom(self, giver: str, has: Mapping[str, int], received: Mapping[str, int], chance: Random) -> str:
        """A favour is returned, the largest first, or goes to somebody of the team or of the house."""
        if chance.random() < self.honest.returned:
            unanswered = [(count, who) for who, count in received.items() if who not in has]
            if unanswered:
                return max(unanswered)[1]
        for _attempt in range(50):
            to = self.honest.anybody(giver, chance)
            if to != giver and to not in has:
                return to
        free = [each for each in self.people if each != giver and each not in has]
        return chance.choice(free) if free else ""


class Circle:
    """A few people, and how much each gives to and gets from the others; grown one by one."""

    def __init__(self, network: Network, members: Iterable[str] = ()) -> None:
        self.network = network
        self.members: tuple[str, ...] = ()
        self.gives: list[int] = []
        self.gets: list[int] = []
        self.inside, self.whole, self.expected = 0, 0, 0.0
        for each in members:
            self._add(each)

    def joined(self, who: str) -> Circle:
        found = Circle(self.network)
        found.members, found.gives, found.gets = self.members, self.gives[:], self.gets[:]
        found.inside, found.whole, found.expected = self.inside, self.whole, self.expected
        found._add(who)
        return found

    def _add(self, who: str) -> None:
        network, gives, gets = self.network, 0, 0
        own, mine = network.given.get(who, {}), network.out.get(who, 0)
        for place, each in enumerate(self.members):
            there, back = own.get(each, 0), network.given.get(each, {}).get(who, 0)
            gives, gets = gives + there, gets + back
            self.gets[place] += there
            self.gives[place] += back
            self.expected += mine * network.honest.chance(who, each)
            self.expected += network.out.get(each, 0) * network.honest.chance(each, who)
        self.members = (*self.members, who)
        self.gives.append(gives)
        self.gets.append(gets)
        self.inside, self.whole = self.inside + gives + gets, self.whole + mine

    def closed(self) -> int:
        """What comes back: each member counts with the less of what they give inside and get from there."""
        return sum(map(min, self.gives, self.gets))


def _first(start: tuple[float, int, tuple[str, str]]) -> tuple[float, int, tuple[str, str]]:
    score, inside, pair = start
    return -score, -inside, pair


class Honest:
    """How people of this network give, all together: inward teams, popular people, favours returned."""

    def __init__(self, network: Network) -> None:
        teams, out = network.teams, network.out
        self.teams = teams
        # Popular is who is thanked by many; one friend who thanks often makes nobody popular.
        self.weight = {each: len(network.givers.get(each, ())) + 1.0 for each in network.people}
        members: dict[str, list[str]] = defaultdict(list)
        for each in network.people:
            members[teams[each]].append(each)
        self.members = dict(members)
        self.whole = sum(self.weight.values())
        self.of_team = {team: sum(self.weight[each] for each in who) for team, who in self.members.items()}
        self.steps = {team: _steps(who, self.weight) for team, who in self.members.items()}
        self.all_steps = _steps(network.people, self.weight)
        self.people = network.people
        home, whole = dict.fromkeys(self.members, 0), dict.fromkeys(self.members, 0)
        for giver, given in network.given.items():
            whole[teams[giver]] += out[giver]
            home[teams[giver]] += sum(count for to, count in given.items() if teams[to] == teams[giver])
        usual = sum(home.values()) / max(sum(whole.values()), 1)
        self.inward = {
            team: 1.0 * (len(self.members) == 1)
            or (len(who) > 1) * (home[team] + PRIOR * usual) / (whole[team] + PRIOR)
            for team, who in self.members.items()
        }
        self.returned = self._returned(network)

    def _returned(self, network: Network) -> float:
        """The share of friendships that go both ways beyond what chance gives."""
        edges = [(giver, to) for giver, each in network.given.items() for to in each]
        mutual = sum(giver in network.given.get(to, ()) for giver, to in edges) / max(len(edges), 1)
        spread = {giver: len(each) for giver, each in network.given.items()}
        by_chance = sum(min(1.0, spread.get(to, 0) * self.chance(to, giver)) for giver, to in edges)
        by_chance /= max(len(edges), 1)
        beyond = max(0.0, (mutual - by_chance) / max(1 - by_chance, 1e-9))
        return beyond / (2 - beyond)  # a returned favour makes two edges mutual

    def chance(self, giver: str, to: str) -> float:
        """That one favour of somebody goes to somebody else."""
        team = self.teams[giver]
        inward = self.inward[team]
        if self.teams[to] == team:
            return inward * self.weight[to] / (self.of_team[team] - self.weight[giver])
        return (1 - inward) * self.weight[to] / (self.whole - self.of_team[team])

    def anybody(self, giver: str, chance: Random) -> str:
        team = self.teams[giver]
        if chance.random() < self.inward[team]:
            return chance.choices(self.members[team], cum_weights=self.steps[team])[0]
        while True:
            found = chance.choices(self.people, cum_weights=self.all_steps)[0]
            if self.teams[found] != team:
                return found


def _steps(people: Sequence[str], weight: Mapping[str, float]) -> list[float]:
    steps, total = [], 0.0
    for each in people:
        total += weight[each]
        steps.append(total)
    return steps
