"""What happens to promises."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class PromiseEnded(Event):
    """A promise was kept, kept late, broken or withdrawn."""

    promise_id: int
    kind: str
    state: str
    owner_id: int
