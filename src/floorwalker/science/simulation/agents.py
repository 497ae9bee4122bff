"""Who answers: groups of agents alike in skills, counted per period or named one by one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.contact_type import at_least_zero, share
from floorwalker.science.simulation.durations import Duration


class AtEnd(StrEnum):
    """What happens to a contact in progress when its agent's time is over."""

    FINISH = "finish"  # it is finished first
    HAND_BACK = "hand-back"  # it returns to the head of its queue with the handling it still needs


@dataclass(frozen=True)
class Skill:
    """That a group takes a type, and how.

    ``priority``: 1 is taken first. ``handling_factor`` multiplies the type's handling (a generalist at 1.15 is
    15 % slower); ``handling`` replaces it. ``after_seconds``: overflow, this group takes the type only from
    those who waited so long. ``keep_idle``: reservation, the group takes it only while more than so many of its
    agents are idle. ``value_factor`` multiplies what an answered contact is worth: conversion x margin.
    """

    type: str
    priority: int = 1
    handling_factor: float = 1.0
    handling: Duration | None = None
    after_seconds: float = 0.0
    keep_idle: int = 0
    value_factor: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.handling_factor < float("inf"):
            raise InvalidInput(f"handling_factor is {self.handling_factor:g}; give a finite number above 0")
        at_least_zero(self.after_seconds, "after_seconds")
        if self.keep_idle < 0:
            raise InvalidInput(f"keep_idle is {self.keep_idle}; give 0 or more agents")


@dataclass(frozen=True)
class Concurrency:
    """Up to ``chats`` at once; each beyond the first makes all of an agent's chats ``slowdown`` longer."""

    chats: int = 1
    slowdown: float = 0.0

    def __post_init__(self) -> None:
        if self.chats < 1:
            raise InvalidInput(f"an agent cannot have {self.chats} chats at once; give 1, 2, 3 …")
        share(self.slowdown, "slowdown")


@dataclass(frozen=True)
class Agent:
    """One agent of a group: when at work (half-open spans in seconds since the start, breaks already cut out).

    ``pace`` multiplies every handling time of this agent (a learner at 1.3 takes 30 % longer).
    """

    name: str
    at_work: tuple[tuple[float, float], ...]
    pace: float = 1.0

    def __post_init__(self) -> None:
        before = 0.0
        for place, (starts, ends) in enumerate(self.at_work):
            if not before <= starts < ends:
                span = f"at_work[{place}] of {self.name!r} runs from {starts:g} s to {ends:g} s"
                raise InvalidInput(f"{span}; spans ascend and do not overlap")
            before = ends
        if not 0 < self.pace < float("inf"):
            raise InvalidInput(f"pace of {self.name!r} is {self.pace:g}; give a finite number above 0")


@dataclass(frozen=True)
class AgentGroup:
    """Agents alike in skills: ``staff[p]`` of them in period ``p`` (one value: in each), or ``agents`` named.

    Give one of the two. Where a count falls, idle agents leave first, the others when their contact ends.
    """

    name: str
    skills: tuple[Skill, ...]
    staff: tuple[int, ...] | None = None
    agents: tuple[Agent, ...] | None = None
    concurrency: Concurrency = Concurrency()
    at_end: AtEnd = AtEnd.FINISH
    cost_per_hour: float = 1.0

    def __post_init__(self) -> None:
        if (self.staff is None) == (self.agents is None):
            raise InvalidInput(
                f"group {self.name!r} needs either staff (counts per period) or agents, and not both"
            )
        for place, count in enumerate(self.staff or ()):
            if count < 0:
                raise InvalidInput(f"staff[{place}] of {self.name!r} is {count}; give 0 or more agents")
        at_least_zero(self.cost_per_hour, "cost_per_hour")
