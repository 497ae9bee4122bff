"""What people type about figures, goals and aims."""

from floorwalker.apps.performance.forms.aims import AimForm, EndAimForm, RoleForm, TeamGoalForm
from floorwalker.apps.performance.forms.files import TeamForm, UploadForm
from floorwalker.apps.performance.forms.goals import AgreeForm, AnswerForm, GoalForm

__all__ = [
    "AgreeForm",
    "AimForm",
    "AnswerForm",
    "EndAimForm",
    "GoalForm",
    "RoleForm",
    "TeamForm",
    "TeamGoalForm",
    "UploadForm",
]
