"""What addresses say: days and views, read kindly."""

from __future__ import annotations

from datetime import date

from floorwalker.kernel import days
from floorwalker.kernel.pages import Request


def day_in(request: Request, name: str, otherwise: date) -> date:
    """The day an address names, as 2026-11-30 or 2026-W49; else the one given."""
    return days.day_in(request.GET.get(name, "")) or otherwise
