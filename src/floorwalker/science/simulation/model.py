"""A contact centre described: periods, types of contact, groups of agents and how the two find each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Any, ClassVar

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.agents import AgentGroup
from floorwalker.science.simulation.checks import Fault, InvalidModel, above_zero, at_least, repeated, share
from floorwalker.science.simulation.contact_type import Channel, ContactType


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
    """How contacts find agents, and agents contacts."""

    agents: AgentChoice = AgentChoice.LONGEST_IDLE
    """Which idle agent takes a contact that arrives, among the groups that may."""
    queues: QueueChoice = QueueChoice.FIRST_COME
    """Which waiting contact an agent who becomes free takes, among the types of the group."""
    lines: int | None = None
    """Contacts waiting or being served at once at most; the next is blocked. Null: no limit."""

    def __post_init__(self) -> None:
        if self.lines is not None:
            at_least(1, self.lines, "lines", ", or leave it out")


@dataclass(frozen=True)
class Periods:
    """The time that is simulated: periods of ``lengths_seconds``, and the first period of each day.

    After the last period nobody new comes, and those who wait are served as
    the closing of their type says.
    """

    lengths_seconds: tuple[float, ...]
    """How long each period is, above 0."""
    day_starts: tuple[int, ...] = (0,)
    """The number of the first period of each day, counted from 0."""

    def __post_init__(self) -> None:
        if not self.lengths_seconds:
            raise InvalidInput("lengths_seconds is empty; give at least one")
        for place, length in enumerate(self.lengths_seconds):
            above_zero(length, f"lengths_seconds[{place}]")
        if self.day_starts[:1] != (0,) or list(self.day_starts) != sorted(set(self.day_starts)):
            raise InvalidInput(f"day_starts is {list(self.day_starts)}; begin with 0 and ascend")
        if self.day_starts[-1] >= len(self.lengths_seconds):
            raise InvalidInput(f"day_starts ends with {self.day_starts[-1]}; the periods are 0 to {len(self) - 1}")

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
    """The whole centre. Checks itself; a value that names another part must find it."""

    # For readers of JSON: nothing unknown, no text for a number, no NaN; what stands below a field describes it.
    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid", "strict": True, "allow_inf_nan": False, "use_attribute_docstrings": True
    }  # fmt: skip

    periods: Periods
    """The time that is simulated."""
    types: tuple[ContactType, ...]
    """What comes."""
    groups: tuple[AgentGroup, ...]
    """Who answers."""
    routing: Routing = Routing()
    """How the two find each other."""
    busyness_correlation: float = 0.0
    """How far the busyness of a day is shared by the types: 0 not at all, 1 wholly."""

    def __post_init__(self) -> None:
        share(self.busyness_correlation, "busyness_correlation")
        faults = [*_names(self), *_types(self), *_groups(self), *_endless(self)]
        if faults:
            raise InvalidModel(faults)

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


def _names(model: Model) -> Iterator[Fault]:
    for part, names in (("types", model.type_names), ("groups", model.group_names)):
        if not names:
            yield Fault(part, "is empty; a model needs at least one")
        for name in repeated(names):
            yield Fault(part, f"holds the name {name!r} more than once; give each its own")


def _types(model: Model) -> Iterator[Fault]:
    count = len(model.periods)
    channels = {each.name: each.channel for each in model.types}
    for place, kind in enumerate(model.types):
        path, arrivals = f"types[{place}]", kind.arrivals
        if arrivals.kind == "paths":
            for row, counts in enumerate(arrivals.paths):
                yield from _one_a_period(len(counts), count, f"{path}.arrivals.paths[{row}]")
        elif arrivals.kind == "per-period":
            yield from _one_a_period(len(arrivals.contacts), count, f"{path}.arrivals.contacts")
        if kind.handling_factors is not None:
            yield from _one_a_period(len(kind.handling_factors), count, f"{path}.handling_factors")
        for number, transfer in enumerate(kind.transfers):
            yield from _a_type(transfer.to, channels, f"{path}.transfers[{number}].to")
        if kind.message is not None:
            becomes, where = kind.message.becomes, f"{path}.message.becomes"
            yield from _a_type(becomes, channels, where)
            if channels.get(becomes) in (Channel.CALL, Channel.CHAT):
                yield Fault(where, f"is {becomes!r}, for which somebody waits; name a deferred or outbound type")


def _endless(model: Model) -> Iterator[Fault]:
    """Types whose contacts are all passed on, and on, and never end."""
    going = {
        each.name: {transfer.to for transfer in each.transfers if transfer.probability > 0}
        for each in model.types
        if sum(transfer.probability for transfer in each.transfers) >= 1 - 1e-9
    }
    while ends := [name for name, to in going.items() if not to <= going.keys()]:
        for name in ends:
            del going[name]
    for place, each in enumerate(model.types):
        if each.name in going:
            on = ", ".join(sorted(going[each.name]))
            yield Fault(f"types[{place}].transfers", f"passes everybody on to {on} for ever; let some end there")


def _groups(model: Model) -> Iterator[Fault]:
    types = dict.fromkeys(model.type_names)
    unoffered = {kind.name for kind in model.types if kind.offer is None}
    for place, group in enumerate(model.groups):
        path = f"groups[{place}]"
        if group.staff is not None and len(group.staff) != 1:
            yield from _one_a_period(len(group.staff), len(model.periods), f"{path}.staff", "1 for all, or ")
        for name in repeated(skill.type for skill in group.skills):
            yield Fault(f"{path}.skills", f"holds the type {name!r} more than once; give each once")
        for number, skill in enumerate(group.skills):
            yield from _a_type(skill.type, types, f"{path}.skills[{number}].type")
            for name in ("offer_made", "offer_accepted"):
                if skill.type in unoffered and getattr(skill, name) is not None:
                    where = f"{path}.skills[{number}].{name}"
                    yield Fault(
                        where, f"is of {skill.type!r}, which has no offer; describe one there, or leave it out"
                    )


def _one_a_period(found: int, wanted: int, path: str, other: str = "") -> Iterator[Fault]:
    if found != wanted:
        yield Fault(path, f"has {found} values; give {other}one a period, {wanted}")


def _a_type(name: str, types: Mapping[str, object], path: str) -> Iterator[Fault]:
    if name not in types:
        yield Fault(path, f"is {name!r}; the types are {', '.join(types)}")
