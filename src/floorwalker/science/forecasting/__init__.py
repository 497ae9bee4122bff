"""Volume and handling time ahead, with honest width."""

from floorwalker.science.forecasting.backtest import Backtest, Chosen, backtest
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.choice import Choice, choose, choose_each, default_methods
from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.forecasting.forecast import Forecast, Spread
from floorwalker.science.forecasting.method import Method
from floorwalker.science.forecasting.opening import OpeningHours
from floorwalker.science.forecasting.slot_mean import SlotMean
from floorwalker.science.forecasting.trials import Scores, Trial

__all__ = [
    "Backtest",
    "Calendar",
    "Choice",
    "Chosen",
    "Demand",
    "Forecast",
    "Method",
    "OpeningHours",
    "Scores",
    "SlotMean",
    "Spread",
    "Trial",
    "backtest",
    "choose",
    "choose_each",
    "default_methods",
]
