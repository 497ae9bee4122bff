"""Tables of quality."""

from floorwalker.apps.quality.models.calibration import Calibration, CalibrationScore, Reading
from floorwalker.apps.quality.models.conversations import Conversation, ConversationImport
from floorwalker.apps.quality.models.forms import Channel, Form, FormVersion
from floorwalker.apps.quality.models.notices import AssessmentNotice
from floorwalker.apps.quality.models.phrases import Owner, Phrase, PhraseLabel, Spot
from floorwalker.apps.quality.models.plans import SampleDraw, SamplePlan
from floorwalker.apps.quality.models.raters import AgentEffect, RaterEffect, RaterFit, Silence
from floorwalker.apps.quality.models.reviews import Answer, Dispute, LostPoint, Remark, Review, Side
from floorwalker.apps.quality.models.targets import QualityTarget
from floorwalker.apps.quality.models.weights import WeightRound, WeightVote, WeightVoter

__all__ = [
    "AgentEffect",
    "Answer",
    "AssessmentNotice",
    "Calibration",
    "CalibrationScore",
    "Channel",
    "Conversation",
    "ConversationImport",
    "Dispute",
    "Form",
    "FormVersion",
    "LostPoint",
    "Owner",
    "Phrase",
    "PhraseLabel",
    "QualityTarget",
    "RaterEffect",
    "RaterFit",
    "Reading",
    "Remark",
    "Review",
    "SampleDraw",
    "SamplePlan",
    "Side",
    "Silence",
    "Spot",
    "WeightRound",
    "WeightVote",
    "WeightVoter",
]
