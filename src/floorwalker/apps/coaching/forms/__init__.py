"""What people type in coaching."""

from floorwalker.apps.coaching.forms.feedback import GiveForm, HandOnForm, OpenForm, ReplyForm
from floorwalker.apps.coaching.forms.floor import LimitForm

__all__ = ["GiveForm", "HandOnForm", "LimitForm", "OpenForm", "ReplyForm"]
