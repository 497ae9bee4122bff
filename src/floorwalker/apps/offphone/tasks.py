"""Jobs of time off the phones."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.offphone import services
from floorwalker.kernel import jobs


@jobs.every("7 4 * * *", name="offphone.see_to_training")
def see_to_training(at: datetime) -> None:
    """Every day: who is new is owed the training of this week and the next, in the cheapest times there are."""
    services.see_to_training(at=at)
