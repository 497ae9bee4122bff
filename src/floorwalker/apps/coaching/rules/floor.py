"""Whom to see first today, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SILENCE, SURGE, THANKS = "silence", "surge", "thanks"
AT_MOST = 7
SILENCE_LIMIT_DAYS = 10
ROUGH = 1.25  # so many times the work that was planned for


@dataclass(frozen=True)
class Somebody:
    """One of the team today. ``silent_days`` since anybody gave them feedback of any kind, a visit or a thanks.

    ``away_days`` is how many days they will not be there from tomorrow on; ``load`` the work of their last shift
    over what was planned; ``thanks_due`` whether something worth a thanks is not thanked for.
    """

    agent: int
    silent_days: int
    here: bool = True
    away_days: int = 0
    load: float = 1.0
    thanks_due: bool = False


@dataclass(frozen=True)
class Reason:
    kind: str
    amount: float


@dataclass(frozen=True)
class Turn:
    """Somebody to see, with every reason, the first of which put them here."""

    agent: int
    reasons: tuple[Reason, ...]


def round_today(
    people: Iterable[Somebody], *, limit_days: int = SILENCE_LIMIT_DAYS, at_most: int = AT_MOST, a_day: int = 4
) -> list[Turn]:
    """Whom to see, in order: at most ``at_most``, only who is here.

    First whoever would pass the limit of silence before a round comes back to them – the least time left first;
    a round takes as many days as the team needs at ``a_day`` visits. Then those with a rough surge behind them,
    the roughest first; then thanks due; then the longest silent, so that the round goes on.
    """
    here = [each for each in people if each.here]
    pressing = -(-len(here) // max(a_day, 1))  # days of a whole round

    def left(each: Somebody) -> int:
        return limit_days - each.silent_days - each.away_days

    def place(each: Somebody) -> tuple[float, ...]:
        if left(each) <= pressing:
            return (0, left(each), -each.load, each.agent)
        if each.load >= ROUGH:
            return (1, -each.load, -each.silent_days, each.agent)
        if each.thanks_due:
            return (2, -each.silent_days, 0, each.agent)
        return (3, -each.silent_days, 0, each.agent)

    return [Turn(each.agent, reasons(each)) for each in sorted(here, key=place)[:at_most]]


def reasons(each: Somebody) -> tuple[Reason, ...]:
    """Everything that speaks for a visit; the days of silence are always said."""
    found = [Reason(SILENCE, each.silent_days)]
    if each.load >= ROUGH:
        found.append(Reason(SURGE, each.load))
    if each.thanks_due:
        found.append(Reason(THANKS, 1))
    return tuple(found)


@dataclass(frozen=True)
class Mix:
    """What one supervisor gave to those they lead, or one agent got: counts and minutes, never words."""

    positive: int
    corrective: int
    minutes: dict[int, float]  # of each agent

    @property
    def share_positive(self) -> float | None:
        given = self.positive + self.corrective
        return self.positive / given if given else None

    @property
    def least_and_most(self) -> tuple[float, float] | None:
        """How far attention lies apart: the least and the most minutes of any agent."""
        return (min(self.minutes.values()), max(self.minutes.values())) if self.minutes else None

    @property
    def nothing(self) -> int:
        """How many got no minute."""
        return sum(not spent for spent in self.minutes.values())


def told_apart(people: Mapping[str, int], least: int = 5) -> set[str]:
    """Which groups may be shown: of five and more, and never all but one, which the whole would tell."""
    shown = sorted((name for name, n in people.items() if n >= least), key=lambda name: (people[name], name))
    hidden = sum(0 < n < least for n in people.values())
    return set(shown[1:] if hidden == 1 else shown)


def mix(given: Iterable[tuple[int, str, float]], team: Iterable[int]) -> Mix:
    """From (agent, kind, minutes) of what was given; everybody of the team counts, with nothing too."""
    minutes = dict.fromkeys(team, 0.0)
    kinds = []
    for agent, kind, spent in given:
        if agent in minutes:
            minutes[agent] += spent
            kinds.append(kind)
    return Mix(kinds.count("positive"), kinds.count("corrective"), minutes)
