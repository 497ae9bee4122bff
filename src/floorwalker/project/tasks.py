"""Jobs of the house as a whole."""

from __future__ import annotations

from datetime import datetime

from floorwalker.kernel import jobs
from floorwalker.project.rights import end_rights_of_leavers


@jobs.every("5 * * * *", name="project.end_rights")
def end_rights(at: datetime) -> None:
    """Every hour: whoever's last day is over can no longer sign in."""
    end_rights_of_leavers(at)
