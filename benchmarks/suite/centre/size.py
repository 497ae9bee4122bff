"""How large the centre is, and what its parts hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

ZONES = (
    ("Lisbon", "Europe/Lisbon", "PT"),
    ("Warsaw", "Europe/Warsaw", "PL"),
    ("Tulsa", "America/Chicago", "US"),
    ("Manila", "Asia/Manila", "PH"),
    ("Durban", "Africa/Johannesburg", "ZA"),
)


@dataclass(frozen=True)
class Size:
    """Counts of what there is; each site has its share."""

    teams_a_site: int = 20
    agents_a_team: int = 20
    queues_a_site: int = 4
    weeks_behind: int = 44
    weeks_ahead: int = 8

    @property
    def agents(self) -> int:
        return len(ZONES) * self.teams_a_site * self.agents_a_team


@dataclass
class Centre:
    """What has been made so far."""

    size: Size
    at: datetime
    owner_url: str  # the role that owns the tables
    monday: date
    sites: list[Any] = field(default_factory=list)
    teams: list[Any] = field(default_factory=list)
    clients: list[Any] = field(default_factory=list)
    skills: list[Any] = field(default_factory=list)
    agents: list[Any] = field(default_factory=list)
    queues: list[Any] = field(default_factory=list)
    users: dict[str, Any] = field(default_factory=dict)  # one of each role, by its name
