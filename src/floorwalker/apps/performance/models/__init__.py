"""Tables of performance: `facts` what was measured, `goals` what was agreed, `aims` what it is for."""

from floorwalker.apps.performance.models.aims import BusinessGoal, Responsibility, TeamGoal
from floorwalker.apps.performance.models.facts import AgentDay, FactFile, MeasureKey
from floorwalker.apps.performance.models.goals import Goal, PersonalBest

__all__ = [
    "AgentDay",
    "BusinessGoal",
    "FactFile",
    "Goal",
    "MeasureKey",
    "PersonalBest",
    "Responsibility",
    "TeamGoal",
]
