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
    Offer,
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
from floorwalker.science.simulation.experiment import HalfWidth, simulate, tell_loading
from floorwalker.science.simulation.intervals import Estimate, ratio
from floorwalker.science.simulation.measures import Simulation
from floorwalker.science.simulation.model import AgentChoice, Model, Periods, QueueChoice, Routing
from floorwalker.science.simulation.offers import Offers

if TYPE_CHECKING:
    from floorwalker.science.simulation.fitting import (
        BusynessFit,
        Estimated,
        HandlingFit,
        PatienceFit,
        RedialFit,
        fit_busyness,
        fit_handling,
        fit_patience,
        fit_redial,
    )
    from floorwalker.science.simulation.paired import Comparison, compare
    from floorwalker.science.simulation.price import Price, PriceTable, price_of_hour
    from floorwalker.science.simulation.reading import (
        MOST_BYTES,
        model_from_dict,
        model_from_json,
        model_to_dict,
        model_to_json,
        part_to_dict,
    )
    from floorwalker.science.simulation.skill_value import SkillValue, SkillValues, lacking, value_of_skill
    from floorwalker.science.simulation.stability import Overload, never_lost, overloads
    from floorwalker.science.simulation.steady_state import WAITED_FOR, steady, with_staff
    from floorwalker.science.simulation.taught import Lesson
    from floorwalker.science.simulation.watched import Contacts, watch_contacts
    from floorwalker.science.simulation.workload import contacts_expected, contacts_with_transfers, seconds_of_work

# Reading a file, bounds and what asks many runs at once: loaded when first asked for, because they need more.
_HOMES = {
    "BusynessFit": "fitting",
    "Comparison": "paired",
    "Contacts": "watched",
    "Estimated": "fitting",
    "HandlingFit": "fitting",
    "Lesson": "taught",
    "MOST_BYTES": "reading",
    "Overload": "stability",
    "PatienceFit": "fitting",
    "Price": "price",
    "PriceTable": "price",
    "RedialFit": "fitting",
    "SkillValue": "skill_value",
    "SkillValues": "skill_value",
    "WAITED_FOR": "steady_state",
    "compare": "paired",
    "contacts_expected": "workload",
    "contacts_with_transfers": "workload",
    "fit_busyness": "fitting",
    "fit_handling": "fitting",
    "fit_patience": "fitting",
    "fit_redial": "fitting",
    "lacking": "skill_value",
    "model_from_dict": "reading",
    "model_from_json": "reading",
    "model_to_dict": "reading",
    "model_to_json": "reading",
    "never_lost": "stability",
    "overloads": "stability",
    "part_to_dict": "reading",
    "price_of_hour": "price",
    "seconds_of_work": "workload",
    "steady": "steady_state",
    "value_of_skill": "skill_value",
    "watch_contacts": "watched",
    "with_staff": "steady_state",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "MOST_BYTES",
    "WAITED_FOR",
    "Agent",
    "AgentChoice",
    "AgentGroup",
    "AtClose",
    "AtEnd",
    "BusynessFit",
    "Callback",
    "Channel",
    "Comparison",
    "Concurrency",
    "Constant",
    "ContactType",
    "Contacts",
    "Deterministic",
    "Empirical",
    "Estimate",
    "Estimated",
    "Exponential",
    "Fault",
    "Gamma",
    "HalfWidth",
    "HandlingFit",
    "Hours",
    "Infinite",
    "InvalidModel",
    "Lesson",
    "LogNormal",
    "Message",
    "Model",
    "Never",
    "Offer",
    "Offers",
    "Outbound",
    "Overload",
    "Paths",
    "PatienceFit",
    "PerPeriod",
    "Periods",
    "Price",
    "PriceTable",
    "Promise",
    "QueueChoice",
    "Redial",
    "RedialFit",
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
    "contacts_expected",
    "contacts_with_transfers",
    "fit_busyness",
    "fit_handling",
    "fit_patience",
    "fit_redial",
    "lacking",
    "model_from_dict",
    "model_from_json",
    "model_to_dict",
    "model_to_json",
    "never_lost",
    "overloads",
    "part_to_dict",
    "price_of_hour",
    "ratio",
    "seconds_of_work",
    "simulate",
    "steady",
    "tell_loading",
    "value_of_skill",
    "watch_contacts",
    "with_staff",
]
