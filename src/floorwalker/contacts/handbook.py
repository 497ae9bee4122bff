"""A handbook of contact kinds: flows, their kinds of contact, and the steps each asks for.

The layout is ``{flow: {"description": …, "subflows": {name: {"actions": [{"button": …, "text": …}], …}}}}``; what
else stands in it is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class NoHandbook(ValueError):
    """The file is no handbook; the text says what was expected where."""


@dataclass(frozen=True)
class HandbookStep:
    """One thing to be done: what it is called, and how."""

    button: str
    text: str


@dataclass(frozen=True)
class HandbookKind:
    """One kind of contact with its steps in order, and what else is said about it."""

    name: str
    steps: tuple[HandbookStep, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandbookFlow:
    name: str
    about: str
    kinds: tuple[HandbookKind, ...]


def handbook_flows(handbook: Mapping[str, Any]) -> tuple[HandbookFlow, ...]:
    """The flows of a handbook that was read from JSON. Raises NoHandbook."""
    found = []
    for flow, told in handbook.items():
        subflows = told.get("subflows") if isinstance(told, Mapping) else None
        if not isinstance(subflows, Mapping) or not subflows:
            raise NoHandbook(f"{flow}: a flow lists its kinds of contact under “subflows”")
        kinds = tuple(
            HandbookKind(str(name), tuple(_steps(flow, name, steps)), tuple(_notes(steps)))
            for name, steps in subflows.items()
        )
        found.append(HandbookFlow(str(flow), plain_words(str(told.get("description") or "")), kinds))
    return tuple(found)


def _steps(flow: str, name: str, told: Any) -> Iterator[HandbookStep]:
    steps = told.get("actions") if isinstance(told, Mapping) else None
    if not isinstance(steps, Sequence) or isinstance(steps, str):
        raise NoHandbook(f"{flow}, {name}: the steps stand in a list under “actions”")
    for number, step in enumerate(steps, start=1):
        if not isinstance(step, Mapping) or not isinstance(step.get("text"), str):
            raise NoHandbook(f"{flow}, {name}, step {number}: a step says in “text” what is to be done")
        yield HandbookStep(str(step.get("button") or f"step {number}"), plain_words(step["text"]))


def _notes(told: Any) -> Iterator[str]:
    notes = told.get("instructions") if isinstance(told, Mapping) else None
    if isinstance(notes, Sequence) and not isinstance(notes, str):
        yield from (plain_words(each) for each in notes if isinstance(each, str))


def plain_words(text: str) -> str:
    """One line, with what stood in brackets in quotation marks."""
    return re.sub(r"\s+", " ", text.replace("[", "“").replace("]", "”")).strip()
