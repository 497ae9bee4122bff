"""Who answers: groups of agents alike in skills, counted per period or named one by one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.checks import (
    MOST_CHATS,
    MOST_COUNTED,
    MOST_STAFF,
    above_zero,
    ascending_spans,
    at_least,
    at_least_zero,
    finite,
    named,
    share,
)
from floorwalker.science.simulation.durations import Duration


class AtEnd(StrEnum):
    """What happens to a contact in progress when its agent's time is over."""

    FINISH = "finish"  # it is finished first
    HAND_BACK = "hand-back"  # it returns to the head of its queue with the handling it still needs


@dataclass(frozen=True)
class Skill:
    """That a group takes a type, and how."""

    type: str
    """Name of the type."""
    priority: int = 1
    """1 is taken first."""
    handling_factor: float = 1.0
    """Multiplies handling and after-contact work: a generalist at 1.15 is 15 % slower. Above 0."""
    handling: Duration | None = None
    """What the contact takes this group, instead of the type's handling; null: the type's."""
    after_seconds: float = 0.0
    """Overflow: the group takes the type only from those who waited so long."""
    keep_idle: int = 0
    """Reservation: the group takes it only while more than so many of its agents are idle."""
    value_factor: float = 1.0
    """Multiplies what an answered contact is worth when this group answers: conversion × margin."""
    offer_made: float | None = None
    """Share of the contacts in which an offer fits where this group makes it; null: the type's."""
    offer_accepted: float | None = None
    """Share of the fitting offers this group makes that are taken; null: the type's."""

    def __post_init__(self) -> None:
        at_least(-MOST_COUNTED, self.priority, "priority")
        above_zero(self.handling_factor, "handling_factor")
        at_least_zero(self.after_seconds, "after_seconds")
        at_least(0, self.keep_idle, "keep_idle", " agents")
        finite(self.value_factor, "value_factor")
        for name in ("offer_made", "offer_accepted"):
            if getattr(self, name) is not None:
                share(getattr(self, name), name)


@dataclass(frozen=True)
class Concurrency:
    """Several chats at once."""

    chats: int = 1
    """So many at once at most, 1 or more."""
    slowdown: float = 0.0
    """Each chat beyond the first makes all of an agent's chats longer by this share."""

    def __post_init__(self) -> None:
        at_least(1, self.chats, "chats", at_most=MOST_CHATS)
        share(self.slowdown, "slowdown")


@dataclass(frozen=True)
class Agent:
    """One agent of a group."""

    name: str
    """What measures call them."""
    at_work: tuple[tuple[float, float], ...]
    """When at work: from and to in seconds since the start, ascending, breaks already cut out."""
    pace: float = 1.0
    """Multiplies every handling time of this agent: a learner at 1.3 takes 30 % longer. Above 0."""

    def __post_init__(self) -> None:
        named(self.name)
        ascending_spans(self.at_work, "at_work")
        above_zero(self.pace, "pace")


@dataclass(frozen=True)
class AgentGroup:
    """Agents alike in skills: counted per period (``staff``), or named one by one (``agents``); one of the two.

    Where a count falls, idle agents leave first, the others when their contact ends.
    """

    name: str
    """What measures call it."""
    skills: tuple[Skill, ...]
    """Which types it takes."""
    staff: tuple[int, ...] | None = None
    """Agents in each period; one value: in each the same."""
    agents: tuple[Agent, ...] | None = None
    """The agents, each with the time at work."""
    concurrency: Concurrency = Concurrency()
    """How many chats an agent has at once."""
    at_end: AtEnd = AtEnd.FINISH
    """What happens to a contact in progress when its agent's time is over."""
    cost_per_hour: float = 1.0
    """What an hour of an agent costs, in money; used where the cheapest staffing is looked for."""

    def __post_init__(self) -> None:
        named(self.name)
        if self.staff is None and self.agents is None:
            raise InvalidInput("staff is missing; give staff (agents in each period) or agents (named)")
        if self.staff is not None and self.agents is not None:
            raise InvalidInput("staff and agents are both given; keep one of the two")
        for place, count in enumerate(self.staff or ()):
            at_least(0, count, f"staff[{place}]", " agents", at_most=MOST_STAFF)
        at_least_zero(self.cost_per_hour, "cost_per_hour")
