"""Pages of required staff, and of published weeks put to a question."""

from __future__ import annotations

from floorwalker.apps.capacity.views.required import (
    again,
    order,
    order_progress,
    policy,
    required,
    simulate,
    warnings,
    week_csv,
    why,
)
from floorwalker.apps.capacity.views.studies import (
    ask_callbacks,
    ask_model,
    ask_study,
    skills,
    study,
    study_csv,
    study_model,
)

__all__ = [
    "again",
    "ask_callbacks",
    "ask_model",
    "ask_study",
    "order",
    "order_progress",
    "policy",
    "required",
    "simulate",
    "skills",
    "study",
    "study_csv",
    "study_model",
    "warnings",
    "week_csv",
    "why",
]
