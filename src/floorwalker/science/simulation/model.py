"""A contact centre described: periods, types of contact, groups of agents and how the two find each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.agents import AgentGroup
from floorwalker.science.simulation.contact_type import Channel, ContactType, share


class AgentChoice(StrEnum):
    """Which idle agent takes a contact that arrives, among the groups that may."""

    LONGEST_IDLE = "longest-idle"
    FEWEST_SKILLS = "fewest-skills"  # the group with the fewest skills; among equals the longest idle
    PRIORITY = "priority"  # the group whose skill has the first priority; among equals the longest idle
    RANDOM = "random"  # a group by lot, each alike
    PROPORTIONAL = "proportional"  # a group by lot, in proportion to its idle agents


class QueueChoice(StrEnum):
    """Which waiting contact an agent who becomes free takes, among the types of the group."""

    FIRST_COME = "first-come"  # who arrived first, across queues
    PRIORITY = "priority"  # the skill's priority; among equals who arrived first
    LONGEST_WAIT = "longest-wait"  # who has waited longest in this queue: a transfer waits anew
    AGAINST_TARGET = "against-target"  # the largest wait as a share of the type's target seconds
    SCORE = "score"  # the largest base_score + score_per_second x seconds waited


@dataclass(frozen=True)
class Routing:
    """How contacts find agents. ``lines``: contacts waiting or being served at once, at most (None: no limit)."""

    agents: AgentChoice = AgentChoice.LONGEST_IDLE
    queues: QueueChoice = QueueChoice.FIRST_COME
    lines: int | None = None

    def __post_init__(self) -> None:
        if self.lines is not None and self.lines < 1:
            raise InvalidInput(f"lines is {self.lines}; give 1 or more, or leave it out")


@dataclass(frozen=True)
class Periods:
    """The time that is simulated: periods of ``lengths_seconds``, and the first period of each day.

    Most models are made by :meth:`of`. After the last period nobody new comes, and those who wait are served as
    the closing of their type says.
    """

    lengths_seconds: tuple[float, ...]
    day_starts: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        if not self.lengths_seconds:
            raise InvalidInput("periods need at least one length")
        for place, length in enumerate(self.lengths_seconds):
            if not 0 < length < float("inf"):
                raise InvalidInput(f"lengths_seconds[{place}] is {length:g}; give a finite number above 0")
        if self.day_starts[:1] != (0,) or list(self.day_starts) != sorted(set(self.day_starts)):
            raise InvalidInput("day_starts begin with 0 and ascend")
        if self.day_starts[-1] >= len(self.lengths_seconds):
            raise InvalidInput(f"day_starts end with {self.day_starts[-1]}, but there are {len(self)} periods")

    @classmethod
    def of(cls, step_seconds: float, count: int, *, days: int = 1) -> Periods:
        """``days`` days of ``count`` equal periods each."""
        if count < 1 or days < 1:
            raise InvalidInput(f"{days} days of {count} periods are none; give 1 or more of each")
        return cls((float(step_seconds),) * (count * days), tuple(range(0, count * days, count)))

    def __len__(self) -> int:
        return len(self.lengths_seconds)

    @property
    def borders_seconds(self) -> tuple[float, ...]:
        """Where each period begins, and where the last ends."""
        return (0.0, *accumulate(self.lengths_seconds))


@dataclass(frozen=True)
class Model:
    """The whole centre. Checks itself; a value that names another part must find it.

    ``busyness_correlation`` (0-1) ties the day factors of the types to each other.
    """

    periods: Periods
    types: tuple[ContactType, ...]
    groups: tuple[AgentGroup, ...]
    routing: Routing = Routing()
    busyness_correlation: float = 0.0

    def __post_init__(self) -> None:
        share(self.busyness_correlation, "busyness_correlation")
        _unique([each.name for each in self.types], "types")
        _unique([each.name for each in self.groups], "groups")
        for kind in self.types:
            self._check_type(kind)
        for group in self.groups:
            self._check_group(group)

    @property
    def type_names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.types)

    @property
    def group_names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.groups)

    def type(self, name: str) -> ContactType:
        """The type of that name."""
        for each in self.types:
            if each.name == name:
                return each
        raise InvalidInput(f"there is no type {name!r}; the types are {', '.join(self.type_names)}")

    def group(self, name: str) -> AgentGroup:
        """The group of that name."""
        for each in self.groups:
            if each.name == name:
                return each
        raise InvalidInput(f"there is no group {name!r}; the groups are {', '.join(self.group_names)}")

    def _check_type(self, kind: ContactType) -> None:
        count = len(self.periods)
        arrivals = kind.arrivals
        rows = (
            arrivals.paths
            if arrivals.kind == "paths"
            else (arrivals.contacts,)
            if arrivals.kind == "per-period"
            else ()
        )
        for row in rows:
            _length(len(row), count, f"the arrivals of {kind.name!r}")
        if kind.handling_factors is not None:
            _length(len(kind.handling_factors), count, f"handling_factors of {kind.name!r}")
        for transfer in kind.transfers:
            self.type(transfer.to)
        if kind.message is not None and self.type(kind.message.becomes).channel not in (
            Channel.DEFERRED,
            Channel.OUTBOUND,
        ):
            becomes = f"the message of {kind.name!r} becomes {kind.message.becomes!r}"
            raise InvalidInput(f"{becomes}, for which somebody waits; name a deferred or outbound type")

    def _check_group(self, group: AgentGroup) -> None:
        if group.staff is not None and len(group.staff) != 1:
            _length(len(group.staff), len(self.periods), f"staff of {group.name!r}")
        _unique([skill.type for skill in group.skills], f"skills of {group.name!r}")
        for skill in group.skills:
            self.type(skill.type)


def _length(found: int, wanted: int, what: str) -> None:
    if found != wanted:
        raise InvalidInput(f"{what} has {found} values, but there are {wanted} periods")


def _unique(names: list[str], what: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidInput(f"{what} name {', '.join(twice)} more than once")
    if not names:
        raise InvalidInput(f"{what}: none is given; a model needs at least one")
