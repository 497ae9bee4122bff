"""Tables of performance: `facts` what was measured and the files it came in, `goals` what was agreed."""

from floorwalker.apps.performance.models.facts import AgentDay, FactFile, MeasureKey
from floorwalker.apps.performance.models.goals import Goal, PersonalBest

__all__ = ["AgentDay", "FactFile", "Goal", "MeasureKey", "PersonalBest"]
