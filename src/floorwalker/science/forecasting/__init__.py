"""Volume and handling time ahead, with honest width."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from floorwalker.science.forecasting.backtesting import Backtest, Chosen, backtest
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
    from floorwalker.science.forecasting.queue_forecast import (
        QueueForecast,
        days_before,
        forecast_queue,
        next_week,
    )
    from floorwalker.science.forecasting.reforecasting import DayFactor, day_factor, reforecast
    from floorwalker.science.forecasting.scenarios import (
        Growth,
        NewClient,
        NewSkill,
        Scale,
        Scenario,
        apply_scenarios,
    )
    from floorwalker.science.forecasting.slot_mean import SlotMean
    from floorwalker.science.forecasting.trials import Scores, Trial
    from floorwalker.science.forecasting.words import Peak, profile_in_words

# A plan read from a file needs no method, and a slot mean no boosting: each is loaded when first asked for.
_HOMES = {
    "Backtest": "backtesting",
    "Boosting": "boosting",
    "Calendar": "calendar",
    "Change": "cleaning",
    "ChangeKind": "cleaning",
    "Choice": "choice",
    "Chosen": "backtesting",
    "Cleaned": "cleaning",
    "Combination": "combination",
    "ContactMix": "mix",
    "CountRegression": "count_regression",
    "DayFactor": "reforecasting",
    "DayProfile": "day_profile",
    "Demand": "demand",
    "Earned": "blending",
    "Forecast": "forecast",
    "Growth": "scenarios",
    "HandlingTime": "handling_time",
    "Method": "method",
    "MixForecast": "mix",
    "NewClient": "scenarios",
    "NewSkill": "scenarios",
    "OpeningHours": "opening",
    "Peak": "words",
    "QueueForecast": "queue_forecast",
    "Scale": "scenarios",
    "Scenario": "scenarios",
    "Scores": "trials",
    "SlotMean": "slot_mean",
    "Spread": "forecast",
    "TrackRecord": "blending",
    "Trial": "trials",
    "apply_scenarios": "scenarios",
    "backtest": "backtesting",
    "blend": "blending",
    "choose": "choice",
    "choose_each": "choice",
    "clean": "cleaning",
    "day_factor": "reforecasting",
    "days_before": "queue_forecast",
    "default_methods": "choice",
    "earn": "blending",
    "forecast_queue": "queue_forecast",
    "next_week": "queue_forecast",
    "profile_in_words": "words",
    "reforecast": "reforecasting",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


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
    "QueueForecast",
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
    "days_before",
    "default_methods",
    "earn",
    "forecast_queue",
    "next_week",
    "profile_in_words",
    "reforecast",
]
