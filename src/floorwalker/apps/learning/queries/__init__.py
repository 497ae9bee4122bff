"""Reads of learning: `scenarios` who sees which, `plays` one's own."""

from floorwalker.apps.learning.queries.plays import (
    answers_of,
    the_play,
    turns_of,
    visible_plays,
    visible_turns,
    walk_of,
)
from floorwalker.apps.learning.queries.scenarios import (
    draft_of,
    in_force,
    the_line,
    the_scenario,
    the_version,
    versions_of,
    visible_lines,
    visible_scenarios,
    visible_versions,
)

__all__ = [
    "answers_of",
    "draft_of",
    "in_force",
    "the_line",
    "the_play",
    "the_scenario",
    "the_version",
    "turns_of",
    "versions_of",
    "visible_lines",
    "visible_plays",
    "visible_scenarios",
    "visible_turns",
    "visible_versions",
    "walk_of",
]
