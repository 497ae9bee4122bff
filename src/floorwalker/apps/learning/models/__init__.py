"""Tables of learning."""

from floorwalker.apps.learning.models.activities import Activity, BoxQuestion, Exercise, Participant
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
from floorwalker.apps.learning.models.scenarios import (
    CustomerLine,
    Handbook,
    Scenario,
    ScenarioVersion,
    TriggerMoment,
)

__all__ = [
    "Activity",
    "ArenaMember",
    "BoxQuestion",
    "CustomerLine",
    "Difficulty",
    "Exercise",
    "Handbook",
    "Match",
    "Participant",
    "Play",
    "Rating",
    "Scenario",
    "ScenarioVersion",
    "Seat",
    "TriggerMoment",
    "Turn",
    "Vote",
    "VoteQuestion",
]
