"""Jobs of the ledger."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.promises import services
from floorwalker.kernel import jobs


@jobs.every("7 * * * *", name="promises.lapse")
def lapse(at: datetime) -> None:
    """Every hour: what nobody delivered counts as broken once its grace is over."""
    services.lapse(at)


@jobs.every("*/20 * * * *", name="promises.tell")
def tell(at: datetime) -> None:
    """Remind owners on the last day, and tell who leads them of what is late."""
    services.tell_owners(at)
    services.tell_leads(at)
