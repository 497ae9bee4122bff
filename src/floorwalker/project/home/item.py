"""One thing on somebody's first page, and the order of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

MOST = 7
WORDS = {
    "good": _("in order"),
    "attention": _("to do"),
    "bad": _("pressing"),
    "info": _("to know"),
    "progress": _("under way"),
    "neutral": _("quiet"),
}
URGENT = ("bad", "attention")


@dataclass(frozen=True)
class Line:
    """One of the few things an item names."""

    text: Any
    url: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Item:
    """How one thing stands in a sentence, why it is shown to this person, and the one thing to do about it."""

    key: str
    title: Any
    words: Any
    why: Any
    action: Any
    url: str
    tone: str = "neutral"
    lines: Sequence[Line] = ()
    first: bool = False  # stays on top, whatever else there is
    soon: bool = False  # over within the hour: before what else there is to do of its tone

    @property
    def word(self) -> Any:
        return WORDS[self.tone]

    @property
    def urgent(self) -> bool:
        return self.tone in URGENT


def ranked(items: Iterable[Item]) -> list[Item]:
    """No thing twice, never more than seven: what stays on top, then what is to be done, the worst first."""
    once = {item.key: item for item in reversed(list(items))}
    order = {key: place for place, key in enumerate(reversed(once))}
    found = sorted(once.values(), key=lambda each: (not each.first, _weight(each), not each.soon, order[each.key]))
    return found[:MOST]


def _weight(item: Item) -> int:
    return URGENT.index(item.tone) if item.urgent else len(URGENT)
