"""What a kind of activity does by itself when a stage begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from floorwalker.apps.learning.models import Activity

Entered = Callable[[Activity, datetime], None]
ENTERED: dict[tuple[str, str], Entered] = {}  # by kind and stage


def entered(activity: Activity, at: datetime) -> None:
    """The activity stands at a stage now; it is saved by who moved it."""
    if do := ENTERED.get((activity.kind, activity.stage)):
        do(activity, at)
