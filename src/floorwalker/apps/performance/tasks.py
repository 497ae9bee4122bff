"""Jobs of performance."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.performance import services
from floorwalker.kernel import jobs


@jobs.every("23 * * * *", name="performance.judge")
def judge(at: datetime) -> None:
    """Every hour, for days end at other hours elsewhere: goals whose last day is over are judged."""
    services.judge_due(at)


@jobs.every("31 5 * * *", name="performance.follow_leads")
def follow_leads(at: datetime) -> None:
    """Every day: goals go on with who leads now, also where nobody moved but the lead."""
    services.follow_leads(at=at)


@jobs.every("41 6 * * *", name="performance.aims")
def aims(at: datetime) -> None:
    """Every morning: whoever set an aim is told that its day is over."""
    services.tell_of_past_aims(at)
