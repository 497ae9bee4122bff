"""Made-up centres with planted truths: corner (20 people), harbour (120), any size to 20,000."""

from floorwalker.science.sample.centre import Centre, make_centre
from floorwalker.science.sample.export import to_files, to_frames
from floorwalker.science.sample.plan import CentrePlan, Handling, Peak, QueuePlan, SitePlan, Volume
from floorwalker.science.sample.presets import PRESETS, corner, harbour, sized
from floorwalker.science.sample.staff import Agent, Supervisor, Team

__all__ = [
    "PRESETS",
    "Agent",
    "Centre",
    "CentrePlan",
    "Handling",
    "Peak",
    "QueuePlan",
    "SitePlan",
    "Supervisor",
    "Team",
    "Volume",
    "corner",
    "harbour",
    "make_centre",
    "sized",
    "to_files",
    "to_frames",
]
