"""What people type about demand."""

from __future__ import annotations

from floorwalker.apps.demand.forms.agreements import (
    ExpectationForm,
    FirstForecastForm,
    IssueForm,
    ItemForm,
    LaunchForm,
    TakeForm,
    TrainingForm,
    expectation_initial,
)
from floorwalker.apps.demand.forms.clients import ClientForecastForm
from floorwalker.apps.demand.forms.forecasts import (
    OverrideForm,
    ReasonForm,
    RunForm,
    SpecialDayForm,
    VouchForm,
)
from floorwalker.apps.demand.forms.history import PlacingForm, QuestionForm, ReadingForm, UploadForm, placing_forms
from floorwalker.apps.demand.forms.queues import EndNameForm, NameForm, QueueForm, queue_initial

__all__ = [
    "ClientForecastForm",
    "EndNameForm",
    "ExpectationForm",
    "FirstForecastForm",
    "IssueForm",
    "ItemForm",
    "LaunchForm",
    "NameForm",
    "OverrideForm",
    "PlacingForm",
    "QuestionForm",
    "QueueForm",
    "ReadingForm",
    "ReasonForm",
    "RunForm",
    "SpecialDayForm",
    "TakeForm",
    "TrainingForm",
    "UploadForm",
    "VouchForm",
    "expectation_initial",
    "placing_forms",
    "queue_initial",
]
