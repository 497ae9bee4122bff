"""Jobs of the ledger."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.promises import services
from floorwalker.kernel import jobs


@jobs.every("7 * * * *", name="promises.lapse")
def lapse(at: datetime) -> None:
    """Every hour: what nobody delivered counts as broken once its grace is over."""
    services.lapse(at)
