"""Tables of demand."""

from __future__ import annotations

from floorwalker.apps.demand.models.clients import ClientEvent, ClientForecast, ClientForecastDay
from floorwalker.apps.demand.models.expectations import Expectation
from floorwalker.apps.demand.models.forecasts import (
    ForecastDay,
    ForecastRun,
    ForecastVersion,
    Override,
    SpecialDay,
    VersionUse,
    Vouched,
)
from floorwalker.apps.demand.models.history import HistoryDay, HistoryUpload
from floorwalker.apps.demand.models.launches import Launch, LaunchItem
from floorwalker.apps.demand.models.queues import Queue, QueueName
from floorwalker.apps.demand.models.record import RecordDay, Statement

__all__ = [
    "ClientEvent",
    "ClientForecast",
    "ClientForecastDay",
    "Expectation",
    "ForecastDay",
    "ForecastRun",
    "ForecastVersion",
    "HistoryDay",
    "HistoryUpload",
    "Launch",
    "LaunchItem",
    "Override",
    "Queue",
    "QueueName",
    "RecordDay",
    "SpecialDay",
    "Statement",
    "VersionUse",
    "Vouched",
]
