"""Jobs of coaching."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.coaching import services
from floorwalker.kernel import jobs


@jobs.every("23 5 * * *", name="coaching.tell_of_silence")
def tell_of_silence(at: datetime) -> None:
    """Every day: tell whoever leads that somebody heard nothing for longer than the limit of the site."""
    services.tell_of_silence(at)
