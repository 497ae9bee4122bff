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
