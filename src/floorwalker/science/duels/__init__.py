"""People who play against each other: ratings with uncertainty, even teams, votes and wins to be believed.

Loads no NumPy, so that a page can rate the match that has just ended.
"""

from floorwalker.science.duels.ratings import Skill, chance, difficulty_after, rate
from floorwalker.science.duels.rings import Ballot, Search, Trade, vote_trading
from floorwalker.science.duels.teams import Teams, balanced
from floorwalker.science.duels.thrown import Duel, thrown_duels
from floorwalker.science.duels.votes import FEWEST_VOTES, MOST_VOTES, Pooled, agreed, pooled

__all__ = [
    "FEWEST_VOTES",
    "MOST_VOTES",
    "Ballot",
    "Duel",
    "Pooled",
    "Search",
    "Skill",
    "Teams",
    "Trade",
    "agreed",
    "balanced",
    "chance",
    "difficulty_after",
    "pooled",
    "rate",
    "thrown_duels",
    "vote_trading",
]
