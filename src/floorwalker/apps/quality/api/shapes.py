"""What programs send to calibrations and phrases, and what they get."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from floorwalker.kernel.api import In, Out


class CalibrationOut(Out):
    id: int
    conversation_id: int
    form_version_id: int
    owner_id: int
    state: str = Field(description="open or closed")
    opened_at: datetime
    due: datetime
    closed_at: datetime | None


class CalibrationDetailOut(CalibrationOut):
    participants: list[dict[str, Any]] = Field(description="Name, and whether they have scored.")
    scores: list[dict[str, Any]] = Field(description="Participant, score, answers: once it is closed.")
    coefficients: list[dict[str, Any]] = Field(
        description="Name, value, number of items or contacts, why it is silent: once it is closed and computed."
    )
    readings: list[dict[str, Any]] = Field(description="Item, and how it is read from now on.")


class NewCalibration(In):
    participants: list[int] = Field(min_length=2, max_length=50, description="Users who may evaluate the agent.")
    last_day: date


class ScoringCalibration(In):
    answers: dict[str, str] = Field(description="By item; an empty one takes an answer back.")
    comments: dict[str, str] = Field(default_factory=dict)
    finish: bool = False


class AgreeingReading(In):
    text: str = Field("", max_length=1000)


class RaterOut(Out):
    evaluator_id: int
    evaluations: int
    points: float | None = Field(description="Above or below the mean of all; none where nothing can be said.")
    low: float | None
    high: float | None
    silent: str = Field(description="few, strangers, or empty.")
    fitted_at: datetime


class AdjustedOut(Out):
    adjusted: float | None
    low: float | None
    high: float | None
    raw: float | None = Field(description="The mean as it was given, items counting alike.")
    evaluations: int
    sentence: str


class PhraseOut(Out):
    id: int
    text: str
    said_by: str
    owner_topic: str = Field(description="Who could mend it.")
    controllable: bool = Field(description="Whether it is in the agent's hands.")
    client_id: int | None = Field(description="None: looked for in contacts of every client.")
    archived: bool
    contacts: int = Field(description="In which it was said in the last 30 days.")
    labelled: int = Field(description="Spots a person looked at.")
    precision: float | None = Field(description="Of those, how many were right; none below 20.")
    precision_low: float | None
    precision_high: float | None


class NewPhrase(In):
    text: str = Field(min_length=2, max_length=120)
    said_by: Literal["customer", "agent"]
    owner_topic: Literal["agent", "system", "process", "policy", "product", "customer"]
    client_id: int | None = None


class KeptPhraseOut(Out):
    id: int
    text: str
    archived: bool


class SpotOut(Out):
    conversation_id: int
    turn: int = Field(description="From 0.")


class LabellingTurn(In):
    conversation_id: int
    turn: int = Field(ge=0)
    present: bool


class LabelOut(Out):
    conversation_id: int
    turn: int
    spotted: bool
    present: bool
