"""Made-up centres with planted truths: corner (20 people), harbour (120), any size to 20,000."""

from floorwalker.science.sample.centre import Centre, make_centre
from floorwalker.science.sample.export import to_files, to_frames
from floorwalker.science.sample.judged import (
    Conversation,
    Judged,
    JudgedContacts,
    QualityTruth,
    Turn,
    judged_contacts,
)
from floorwalker.science.sample.lived import LivedWeek, live
from floorwalker.science.sample.plan import CentrePlan, Handling, Peak, QueuePlan, SitePlan, Volume
from floorwalker.science.sample.presets import PRESETS, corner, harbour, sized
from floorwalker.science.sample.sayings import (
    CLOSINGS,
    LOOKALIKES,
    OPENINGS,
    PLAIN,
    PLANTED,
    REASONS,
    TRIGGERS,
    Trigger,
)
from floorwalker.science.sample.staff import Agent, Supervisor, Team

__all__ = [
    "CLOSINGS",
    "LOOKALIKES",
    "OPENINGS",
    "PLAIN",
    "PLANTED",
    "PRESETS",
    "REASONS",
    "TRIGGERS",
    "Agent",
    "Centre",
    "CentrePlan",
    "Conversation",
    "Handling",
    "Judged",
    "JudgedContacts",
    "LivedWeek",
    "Peak",
    "QualityTruth",
    "QueuePlan",
    "SitePlan",
    "Supervisor",
    "Team",
    "Trigger",
    "Turn",
    "Volume",
    "corner",
    "harbour",
    "judged_contacts",
    "live",
    "make_centre",
    "sized",
    "to_files",
    "to_frames",
]
