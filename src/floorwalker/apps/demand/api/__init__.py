"""Demand for programs."""

from floorwalker.apps.demand.api import (
    clients,
    expectations,
    forecasts,
    launches,
    planning,
    queues,
    statements,
    uploads,
)
from floorwalker.apps.demand.api.router import router

__all__ = [
    "clients",
    "expectations",
    "forecasts",
    "launches",
    "planning",
    "queues",
    "router",
    "statements",
    "uploads",
]
