"""The simulator: a contact centre described, run many times with common random numbers, and measured."""

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

__all__ = [
    "Agent",
    "AgentChoice",
    "AgentGroup",
    "AtClose",
    "AtEnd",
    "Callback",
    "Channel",
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
    "LogNormal",
    "Message",
    "Model",
    "Never",
    "Outbound",
    "Paths",
    "PerPeriod",
    "Periods",
    "Promise",
    "QueueChoice",
    "Redial",
    "Routing",
    "Scheduled",
    "Simulation",
    "Skill",
    "Trace",
    "Transfer",
    "Uniform",
    "Value",
    "Weibull",
    "simulate",
]
