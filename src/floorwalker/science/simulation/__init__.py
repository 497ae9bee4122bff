"""The simulator: a contact centre described, run many times with common random numbers, and measured."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from floorwalker.science.simulation.agents import Agent, AgentGroup, AtEnd, Concurrency, Skill
from floorwalker.science.simulation.arrivals import Constant, Never, Paths, PerPeriod, Scheduled, Trace
from floorwalker.science.simulation.behaviour import (
    AtClose,
    Callback,
    Hours,
    Message,
    Outbound,
    Promise,
    Redial,
    Transfer,
    Value,
)
from floorwalker.science.simulation.checks import Fault, InvalidModel
from floorwalker.science.simulation.contact_type import Channel, ContactType
from floorwalker.science.simulation.durations import (
    Deterministic,
    Empirical,
    Exponential,
    Gamma,
    Infinite,
    LogNormal,
    Uniform,
    Weibull,
)
from floorwalker.science.simulation.experiment import HalfWidth, simulate
from floorwalker.science.simulation.measures import Estimate, Simulation
from floorwalker.science.simulation.model import AgentChoice, Model, Periods, QueueChoice, Routing

if TYPE_CHECKING:
    from floorwalker.science.simulation.paired import Comparison, compare
    from floorwalker.science.simulation.price import Price, PriceTable, price_of_hour
    from floorwalker.science.simulation.skill_value import SkillValue, SkillValues, value_of_skill
    from floorwalker.science.simulation.taught import Lesson

# What asks many runs at once needs NumPy, and is loaded when first asked for.
_HOMES = {
    "Comparison": "paired",
    "Lesson": "taught",
    "Price": "price",
    "PriceTable": "price",
    "SkillValue": "skill_value",
    "SkillValues": "skill_value",
    "compare": "paired",
    "price_of_hour": "price",
    "value_of_skill": "skill_value",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "Agent",
    "AgentChoice",
    "AgentGroup",
    "AtClose",
    "AtEnd",
    "Callback",
    "Channel",
    "Comparison",
    "Concurrency",
    "Constant",
    "ContactType",
    "Deterministic",
    "Empirical",
    "Estimate",
    "Exponential",
    "Fault",
    "Gamma",
    "HalfWidth",
    "Hours",
    "Infinite",
    "InvalidModel",
    "Lesson",
    "LogNormal",
    "Message",
    "Model",
    "Never",
    "Outbound",
    "Paths",
    "PerPeriod",
    "Periods",
    "Price",
    "PriceTable",
    "Promise",
    "QueueChoice",
    "Redial",
    "Routing",
    "Scheduled",
    "Simulation",
    "Skill",
    "SkillValue",
    "SkillValues",
    "Trace",
    "Transfer",
    "Uniform",
    "Value",
    "Weibull",
    "compare",
    "price_of_hour",
    "simulate",
    "value_of_skill",
]
