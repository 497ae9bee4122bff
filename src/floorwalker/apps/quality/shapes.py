"""What programs send to quality, and what they get."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from floorwalker.apps.quality.rules import forms as rules
from floorwalker.kernel.api import In, Out

AnyChannel = Literal["", "phone", "chat", "email"]


class EvaluationFormOut(Out):
    id: int
    name: str
    client_id: int | None = Field(description="None: every client without a form of its own.")
    channel: str = Field(description="Empty: every channel.")
    archived: bool


class AnchorShape(In):
    value: str = Field(min_length=1, max_length=30)
    share: float = Field(ge=0, le=1, description="Of the item's points.")
    sentence: str = Field(max_length=300, description="What this answer looks like.")


class ConditionShape(In):
    item: str = Field(max_length=60)
    answers: list[str] = Field(min_length=1, max_length=12)


class ItemShape(In):
    key: str = Field(
        min_length=1, max_length=60, pattern=r"^[-a-zA-Z0-9_]+$", description="Stable across versions."
    )
    text: str = Field(max_length=300)
    weight: float = Field(ge=0, le=1000)
    anchors: list[AnchorShape] = Field(max_length=12)
    may_not_apply: bool = False
    critical: bool = False
    controlled_by: Literal["agent", "system", "process", "policy", "product", "customer"] = "agent"
    expectation: str = Field("", max_length=1000)
    condition: ConditionShape | None = None


class SectionShape(In):
    title: str = Field(min_length=1, max_length=120)
    items: list[ItemShape] = Field(max_length=200)


class FormShape(In):
    sections: list[SectionShape] = Field(max_length=60)

    def words(self) -> rules.FormContent:
        return rules.from_json(self.dict())


class AgreedOut(Out):
    name: str
    at: datetime
    round: int | None = Field(description="The round in which the weights were found; none: written so.")
    said: str = Field(description="yes, no, or empty for nothing")


class FormVersionOut(Out):
    id: int
    form_id: int
    number: int
    state: str
    content: dict[str, Any]
    made_by: str
    made_at: datetime
    in_force_from: datetime | None
    agreed: list[AgreedOut] = Field(description="Who was asked about its weights, and what they said.")
    version: int = Field(description="Send it back when changing; an older one answers 409.")


class NewForm(In):
    name: str = Field(min_length=1, max_length=120)
    client_id: int | None = None
    channel: AnyChannel = ""
    content: FormShape


class NamedForm(In):
    name: str = Field(min_length=1, max_length=120)
    client_id: int | None = None
    channel: AnyChannel = ""


class ChangedDraft(In):
    content: FormShape
    version: int = Field(ge=1)


class PublishingForm(In):
    version: int = Field(ge=1)


class ConversationOut(Out):
    id: int
    key: str
    agent_id: int
    channel: str
    queue_name: str
    started_at: datetime
    seconds: int
    hold_seconds: int | None
    reason: str
    disposition: str


class TurnsOut(ConversationOut):
    turns: list[dict[str, Any]] = Field(description="Speaker, seconds from the beginning, redacted text.")


class TurnIn(In):
    speaker: str = Field(max_length=40, description="agent, customer or system.")
    at: float | None = Field(None, description="Seconds from the beginning.")
    text: str = Field(max_length=20000)


class ConversationIn(In):
    key: str = Field(max_length=400, description="What your system calls it; the same again is a duplicate.")
    agent: str = Field(max_length=400)
    client: str = Field("", max_length=400, description="By name; empty: that of the upload.")
    channel: str = Field("phone", max_length=40)
    queue: str = Field("", max_length=400)
    started_at: str = Field(max_length=60, description="Without a zone it is in yours.")
    seconds: float | None = None
    hold_seconds: float | None = None
    reason: str = Field("", max_length=400)
    disposition: str = Field("", max_length=400)
    names: list[str] = Field(default_factory=list, max_length=50, description="Of customers: taken out.")
    turns: list[TurnIn] = Field(max_length=2000)


class ConversationsIn(In):
    client_id: int = Field(description="Of conversations that name none.")
    system: str = Field("", max_length=60, description="Whose names of agents these are; empty: our numbers.")
    conversations: list[ConversationIn] = Field(min_length=1, max_length=500)


class ConversationUploadOut(Out):
    id: int
    file_name: str
    uploaded_at: datetime
    applied_at: datetime | None = Field(description="None: only looked at so far; nothing is stored.")


class RejectOut(Out):
    line: int
    why: str


class ConversationPreviewOut(ConversationUploadOut):
    read: int = Field(description="read = stored + duplicates + rejected")
    stored: int = Field(description="New ones, or what was stored.")
    duplicates: int
    rejected: int
    rejects: list[RejectOut]


class ReviewOut(Out):
    id: int
    conversation_id: int
    agent_id: int
    form_version_id: int
    evaluator_id: int
    why: str
    state: str
    drawn_at: datetime
    due: datetime
    self_due: datetime | None = Field(description="Until when the agent is asked first; none: offered.")
    self_handed_in_at: datetime | None
    released_at: datetime | None
    acknowledged_at: datetime | None
    closed_at: datetime | None
    version: int = Field(description="Send it back when evaluating or deciding; an older one answers 409.")


class ReviewScoreOut(ReviewOut):
    score: float | None = Field(description="Of what the agent controls; none while it is blind to you.")
    all_points: float | None
    self_score: float | None
    answers: list[dict[str, Any]] = Field(description="Side, item, value: as far as they are shown to you.")
    words: list[dict[str, Any]] = Field(description="Side, about, text: to the agent, evaluator and decider.")


class EvaluationAnswer(In):
    value: str = Field("", max_length=30, description="Empty takes an answer back; “na” where it does not apply.")
    seconds: int | None = Field(None, ge=0, le=86400, description="Where in the conversation.")
    comment: str = Field("", max_length=2000)


class SelfEvaluating(In):
    answers: dict[str, EvaluationAnswer]
    finish: bool = False


class Evaluating(SelfEvaluating):
    version: int = Field(ge=1)
    went_well: str = Field("", max_length=4000)
    to_improve: str = Field("", max_length=4000)


class CheckMe(In):
    question: str = Field("", max_length=2000)


class Doubting(In):
    words: str = Field(min_length=1, max_length=4000)


class Deciding(Doubting):
    version: int = Field(ge=1)
    changes: bool = False
    answers: dict[str, EvaluationAnswer] = Field(default_factory=dict)


class ClosingReview(In):
    went_well: str = Field(min_length=1, max_length=4000)
    to_improve: str = Field(min_length=1, max_length=4000)


class TakingOver(In):
    version: int = Field(ge=1)


class DroppingReview(In):
    words: str = Field(min_length=1, max_length=4000, description="Why; the agent reads it.")


class OverdueOut(Out):
    agent_id: int
    last_review: datetime | None = Field(description="When one was last shown to them; none: never.")
    days_overdue: int
    under_way: bool = Field(description="One is drawn or evaluated and not shown yet.")
    cadence_days: int
    planned: bool = Field(description="By an active plan; else thirty days are meant.")


class LostPointOut(Out):
    controlled_by: str
    item: str
    contacts: int
    points: float
    share: float = Field(description="Of the contacts scored in that time.")


class ScoreSumOut(Out):
    month: datetime = Field(description="Of the contacts.")
    client: str
    agents: int
    reviews: int | None = Field(description="None for fewer than five agents.")
    score: float | None
    score_low: float | None = Field(description="Of the interval of 95 %, by agents.")
    score_high: float | None
    all_points: float | None
    target: int | None = Field(description="Agreed with the client, as in force on the last day of the month.")
    against_target: str = Field(
        description="kept or missed where the whole interval says so, else open; empty without a target."
    )


class GiveNotice(In):
    purpose: str = Field(min_length=1, max_length=500, description="What scores are for.")
    told_on: date = Field(description="By when everybody who is scored was told.")
    reviewer: str = Field(min_length=1, max_length=200, description="Who looks at a contested score.")


class AssessmentNoticeOut(Out):
    id: int
    purpose: str
    told_on: date
    reviewer: str
    by_name: str
    at: datetime


class AgreeTarget(In):
    client_id: int
    score: int = Field(ge=1, le=100, description="Average over all agents who serve the client.")
    starts: date
    note: str = Field("", max_length=300)


class QualityTargetOut(Out):
    id: int
    client_id: int
    score: int
    starts: date
    note: str
    by_name: str
    at: datetime


class CadenceAsked(In):
    cadence: Literal["", "14", "30"] = Field("", description="Empty: each agent's own, by the active plans.")


class DaysAsked(In):
    days: Literal["30", "90", "365"] = "90"


class ReviewFilter(In):
    state: Literal["", "open", "drawn", "scored", "released", "disputed", "decided", "closed", "dropped"] = ""
    agent_id: int | None = None
    mine: bool = False
