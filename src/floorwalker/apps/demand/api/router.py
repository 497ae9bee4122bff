"""The router of demand: its operations stand beside it, by noun."""

from __future__ import annotations

from typing import Any

from ninja import Router

from floorwalker.apps.demand import queries

router = Router(tags=["Demand"])


def signed(name: str, context: Any) -> str:
    """Who of us did something, as the asker may read it."""
    return name if queries.is_inside(context["request"].actor) else str(queries.OUR_PLANNERS)
