"""The router of schedules: its operations stand beside it, by noun."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["Schedules"])
