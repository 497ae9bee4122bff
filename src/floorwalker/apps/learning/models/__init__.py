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
from floorwalker.apps.learning.models.own_pitch import (
    Pitch,
)
from floorwalker.apps.learning.models.plays import Play, Turn
from floorwalker.apps.learning.models.quiz import QuizAnswer
from floorwalker.apps.learning.models.round_table import (
    TableTopic,
    Tip,
    TipTry,
)
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
    "Pitch",
    "Play",
    "QuizAnswer",
    "Ranking",
    "Rating",
    "Reason",
    "Scenario",
    "ScenarioVersion",
    "Seat",
    "TableTopic",
    "Tip",
    "TipTry",
    "TriggerMoment",
    "Turn",
    "Vote",
    "VoteQuestion",
]
