"""Jobs of what was said."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.hub import services
from floorwalker.kernel import jobs


@jobs.every("11 * * * *", name="hub.deliver_and_note")
def deliver_and_note(at: datetime) -> None:
    """Every hour: bring what was said without a name the day before; say what has not been answered in time."""
    services.deliver(at)
    services.note_late(at)


@jobs.every("41 2 * * *", name="hub.forget")
def forget(at: datetime) -> None:
    """Every night: forget who said something without a name, long after its end."""
    services.forget(at)
