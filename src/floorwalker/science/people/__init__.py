"""People compared fairly: raters agreeing, scores taken apart, what a talk, a thanks or a contest changed."""

from floorwalker.science.people.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha
from floorwalker.science.people.double_scoring import DoubleScore, worth_scoring_twice
from floorwalker.science.people.effect import Effect
from floorwalker.science.people.effects import EffectOfEvents, Event, Panel, effect_of_events
from floorwalker.science.people.harm import HarmCheck, HarmOfMeasure, PersonDays, Worse, check_harm
from floorwalker.science.people.intraclass import IntraclassCorrelation, intraclass_correlation
from floorwalker.science.people.raters import ItemScores, RaterModel, Spread
from floorwalker.science.people.rings import Favour, Ring, RingSearch, find_rings

__all__ = [
    "DoubleScore",
    "Effect",
    "EffectOfEvents",
    "Event",
    "Favour",
    "HarmCheck",
    "HarmOfMeasure",
    "IntraclassCorrelation",
    "ItemScores",
    "Panel",
    "PersonDays",
    "RaterModel",
    "Ring",
    "RingSearch",
    "Spread",
    "Worse",
    "check_harm",
    "cohen_kappa",
    "effect_of_events",
    "find_rings",
    "fleiss_kappa",
    "intraclass_correlation",
    "krippendorff_alpha",
    "worth_scoring_twice",
]
