"""A handbook's required steps become a form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from floorwalker.apps.quality.rules.forms import FormContent, Item, Section, yes_or_no


class NoHandbook(ValueError):
    """The file is no handbook; the text says what was expected where."""


def forms_of(handbook: Mapping[str, Any]) -> dict[str, FormContent]:
    """A form for each flow of a handbook: a section for each kind of contact, a yes-or-no item for each step.

    The layout is ``{flow: {"description": …, "subflows": {name: {"actions": [{"button": …, "text": …}], …}}}}``.
    A step that stands in several kinds of contact gets an item in each; steps weigh alike until leaders agree on
    weights. Raises NoHandbook.
    """
    found = {}
    for flow, told in handbook.items():
        subflows = told.get("subflows") if isinstance(told, Mapping) else None
        if not isinstance(subflows, Mapping) or not subflows:
            raise NoHandbook(f"{flow}: a flow lists its kinds of contact under “subflows”")
        sections = tuple(_section(flow, name, steps) for name, steps in subflows.items())
        found[flow] = FormContent(tuple(section for section in sections if section.items))
    return found


def _section(flow: str, name: str, told: Any) -> Section:
    steps = told.get("actions") if isinstance(told, Mapping) else None
    if not isinstance(steps, Sequence) or isinstance(steps, str):
        raise NoHandbook(f"{flow}, {name}: the steps stand in a list under “actions”")
    items: dict[str, Item] = {}
    for number, step in enumerate(steps, start=1):
        if not isinstance(step, Mapping) or not isinstance(step.get("text"), str):
            raise NoHandbook(f"{flow}, {name}, step {number}: a step says in “text” what is to be done")
        button = str(step.get("button") or f"step {number}")
        key = _key(name, button)
        while key in items:
            key += "-again"
        items[key] = Item(
            key, button, 1.0, yes_or_no("Done as the handbook says.", "Left out, or done differently."),
            may_not_apply=True, expectation=_plain(step["text"]),
        )  # fmt: skip
    return Section(name, tuple(items.values()))


def _key(*words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("[", "“").replace("]", "”")).strip()
