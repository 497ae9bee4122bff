"""Every event of the suite, for the reference page that is generated from it."""

from __future__ import annotations

import dataclasses
import inspect
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings

from floorwalker.kernel.events.event import event_classes
from floorwalker.kernel.events.reactions import REACTIONS

SUITE = "floorwalker."


@dataclass(frozen=True)
class Described:
    """One event: what it says, what is in it, what follows it."""

    name: str
    text: str
    fields: tuple[tuple[str, str], ...]
    reactions: tuple[str, ...]


def described() -> list[Described]:
    """The events of every loaded domain by name, with the reactions of the one page that lists them."""
    import_module(settings.WIRING)
    return [
        Described(
            name=each.name(),
            text=inspect.getdoc(each) or "",
            fields=tuple((field.name, str(field.type)) for field in dataclasses.fields(each)),
            reactions=tuple(reaction for event, reaction in REACTIONS if event == each.name()),
        )
        for each in event_classes()
        if each.__module__.startswith(SUITE)
    ]


def page() -> str:
    """The reference page in Markdown."""
    parts = ["# Events", "What domains announce, and what follows; generated from the code."]
    for each in described():
        rows = [f"| `{name}` | `{kind}` |" for name, kind in each.fields]
        follows = "; ".join(each.reactions) or "nothing yet"
        parts += [f"## {each.name}", each.text]
        if rows:
            parts.append("\n".join(["| value | type |", "| --- | --- |", *rows]))
        parts.append(f"What follows: {follows}.")
    return "\n\n".join(parts) + "\n"
