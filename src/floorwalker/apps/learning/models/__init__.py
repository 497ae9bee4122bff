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
from floorwalker.apps.learning.models.quiz import QuizAnswer
from floorwalker.apps.learning.models.scenarios import (
    CustomerLine,
    Handbook,
    Scenario,
    ScenarioVersion,
    TriggerMoment,
)
from floorwalker.apps.learning.models.survival import GroupRanking, Ranking, Reason

__all__ = [
    "Activity",
    "ArenaMember",
    "BoxQuestion",
    "CustomerLine",
    "Difficulty",
    "Exercise",
    "GroupRanking",
    "Handbook",
    "Match",
    "Participant",
    "Play",
    "QuizAnswer",
    "Ranking",
    "Rating",
    "Reason",
    "Scenario",
    "ScenarioVersion",
    "Seat",
    "TriggerMoment",
    "Turn",
    "Vote",
    "VoteQuestion",
]
