"""What people type about agents."""

from floorwalker.apps.people.forms.agents import (
    AgentForm,
    FilterForm,
    LeaveForm,
    MoveForm,
    NameEndForm,
    NameForm,
    NewAgentForm,
    SignInForm,
    SkillForm,
)
from floorwalker.apps.people.forms.importing import ApplyForm, MappingForm, UploadForm

__all__ = [
    "AgentForm",
    "ApplyForm",
    "FilterForm",
    "LeaveForm",
    "MappingForm",
    "MoveForm",
    "NameEndForm",
    "NameForm",
    "NewAgentForm",
    "SignInForm",
    "SkillForm",
    "UploadForm",
]
