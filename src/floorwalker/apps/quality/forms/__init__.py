"""What people type in quality."""

from floorwalker.apps.quality.forms.answering import (
    AnswerRow,
    AnswersForm,
    CadenceForm,
    LostForm,
    QuestionForm,
    ReviewFilterForm,
    TalkForm,
    WordsForm,
)
from floorwalker.apps.quality.forms.calibration import CalibrationForm
from floorwalker.apps.quality.forms.conversations import (
    FilterForm,
    UploadForm,
)
from floorwalker.apps.quality.forms.evaluation import (
    HandbookForm,
    ItemForm,
    NameForm,
    SectionForm,
    TrialForm,
)
from floorwalker.apps.quality.forms.notices import NoticeForm
from floorwalker.apps.quality.forms.phrases import PhraseFileForm, PhraseForm
from floorwalker.apps.quality.forms.plans import DrawsForm, PlanForm
from floorwalker.apps.quality.forms.targets import TargetForm
from floorwalker.apps.quality.forms.weights import RoundForm, WeightsForm

__all__ = [
    "AnswerRow",
    "AnswersForm",
    "CadenceForm",
    "CalibrationForm",
    "DrawsForm",
    "FilterForm",
    "HandbookForm",
    "ItemForm",
    "LostForm",
    "NameForm",
    "NoticeForm",
    "PhraseFileForm",
    "PhraseForm",
    "PlanForm",
    "QuestionForm",
    "ReviewFilterForm",
    "RoundForm",
    "SectionForm",
    "TalkForm",
    "TargetForm",
    "TrialForm",
    "UploadForm",
    "WeightsForm",
    "WordsForm",
]
