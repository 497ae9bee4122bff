"""What people type in coaching."""

from floorwalker.apps.coaching.forms.feedback import GiveForm, HandOnForm, OpenForm, ReplyForm
from floorwalker.apps.coaching.forms.floor import LimitForm
from floorwalker.apps.coaching.forms.groups import (
    CancelGroupForm,
    CloseGroupForm,
    HoldGroupForm,
    PlanGroupForm,
    SheetForm,
    TimeForm,
    VersionForm,
)

__all__ = [
    "CancelGroupForm",
    "CloseGroupForm",
    "GiveForm",
    "HandOnForm",
    "HoldGroupForm",
    "LimitForm",
    "OpenForm",
    "PlanGroupForm",
    "ReplyForm",
    "SheetForm",
    "TimeForm",
    "VersionForm",
]
