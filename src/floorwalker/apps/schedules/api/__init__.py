"""Schedules for programs."""

from floorwalker.apps.schedules.api import drafts, feeds, patterns, requests, runs, shifts
from floorwalker.apps.schedules.api.router import router

__all__ = ["drafts", "feeds", "patterns", "requests", "router", "runs", "shifts"]
