"""What is done in learning."""

from floorwalker.apps.learning.services.arena import DuelsOpen, NotInTheArena, join_arena, leave_arena
from floorwalker.apps.learning.services.deciding import MATCH
from floorwalker.apps.learning.services.matches import (
    EnoughOpen,
    NotThatWay,
    NotYet,
    accept,
    begin_in_match,
    call_team_match,
    challenge,
    decline,
    give_place_back,
    make_teams,
    take_place,
    withdraw,
)
from floorwalker.apps.learning.services.overdue import end_overdue, end_overdue_match
from floorwalker.apps.learning.services.plays import (
    AnswersOneLine,
    NotYourTurn,
    PlayOver,
    answer,
    begin_play,
    give_up,
    give_up_idle,
    shown,
)
from floorwalker.apps.learning.services.teams import TooFew
from floorwalker.apps.learning.services.vote_questions import (
    QUESTION,
    SEARCH_JOB,
    Answered,
    answer_question,
    begin_search,
    keep_search,
    remind_of_questions,
)
from floorwalker.apps.learning.services.voting import VoteNotOpen, vote

__all__ = [
    "MATCH",
    "QUESTION",
    "SEARCH_JOB",
    "Answered",
    "AnswersOneLine",
    "DuelsOpen",
    "EnoughOpen",
    "NotInTheArena",
    "NotThatWay",
    "NotYet",
    "NotYourTurn",
    "PlayOver",
    "TooFew",
    "VoteNotOpen",
    "accept",
    "answer",
    "answer_question",
    "begin_in_match",
    "begin_play",
    "begin_search",
    "call_team_match",
    "challenge",
    "decline",
    "end_overdue",
    "end_overdue_match",
    "give_place_back",
    "give_up",
    "give_up_idle",
    "join_arena",
    "keep_search",
    "leave_arena",
    "make_teams",
    "remind_of_questions",
    "shown",
    "take_place",
    "vote",
    "withdraw",
]
