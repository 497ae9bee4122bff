"""Tables of learning."""

from floorwalker.apps.learning.models.matches import (
    ArenaMember,
    Difficulty,
    Match,
    Rating,
    Seat,
    Vote,
    VoteQuestion,
)
from floorwalker.apps.learning.models.plays import Play, Turn
from floorwalker.apps.learning.models.scenarios import CustomerLine, Scenario, ScenarioVersion

__all__ = [
    "ArenaMember",
    "CustomerLine",
    "Difficulty",
    "Match",
    "Play",
    "Rating",
    "Scenario",
    "ScenarioVersion",
    "Seat",
    "Turn",
    "Vote",
    "VoteQuestion",
]
