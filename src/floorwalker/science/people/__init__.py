"""People compared fairly: agreement of raters, scores taken apart, what a talk or a thanks changed."""

from floorwalker.science.people.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha
from floorwalker.science.people.double_scoring import DoubleScore, worth_scoring_twice
from floorwalker.science.people.effect import Effect
from floorwalker.science.people.effects import EffectOfEvents, Event, Panel, effect_of_events
from floorwalker.science.people.intraclass import IntraclassCorrelation, intraclass_correlation
from floorwalker.science.people.raters import ItemScores, RaterModel, Spread

__all__ = [
    "DoubleScore",
    "Effect",
    "EffectOfEvents",
    "Event",
    "IntraclassCorrelation",
    "ItemScores",
    "Panel",
    "RaterModel",
    "Spread",
    "cohen_kappa",
    "effect_of_events",
    "fleiss_kappa",
    "intraclass_correlation",
    "krippendorff_alpha",
    "worth_scoring_twice",
]
