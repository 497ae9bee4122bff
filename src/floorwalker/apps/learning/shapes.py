"""What programs send to learning, and what they get."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from floorwalker.apps.learning.rules.shape import FlowShape
from floorwalker.kernel.api import In, Out


class ScenarioOut(Out):
    id: int
    name: str
    about: str
    keeper_id: int
    look_again_on: date
    retired_at: datetime | None


class ScenarioVersionOut(Out):
    id: int
    scenario_id: int
    number: int
    state: str
    content: dict[str, Any] = Field(description="Lines, answers, steps and facts, as they are sent.")
    made_by: str
    made_at: datetime
    in_force_from: datetime | None
    changed: str
    version: int = Field(description="Send it back when changing; an older one answers 409.")


class NewScenario(In):
    name: str = Field(min_length=1, max_length=120)
    about: str = Field("", max_length=300)
    content: FlowShape = FlowShape()


class DescribedScenario(In):
    name: str = Field(min_length=1, max_length=120)
    about: str = Field("", max_length=300)


class ChangedScenario(In):
    content: FlowShape
    version: int = Field(ge=1)


class PublishingScenario(In):
    version: int = Field(ge=1)
    changed: str = Field("", max_length=300, description="Empty: it is counted.")


class RetiringScenario(In):
    retired: bool = True


class CopiedScenario(In):
    name: str = Field(min_length=1, max_length=120)


class FlawOut(Out):
    code: str
    line: str = Field(description="The key of the line; empty: the whole.")
    answer: str = Field(description="The key of the answer; own: own words.")
    words: str


class ScenarioCheckOut(Out):
    sound: bool
    by_chance: float | None = Field(description="How often answers at random complete it, 0 to 1.")
    flaws: list[FlawOut]


class WayOut(Out):
    line: str
    answer: str = Field(description="Empty: own words.")
    chosen: int


class ScenarioPlayedOut(Out):
    players: int
    plays: int
    complete: int
    never: int
    ways: list[WayOut] | None = Field(description="None: fewer than five people have played it.")


class CustomerLineOut(Out):
    id: int
    text: str
    reason: str
    offensive: bool
    source: str


class CustomerLineIn(In):
    text: str = Field(min_length=1, max_length=500)
    reason: str = Field(min_length=1, max_length=80)
    offensive: bool = False


class CustomerLinesIn(In):
    source: str = Field(min_length=1, max_length=120)
    lines: list[CustomerLineIn] = Field(min_length=1, max_length=2000)


class TakenLinesOut(Out):
    new: int
    known: int
    offensive: int
    left_out: int


class LineFilter(In):
    reason: str = Field("", max_length=80)
    words: str = Field("", max_length=80)
    offensive: Literal["", "with", "only"] = Field("", description="Empty: left out.")

    def wanted(self) -> dict[str, Any]:
        offensive = {"": False, "with": None, "only": True}[self.offensive]
        return {"reason": self.reason, "words": self.words, "offensive": offensive}


class MarkedLine(In):
    offensive: bool


class MomentOut(Out):
    id: int
    version_id: int
    node: str
    line: str
    text: str
    controllable: bool
    minutes: int


class AgendaIn(In):
    minutes: int = Field(60, ge=15, le=240)
    share: float = Field(0.2, ge=0.05, le=0.8, description="Of the minutes, for moments that set emotions off.")
    kind: Literal["", "controllable", "given"] = ""


class AgendaSlotOut(Out):
    kind: str
    begins: int
    minutes: int
    moment_id: int | None


class HandbookOut(Out):
    id: int
    name: str
    at: datetime
    n_kinds: int = Field(description="How many kinds of contact it holds; they have pages of their own.")

    @staticmethod
    def resolve_n_kinds(row: Any) -> int:
        return len(row.drafts)


class HandbookKindOut(Out):
    kind: str
    steps: int
    about: str


class HandbookIn(In):
    name: str = Field(min_length=1, max_length=200)
    handbook: dict[str, Any] = Field(description="Flows with their kinds of contact under subflows.")


class HandbookKindIn(In):
    kind: str = Field(min_length=1, max_length=120)
    name: str = Field("", max_length=120, description="Of the scenario; empty: as the kind of contact.")


class PlayOut(Out):
    id: int
    version_id: int
    agent_id: int
    purpose: str
    state: str
    began_at: datetime
    finished_at: datetime | None
    seconds: float
    completeness: float
    complete: bool
    outcome: str


class PlayOptionOut(Out):
    key: str
    text: str


class StandingLineOut(Out):
    number: int
    line: str
    options: list[PlayOptionOut]
    own_words: bool


class PlayStepOut(Out):
    text: str
    weight: int
    met: bool


class PlayNowOut(PlayOut):
    standing: StandingLineOut | None = Field(description="The line that waits for an answer.")
    steps: list[PlayStepOut] | None = Field(description="Once it is over.")
    facts_passed_over: list[str]


class PlayAnswerIn(In):
    number: int = Field(ge=1, le=100, description="Of the line that is answered.")
    option: str = Field("", max_length=60)
    words: str = Field("", max_length=1000)


class PlayLineShown(In):
    number: int = Field(ge=1, le=100, description="Of the line.")


class NeverTakenOut(Out):
    line: str
    answers: list[str] = Field(description="Empty text: an answer in own words.")
