"""How a scenario is written in JSON, for files and programs alike: what may stand where, and what is refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from floorwalker.apps.learning.rules.checking import MOST_FACTS, MOST_NODES, MOST_OPTIONS, MOST_STEPS
from floorwalker.apps.learning.rules.flow import Flow, from_json

Key = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[-a-zA-Z0-9_]+$")]
To = Annotated[str, Field(max_length=60, description="The line it leads to; empty: nowhere yet.")]
Keys = Annotated[list[Key], Field(max_length=20)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class FactShape(Shape):
    key: Key
    text: str = Field(max_length=200)


class StepShape(Shape):
    key: Key
    text: str = Field(max_length=200)
    weight: int = Field(1, ge=1, le=100)


class MomentShape(Shape):
    text: str = Field(max_length=200, description="What in the line sets emotions off.")
    controllable: bool = Field(description="By the agent.")
    minutes: int = Field(5, ge=1, le=60, description="Of a training in which it is talked over.")


class OptionShape(Shape):
    key: Key
    text: str = Field(max_length=500)
    to: To
    steps: Keys = Field(default=[], description="Steps it meets.")
    needs: Keys = Field(default=[], description="Facts it builds on: it counts only after they were stated.")


class OwnWordsShape(Shape):
    phrases: list[Annotated[str, Field(max_length=120)]] = Field(
        max_length=10, description="Each must be said; “sorry / apologise” is either."
    )
    to: To
    steps: Keys = []
    needs: Keys = []
    otherwise: To = ""


class NodeShape(Shape):
    key: Key
    line: str = Field(max_length=1000, description="What the customer says.")
    options: list[OptionShape] = Field(default=[], max_length=MOST_OPTIONS)
    own_words: OwnWordsShape | None = None
    states: Keys = Field(default=[], description="Facts the line states.")
    moment: MomentShape | None = None
    outcome: Literal["", "solved", "agreed", "lost"] = Field("", description="Makes it an end.")


class FlowShape(Shape):
    """A scenario. A draft may be unfinished: what is missing is told when it is to be put in force."""

    start: To = ""
    nodes: list[NodeShape] = Field(default=[], max_length=MOST_NODES)
    facts: list[FactShape] = Field(default=[], max_length=MOST_FACTS)
    steps: list[StepShape] = Field(default=[], max_length=MOST_STEPS)
    setting: str = Field("", max_length=1000, description="What the player knows before the first line.")

    def flow(self) -> Flow:
        return from_json(self.model_dump())


class NotAScenario(ValueError):
    """What was read is no scenario; the text names the place, the value and what is allowed there."""


def flow_of(told: Any) -> Flow:
    """A flow from what JSON held. Raises NotAScenario."""
    try:
        return FlowShape.model_validate(told).flow()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(each) for each in first["loc"]) or "the file"
        value = repr(first["input"])
        value = value if len(value) <= 80 else f"{value[:79]}…"
        more = error.error_count() - 1
        rest = f" ({more} more like this)" if more else ""
        raise NotAScenario(f"{place} is {value}, and here is allowed: {_allowed(first)}{rest}") from error


def _allowed(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "no field of this name"
    if error["type"] == "missing":
        return "nothing without this field"
    return str(error["msg"]).removeprefix("Input should be ").removeprefix("a valid ")
