"""Evaluation forms: what stands in them, what is wrong with one, and what answers are worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

AGENT = "agent"
CONTROLLERS = (AGENT, "system", "process", "policy", "product", "customer")
NOT_APPLICABLE = "na"


@dataclass(frozen=True)
class Anchor:
    """One answer of an item: its value, the share of the points it earns (0 to 1), and what it looks like."""

    value: str
    share: float
    sentence: str


@dataclass(frozen=True)
class Condition:
    """The item is asked only where another was answered like this."""

    item: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One thing looked at. ``key`` stays the same across versions, so that its history can be followed."""

    key: str
    text: str
    weight: float
    anchors: tuple[Anchor, ...]
    may_not_apply: bool = False
    critical: bool = False
    controlled_by: str = AGENT
    expectation: str = ""
    condition: Condition | None = None

    def share(self, value: str) -> float | None:
        """The share of the points an answer earns; None where the item has no such answer."""
        return next((each.share for each in self.anchors if each.value == value), None)


@dataclass(frozen=True)
class Section:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class FormContent:
    sections: tuple[Section, ...]

    def items(self) -> Iterator[Item]:
        for section in self.sections:
            yield from section.items

    def item(self, key: str) -> Item | None:
        return next((each for each in self.items() if each.key == key), None)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def yes_or_no(yes: str, no: str) -> tuple[Anchor, Anchor]:
    """The two answers of a step that was taken or was not."""
    return Anchor("yes", 1.0, yes), Anchor("no", 0.0, no)


def from_json(content: Mapping[str, Any]) -> FormContent:
    """A form as it was stored. Raises KeyError, TypeError or ValueError on what was not written by ``to_json``."""
    return FormContent(
        tuple(
            Section(section["title"], tuple(_item(each) for each in section["items"]))
            for section in content["sections"]
        )
    )


def _item(stored: Mapping[str, Any]) -> Item:
    condition = stored.get("condition")
    return Item(
        key=stored["key"],
        text=stored["text"],
        weight=float(stored["weight"]),
        anchors=tuple(Anchor(each["value"], float(each["share"]), each["sentence"]) for each in stored["anchors"]),
        may_not_apply=bool(stored.get("may_not_apply", False)),
        critical=bool(stored.get("critical", False)),
        controlled_by=stored.get("controlled_by", AGENT),
        expectation=stored.get("expectation", ""),
        condition=Condition(condition["item"], tuple(condition["answers"])) if condition else None,
    )


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a form, at which item (empty: the whole form). ``code`` is worded by the pages."""

    code: str
    item: str = ""


def flaws(form: FormContent) -> list[Flaw]:
    """Everything that keeps a form from being used, in its own order."""
    found = []
    items = list(form.items())
    if not any(item.controlled_by == AGENT and item.weight > 0 for item in items):
        found.append(Flaw("nothing_counts"))
    seen: list[Item] = []
    for item in items:
        found += [Flaw(code, item.key) for code in _flaws_of(item, seen)]
        seen.append(item)
    found += [Flaw("empty_section", section.title) for section in form.sections if not section.items]
    return found


def _flaws_of(item: Item, before: Sequence[Item]) -> Iterator[str]:
    if not item.key or item.key in {each.key for each in before}:
        yield "key_twice"
    if not item.text.strip():
        yield "without_text"
    if item.weight < 0:
        yield "weight_below_zero"
    values = [each.value for each in item.anchors]
    if len(values) < 2 or len(set(values)) < len(values) or NOT_APPLICABLE in values:
        yield "answers_unclear"
    shares = [each.share for each in item.anchors]
    if any(not 0 <= share <= 1 for share in shares) or (shares and max(shares) < 1):
        yield "shares_beyond_the_scale"
    if any(not each.sentence.strip() for each in item.anchors):
        yield "anchor_without_sentence"
    if item.controlled_by not in CONTROLLERS:
        yield "nobody_controls_it"
    if item.critical and (item.controlled_by != AGENT or all(share > 0 for share in shares)):
        yield "critical_cannot_fail"
    if item.condition and not _known(item.condition, before):
        yield "condition_unknown"


def _known(condition: Condition, before: Sequence[Item]) -> bool:
    """A condition names an item above it, and answers that item has."""
    asked = next((each for each in before if each.key == condition.item), None)
    return (
        asked is not None
        and bool(condition.answers)
        and all(asked.share(value) is not None for value in condition.answers)
    )


@dataclass(frozen=True)
class Lost:
    """Points an item cost, out of 100 of the whole form, and who could have kept them."""

    item: str
    points: float
    controlled_by: str


@dataclass(frozen=True)
class Score:
    """What answers are worth.

    ``points`` counts what the agent controls only, 0 to 100, and is 0 where a critical item failed; ``all_points``
    counts every item. Both are None while nothing that counts was answered.
    """

    points: float | None
    all_points: float | None
    failed_critical: tuple[str, ...]
    lost: tuple[Lost, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...] = field(default=())


def asked(form: FormContent, answers: Mapping[str, str]) -> list[Item]:
    """The items that these answers bring up, in order; a condition on an item not asked does not hold."""
    shown: dict[str, Item] = {}
    for item in form.items():
        held = item.condition is None or (
            item.condition.item in shown and answers.get(item.condition.item) in item.condition.answers
        )
        if held:
            shown[item.key] = item
    return list(shown.values())


def score(form: FormContent, answers: Mapping[str, str]) -> Score:
    """Weigh the answers. An item that does not apply weighs nothing; one not asked is not looked at."""
    shown = asked(form, answers)
    missing = tuple(item.key for item in shown if not answers.get(item.key))
    unknown = tuple(item.key for item in shown if not _understood(item, answers.get(item.key, "")))
    counted = [(item, share) for item in shown if (share := item.share(answers.get(item.key, ""))) is not None]
    own = [(item, share) for item, share in counted if item.controlled_by == AGENT]
    failed = tuple(item.key for item, share in own if item.critical and share == 0)
    whole = sum(item.weight for item, _ in counted)
    lost = tuple(
        Lost(item.key, 100 * item.weight * (1 - share) / whole, item.controlled_by)
        for item, share in counted
        if whole > 0 and share < 1 and item.weight > 0
    )
    return Score(0.0 if failed else _weighed(own), _weighed(counted), failed, lost, missing, unknown)


@dataclass(frozen=True)
class Part:
    """One item the agent controls: its weight and the share its answer earned, as exact as they are written."""

    item: Item
    value: str
    weight: Decimal
    share: Decimal

    @property
    def earned(self) -> Decimal:
        return self.weight * self.share


@dataclass(frozen=True)
class Account:
    """A score taken apart, so that it can be worked out again: 100 times what was earned over what was possible.

    A critical item that ``failed`` makes it 0.
    """

    parts: tuple[Part, ...]
    failed: tuple[str, ...]

    @property
    def weight(self) -> Decimal:
        return sum((part.weight for part in self.parts), Decimal(0))

    @property
    def earned(self) -> Decimal:
        return sum((part.earned for part in self.parts), Decimal(0))

    @property
    def score(self) -> float:
        return 0.0 if self.failed else float(100 * self.earned / self.weight)

    @property
    def lost(self) -> dict[str, float]:
        """Points of 100 each item cost; without a critical failure they and the score make 100."""
        return {
            each.item.key: float(100 * (each.weight - each.earned) / self.weight)
            for each in self.parts
            if each.earned < each.weight
        }


def account(form: FormContent, answers: Mapping[str, str]) -> Account | None:
    """How the score of the agent's part comes about, item by item; none where nothing of it counts."""
    parts = tuple(
        Part(item, answers[item.key], Decimal(repr(item.weight)), Decimal(repr(share)))
        for item in asked(form, answers)
        if item.controlled_by == AGENT and (share := item.share(answers.get(item.key, ""))) is not None
    )
    failed = tuple(each.item.key for each in parts if each.item.critical and not each.share)
    found = Account(parts, failed)
    return found if found.weight > 0 else None


def _understood(item: Item, value: str) -> bool:
    if not value:
        return True  # missing, which is said elsewhere
    return item.share(value) is not None or (value == NOT_APPLICABLE and item.may_not_apply)


def _weighed(counted: Sequence[tuple[Item, float]]) -> float | None:
    weight = sum(item.weight for item, _ in counted)
    return 100 * sum(item.weight * share for item, share in counted) / weight if weight > 0 else None
