"""People who play against each other: ratings with uncertainty, even teams, and votes that can be believed.

Loads no NumPy, so that a page can rate the match that has just ended.
"""

from floorwalker.science.duels.ratings import Skill, chance, difficulty_after, rate
from floorwalker.science.duels.rings import Ballot, Search, Trade, vote_trading
from floorwalker.science.duels.teams import Teams, balanced
from floorwalker.science.duels.votes import FEWEST_VOTES, MOST_VOTES, Pooled, agreed, pooled

__all__ = [
    "FEWEST_VOTES",
    "MOST_VOTES",
    "Ballot",
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
    "vote_trading",
]
