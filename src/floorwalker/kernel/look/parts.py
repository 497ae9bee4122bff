"""Values of the small components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Tones of a status and of a figure: each has a shape, so that nothing is said by colour alone.
TONES = {
    "good": "circle-check",
    "attention": "alert-triangle",
    "bad": "alert-octagon",
    "info": "info-circle",
    "progress": "progress",
    "neutral": "circle-dashed",
}


def checked_tone(tone: str) -> str:
    if tone not in TONES:
        raise ValueError(f"tone {tone!r}: one of {', '.join(TONES)}")
    return tone


@dataclass(frozen=True)
class Why:
    """The reasons behind a figure: how it was computed, from what, without what, what else, and how fresh."""

    formula: Any
    inputs: Sequence[tuple[Any, Any]] = ()
    exclusions: Sequence[Any] = ()
    fresh: datetime | None = None
    url: str = ""
    notes: Sequence[Any] = ()  # beside what others stand, who sees it, how to contest it


@dataclass(frozen=True)
class Column:
    """One column of a data table. ``kind`` is text, number or status; a number is set flush right."""

    key: str
    label: Any
    kind: str = "text"
    sortable: bool = False
    hint: Any = ""


@dataclass(frozen=True)
class Tab:
    label: Any
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Step:
    """One step of a checklist: done, current, waiting, or blocked with the reason in ``note``."""

    label: Any
    state: str = "waiting"
    note: Any = ""
    url: str = ""
    action: Any = ""

    def __post_init__(self) -> None:
        if self.state not in STEP_WORDS:
            raise ValueError(f"step {self.label}: state {self.state!r} is none of {', '.join(STEP_WORDS)}")


STEP_WORDS = ("done", "current", "waiting", "blocked")


@dataclass(frozen=True)
class Change:
    """One line of what will change: ``kind`` is added, changed, removed or kept."""

    what: Any
    before: Any = ""
    after: Any = ""
    kind: str = "changed"
    note: Any = ""

    def __post_init__(self) -> None:
        if self.kind not in ("added", "changed", "removed", "kept"):
            raise ValueError(f"change of {self.what}: kind {self.kind!r} is none of added, changed, removed, kept")


@dataclass(frozen=True)
class Message:
    """One entry of a thread: what a person wrote, or (without text) what became of the matter."""

    who: Any
    at: datetime
    text: Any = ""
    event: Any = ""
    tone: str = "neutral"
    mine: bool = False
    role: Any = ""


@dataclass(frozen=True)
class JobView:
    """A long work as the page shows it. ``state``: waiting, running, stopping, done, stopped, failed."""

    key: str
    title: Any
    state: str
    step: Any = ""
    share: float | None = None
    best: Any = ""
    bound: Any = ""
    seconds_left: float | None = None
    seconds_spent: float | None = None
    started: datetime | None = None
    text: Any = ""
    stop_url: str = ""
    stream_url: str = ""
    poll_url: str = ""
    result_url: str = ""
    result_label: Any = ""
    facts: Sequence[tuple[Any, Any]] = field(default=())

    def __post_init__(self) -> None:
        if self.state not in JOB_TONES:
            raise ValueError(f"job {self.key}: state {self.state!r} is none of {', '.join(JOB_TONES)}")

    @property
    def tone(self) -> str:
        return JOB_TONES[self.state]

    @property
    def live(self) -> bool:
        """There is more to come."""
        return self.state in ("waiting", "running", "stopping")

    @property
    def percent(self) -> int | None:
        return None if self.share is None else max(0, min(100, int(self.share * 100)))

    @property
    def tenth(self) -> int | None:
        """The share as it is read aloud: a new word every ten per cent, not every second."""
        return None if self.percent is None else self.percent // 10 * 10


JOB_TONES = {
    "waiting": "neutral",
    "running": "progress",
    "stopping": "attention",
    "done": "good",
    "stopped": "attention",
    "failed": "bad",
}
