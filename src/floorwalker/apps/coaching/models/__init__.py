"""Tables of coaching: `feedback` and who reads it, `touches` that tell when somebody was last spoken to."""

from floorwalker.apps.coaching.models.feedback import Behaviour, Feedback, FeedbackReply, HandOn, Opening
from floorwalker.apps.coaching.models.touches import FloorSetting, Touch

__all__ = ["Behaviour", "Feedback", "FeedbackReply", "FloorSetting", "HandOn", "Opening", "Touch"]
