"""What earns points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One way of earning: its key is kept with every award and never changes."""

    key: str
    words: str  # English; pages translate them


SOURCES: dict[str, Source] = {
    each.key: each
    for each in (
        Source("arena", "learning by playing"),
        Source("help", "help given to colleagues"),
        Source("kudos", "points with a colleague’s thanks"),
        Source("goal", "a goal met"),
        Source("contest", "a contest"),
        Source("incentive", "an incentive"),
        Source("beyond", "above and beyond, given by a lead"),
        Source("correction", "a correction"),
    )
}
