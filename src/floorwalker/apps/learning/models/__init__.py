"""Tables of learning."""

from floorwalker.apps.learning.models.plays import Play, Turn
from floorwalker.apps.learning.models.scenarios import CustomerLine, Scenario, ScenarioVersion

__all__ = ["CustomerLine", "Play", "Scenario", "ScenarioVersion", "Turn"]
