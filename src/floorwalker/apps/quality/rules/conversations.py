"""A conversation as a file brings it: checked, and stripped of what must not be kept. Plain values only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from floorwalker.apps.quality.rules.redaction import redacted

SPEAKERS = ("agent", "customer", "system")
CHANNELS = ("phone", "chat", "email")
MOST_TURNS = 2000
LONGEST_TEXT = 4000
LONGEST_SECONDS = 24 * 3600
# Fields of a conversation, and how long each may be.
TEXTS = {"key": 120, "agent": 120, "client": 120, "queue": 120, "reason": 120, "disposition": 200}
ABOUT = (*TEXTS, "channel", "started_at", "seconds", "hold_seconds", "names")


class Unfit(ValueError):
    """A conversation that cannot be taken; ``code`` is worded by the pages."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass
class Reading:
    """What a file held: conversations ready to be stored, and what was not taken, with line and reason."""

    read: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    repeated: int = 0

    def take(self, line: int, told: Mapping[str, Any], turns: Sequence[Mapping[str, Any]], zone: str) -> None:
        """One conversation of the file; its line is where it begins."""
        self.read += 1
        try:
            row = conversation(told, turns, zone)
        except Unfit as unfit:
            self.refuse(line, unfit)
            return
        if row["key"] in self._keys:
            self.repeated += 1
            return
        self._keys.add(row["key"])
        self.rows.append({"line": line, **row})

    def refuse(self, line: int, unfit: Unfit) -> None:
        self.rejects.append((line, unfit.code, unfit.facts))

    def __post_init__(self) -> None:
        self._keys: set[str] = set()

    def as_plain(self) -> dict[str, Any]:
        return {"read": self.read, "rows": self.rows, "rejects": self.rejects, "repeated": self.repeated}


def conversation(told: Mapping[str, Any], turns: Sequence[Mapping[str, Any]], zone: str) -> dict[str, Any]:
    """A conversation of checked and redacted values; times without a zone are of ``zone``. Raises Unfit."""
    found: dict[str, Any] = {}
    for name, most in TEXTS.items():
        text = " ".join(str(told.get(name) or "").split())
        if len(text) > most:
            raise Unfit("too_long", what=name, most=most)
        found[name] = text
    for name in ("key", "agent"):
        if not found[name]:
            raise Unfit("missing", what=name)
    found["channel"] = str(told.get("channel") or "phone").strip().lower()
    if found["channel"] not in CHANNELS:
        raise Unfit("unknown_channel", value=found["channel"][:40])
    found["started_at"] = moment(told.get("started_at"), zone).isoformat()
    names = names_of(told.get("names"))
    kept = list(_turns(turns, names))
    if not kept:
        raise Unfit("no_turns")
    found["turns"] = kept
    last = max(turn["at"] for turn in kept)
    given = told.get("seconds")
    found["seconds"] = last if given in (None, "") else whole(given, "seconds")
    hold = told.get("hold_seconds")
    found["hold_seconds"] = None if hold in (None, "") else whole(hold, "hold_seconds")
    found["reason"], found["disposition"] = (
        redacted(found[name], names=names) for name in ("reason", "disposition")
    )
    return found


def _turns(turns: Iterable[Mapping[str, Any]], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for number, turn in enumerate(turns, start=1):
        if number > MOST_TURNS:
            raise Unfit("too_many_turns", most=MOST_TURNS)
        if not isinstance(turn, Mapping):
            raise Unfit("no_turn", number=number)
        speaker = str(turn.get("speaker") or "").strip().lower()
        if speaker not in SPEAKERS:
            raise Unfit("unknown_speaker", value=speaker[:40], number=number)
        text = str(turn.get("text") or "").strip()
        if len(text) > LONGEST_TEXT:
            raise Unfit("text_too_long", number=number, most=LONGEST_TEXT)
        if text:
            at = turn.get("at")
            seconds = 0 if at in (None, "") else whole(at, "at")
            yield {"speaker": speaker, "at": seconds, "text": redacted(text, names=names)}


def whole(value: Any, what: str) -> int:
    """A number of seconds."""
    try:
        seconds = round(float(str(value).strip().replace(",", ".")))
    except (ValueError, OverflowError):
        raise Unfit("no_number", what=what, value=str(value)[:40]) from None
    if not 0 <= seconds <= LONGEST_SECONDS:
        raise Unfit("no_number", what=what, value=str(value)[:40])
    return seconds


def moment(value: Any, zone: str) -> datetime:
    """A moment in ISO form."""
    try:
        found = datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    except ValueError:
        raise Unfit("no_moment", value=str(value or "")[:40]) from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def names_of(told: Any) -> list[str]:
    """Names that must not be kept: a list, or text apart by bars; each name and each of its longer words."""
    parts = told if isinstance(told, list) else re.split(r"[|;]", str(told or ""))
    names = [" ".join(str(each).split()) for each in parts]
    words = [word for name in names for word in name.split() if len(word) > 2]
    return [each for each in dict.fromkeys([*names, *words]) if each]
