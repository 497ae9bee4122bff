"""What happens in demand."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class HistoryStored(Event):
    """Contact history of these queues was stored or corrected."""

    upload_id: int
    queue_ids: tuple[int, ...]
    first_day: str
    last_day: str


@dataclass(frozen=True)
class ForecastMade(Event):
    """A new version of a queue's forecast exists and is in use."""

    version_id: int
    queue_id: int
    first_day: str
    days: int


@dataclass(frozen=True)
class ForecastChanged(Event):
    """The forecast in use changed over these days without a new version: a planner's layer, or another version."""

    queue_id: int
    first_day: str
    last_day: str


@dataclass(frozen=True)
class ClientForecastSubmitted(Event):
    """A client's numbers for a queue came in."""

    client_forecast_id: int
    queue_id: int
    client_id: int


@dataclass(frozen=True)
class StatementIssued(Event):
    """A client's monthly statement was issued."""

    statement_id: int
    client_id: int
