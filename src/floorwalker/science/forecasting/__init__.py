"""Volume and handling time ahead, with honest width."""

from floorwalker.science.forecasting.backtest import Backtest, Chosen, backtest
from floorwalker.science.forecasting.blending import Earned, TrackRecord, blend, earn
from floorwalker.science.forecasting.boosting import Boosting
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.choice import Choice, choose, choose_each, default_methods
from floorwalker.science.forecasting.cleaning import Change, ChangeKind, Cleaned, clean
from floorwalker.science.forecasting.combination import Combination
from floorwalker.science.forecasting.count_regression import CountRegression
from floorwalker.science.forecasting.day_profile import DayProfile
from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.forecasting.forecast import Forecast, Spread
from floorwalker.science.forecasting.handling_time import HandlingTime
from floorwalker.science.forecasting.method import Method
from floorwalker.science.forecasting.mix import ContactMix, MixForecast
from floorwalker.science.forecasting.opening import OpeningHours
from floorwalker.science.forecasting.reforecast import DayFactor, day_factor, reforecast
from floorwalker.science.forecasting.scenarios import Growth, NewClient, NewSkill, Scale, Scenario, apply_scenarios
from floorwalker.science.forecasting.slot_mean import SlotMean
from floorwalker.science.forecasting.trials import Scores, Trial
from floorwalker.science.forecasting.words import Peak, profile_in_words

__all__ = [
    "Backtest",
    "Boosting",
    "Calendar",
    "Change",
    "ChangeKind",
    "Choice",
    "Chosen",
    "Cleaned",
    "Combination",
    "ContactMix",
    "CountRegression",
    "DayFactor",
    "DayProfile",
    "Demand",
    "Earned",
    "Forecast",
    "Growth",
    "HandlingTime",
    "Method",
    "MixForecast",
    "NewClient",
    "NewSkill",
    "OpeningHours",
    "Peak",
    "Scale",
    "Scenario",
    "Scores",
    "SlotMean",
    "Spread",
    "TrackRecord",
    "Trial",
    "apply_scenarios",
    "backtest",
    "blend",
    "choose",
    "choose_each",
    "clean",
    "day_factor",
    "default_methods",
    "earn",
    "profile_in_words",
    "reforecast",
]
