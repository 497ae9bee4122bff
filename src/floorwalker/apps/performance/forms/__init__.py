"""What people type about figures and goals."""

from floorwalker.apps.performance.forms.files import TeamForm, UploadForm
from floorwalker.apps.performance.forms.goals import AgreeForm, AnswerForm, GoalForm

__all__ = ["AgreeForm", "AnswerForm", "GoalForm", "TeamForm", "UploadForm"]
