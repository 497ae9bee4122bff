"""What people type about demand."""

from __future__ import annotations

from floorwalker.apps.demand.forms.history import PlacingForm, QuestionForm, ReadingForm, UploadForm, placing_forms
from floorwalker.apps.demand.forms.queues import EndNameForm, NameForm, QueueForm, queue_initial

__all__ = [
    "EndNameForm",
    "NameForm",
    "PlacingForm",
    "QuestionForm",
    "QueueForm",
    "ReadingForm",
    "UploadForm",
    "placing_forms",
    "queue_initial",
]
