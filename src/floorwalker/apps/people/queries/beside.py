"""What rooms above show on an agent's page: each tells it here, and `project/readers.py` says which do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import Actor


@dataclass(frozen=True)
class BesideLine:
    """One line of such a panel."""

    text: Any
    note: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Beside:
    """A panel on an agent's page, as far as its reader may see it."""

    title: Any
    note: Any = ""
    lines: Sequence[BesideLine] = ()
    empty: Any = ""
    url: str = ""
    link: Any = ""


Make = Callable[[Actor, Agent], Beside | None]
MAKERS: list[Make] = []


def beside_by(make: Make) -> None:
    """Show what this makes on every agent's page; said twice, it is shown once."""
    if make not in MAKERS:
        MAKERS.append(make)


def beside(actor: Actor, agent: Agent) -> list[Beside]:
    """The panels that have something for this reader."""
    return [made for make in MAKERS if (made := make(actor, agent)) is not None]
