"""Jobs of quality."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.quality import services
from floorwalker.kernel import jobs


@jobs.every("11 * * * *", name="quality.release_due")
def release_due(at: datetime) -> None:
    """Every hour: what is evaluated and blind no longer is shown to its agent."""
    services.release_due(at)
