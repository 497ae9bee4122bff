"""What is done in learning."""

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

__all__ = [
    "AnswersOneLine",
    "NotYourTurn",
    "PlayOver",
    "answer",
    "begin_play",
    "give_up",
    "give_up_idle",
    "shown",
]
