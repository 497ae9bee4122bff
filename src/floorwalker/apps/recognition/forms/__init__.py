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
from floorwalker.apps.recognition.forms.points import (
    BudgetForm,
    ChangeBudgetForm,
    GiveForm,
    IncentiveForm,
    LeavingForm,
    WhatIfForm,
    WhyForm,
    WinnerForm,
    an_operation,
    day_field,
)
from floorwalker.apps.recognition.forms.rewards import (
    AskForm,
    FunDayForm,
    OfferForm,
    PhotoForm,
    ShowForm,
    VoteForm,
    WishForRewardForm,
)
from floorwalker.apps.recognition.forms.thanks import (
    SearchForm,
    ThankForm,
    WishForm,
)

__all__ = [
    "AnswerForm",
    "AskForm",
    "BudgetForm",
    "CallOffForm",
    "ChangeBudgetForm",
    "ContestDaysForm",
    "ContestForm",
    "FunDayForm",
    "GiveForm",
    "IncentiveForm",
    "JoinForm",
    "LeavingForm",
    "OfferForm",
    "PhotoForm",
    "PointsForm",
    "SearchForm",
    "SeasonForm",
    "ShowForm",
    "ThankForm",
    "VoteForm",
    "WhatIfForm",
    "WhyForm",
    "WinnerForm",
    "WishForRewardForm",
    "WishForm",
    "an_operation",
    "day_field",
]
