"""What people type in recognition."""

from floorwalker.apps.recognition.forms.boards import (
    AnswerForm,
    CallOffForm,
    ContestDaysForm,
    ContestForm,
    JoinForm,
    PointsForm,
    SeasonForm,
)
from floorwalker.apps.recognition.forms.thanks import (
    SearchForm,
    ThankForm,
    WishForm,
)

__all__ = [
    "AnswerForm",
    "CallOffForm",
    "ContestDaysForm",
    "ContestForm",
    "JoinForm",
    "PointsForm",
    "SearchForm",
    "SeasonForm",
    "ThankForm",
    "WishForm",
]
