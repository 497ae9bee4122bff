"""What the simulator is told, estimated from contacts that happened: patience, handling, busyness, redial."""

from floorwalker.science.simulation.fitting.busyness import BusynessFit, fit_busyness
from floorwalker.science.simulation.fitting.estimated import Estimated
from floorwalker.science.simulation.fitting.handling import HandlingFit, fit_handling
from floorwalker.science.simulation.fitting.patience import PatienceFit, StillWaiting, fit_patience
from floorwalker.science.simulation.fitting.redial import RedialFit, fit_redial

__all__ = [
    "BusynessFit",
    "Estimated",
    "HandlingFit",
    "PatienceFit",
    "RedialFit",
    "StillWaiting",
    "fit_busyness",
    "fit_handling",
    "fit_patience",
    "fit_redial",
]
