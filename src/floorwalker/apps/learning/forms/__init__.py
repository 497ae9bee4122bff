"""What people type in learning."""

from floorwalker.apps.learning.forms.bank import (
    AgendaForm,
    HandbookForm,
    LineFilterForm,
    LinesFileForm,
    MomentFilterForm,
    ScenarioFileForm,
)
from floorwalker.apps.learning.forms.writing import (
    AnswerForm,
    FactForm,
    LineForm,
    NewLineForm,
    OwnWordsForm,
    PublishForm,
    ScenarioForm,
    SettingForm,
    StepForm,
)

__all__ = [
    "AgendaForm",
    "AnswerForm",
    "FactForm",
    "HandbookForm",
    "LineFilterForm",
    "LineForm",
    "LinesFileForm",
    "MomentFilterForm",
    "NewLineForm",
    "OwnWordsForm",
    "PublishForm",
    "ScenarioFileForm",
    "ScenarioForm",
    "SettingForm",
    "StepForm",
]
