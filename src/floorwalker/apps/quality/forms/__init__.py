"""What people type in quality."""

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

__all__ = [
    "FilterForm",
    "HandbookForm",
    "ItemForm",
    "NameForm",
    "SectionForm",
    "TrialForm",
    "UploadForm",
]
