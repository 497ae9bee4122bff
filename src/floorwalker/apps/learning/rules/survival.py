"""The survival ranking: ten items in an order of importance, each with why; alone, in groups, and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

ITEMS = 10
LONGEST_TEXT = 80
LONGEST_SITUATION = 600
LONGEST_SOURCE = 200
LONGEST_REASON = 200
FEWEST_WORDS = 3  # of a reason: “water is life” says something, “because” does not
WITH_REASON = 3  # places that need one
GROUP_OF = 4
FEWEST_UNSIGNED = 3  # rankings, before a reason without a name is shown: of two each could tell whose it is


@dataclass(frozen=True)
class Thing:
    key: str
    text: str


@dataclass(frozen=True)
class Survival:
    """What is ranked. ``expert`` is an order of all keys with its source, or nothing."""

    situation: str
    items: tuple[Thing, ...]
    expert: tuple[str, ...] = ()
    source: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.key for each in self.items)

    def text_of(self, key: str) -> str:
        return next(each.text for each in self.items if each.key == key)

    def to_json(self) -> dict[str, Any]:
        return {
            "situation": self.situation,
            "items": [{"key": each.key, "text": each.text} for each in self.items],
            "expert": list(self.expert),
            "source": self.source,
        }


def from_json(content: Mapping[str, Any]) -> Survival:
    return Survival(
        situation=str(content.get("situation", "")),
        items=tuple(Thing(str(each["key"]), str(each["text"])) for each in content.get("items", ())),
        expert=tuple(map(str, content.get("expert", ()))),
        source=str(content.get("source", "")),
    )


@dataclass(frozen=True)
class Flaw:
    """What keeps an exercise from being used: a code, and the number of the row it is about (0: the whole)."""

    code: str
    row: int = 0
    other: int = 0


def flaws(found: Survival) -> list[Flaw]:
    wrong = []
    if not found.situation.strip():
        wrong.append(Flaw("no_situation"))
    if len(found.items) != ITEMS:
        wrong.append(Flaw("not_ten", other=len(found.items)))
    seen: dict[str, int] = {}
    for row, each in enumerate(found.items, 1):
        said = " ".join(each.text.casefold().split())
        if not said:
            wrong.append(Flaw("empty_item", row))
        elif said in seen:
            wrong.append(Flaw("doubled_item", row, seen[said]))
        else:
            seen[said] = row
    if found.expert and sorted(found.expert) != sorted(found.keys):
        wrong.append(Flaw("expert_incomplete"))
    if found.expert and not found.source.strip():
        wrong.append(Flaw("expert_without_source"))
    if found.source.strip() and not found.expert:
        wrong.append(Flaw("source_without_expert"))
    return wrong


def first_order(found: Survival, seed: int) -> list[str]:
    """The order in which somebody finds the items, another for each: the order on a page sways who ranks."""
    keys = list(found.keys)
    Random(seed).shuffle(keys)
    return keys


def moved(order: Sequence[str], key: str, to: int) -> list[str]:
    """The order with one item at another place, counted from one; beyond the ends means at the end."""
    if key not in order:
        raise ValueError(f"{key} is none of what is ranked")
    rest = [each for each in order if each != key]
    rest.insert(max(1, min(to, len(order))) - 1, key)
    return rest


def says_something(reason: str) -> bool:
    return len(reason.split()) >= FEWEST_WORDS


def without_reason(order: Sequence[str], reasons: Mapping[str, str]) -> list[str]:
    """Items of the first three places that still lack a reason of a few words."""
    return [key for key in order[:WITH_REASON] if not says_something(reasons.get(key, ""))]


def split(people: Sequence[int], seed: int) -> dict[int, int]:
    """Small groups by lot, as even as they can be, of three to five (fewer only where all together are fewer)."""
    drawn = sorted(people)
    Random(seed).shuffle(drawn)
    groups = max(1, (2 * len(drawn) + GROUP_OF) // (2 * GROUP_OF))
    return {person: at % groups + 1 for at, person in enumerate(drawn)}
