"""What happens in the arena."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class ScenarioCompleted(Event):
    """Somebody practising alone met every required step of a scenario; ``first_time`` for this scenario."""

    play_id: int
    scenario_id: int
    agent_id: int
    first_time: bool


@dataclass(frozen=True)
class MatchDecided(Event):
    """A match is over: who played it, and whose each score is; creativity only where votes agreed."""

    match_id: int
    scenario_id: int
    agent_ids: tuple[int, ...]
    fastest: tuple[int, ...]
    most_complete: tuple[int, ...]
    most_creative: tuple[int, ...]
    team_match: bool


@dataclass(frozen=True)
class VoteCast(Event):
    """An agent voted on a match of others, without seeing names."""

    match_id: int
    voter_id: int
