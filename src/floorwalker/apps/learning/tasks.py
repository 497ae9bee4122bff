"""Jobs of learning."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.learning import queries, services
from floorwalker.kernel import jobs


@jobs.every("*/5 * * * *", name="learning.end_overdue")
def end_overdue(at: datetime) -> None:
    """Every five minutes: matches go on or end whose time has passed, and whoever is in them is told."""
    services.end_overdue(at)


@jobs.every("17 3 * * *", name="learning.look_at_votes")
def look_at_votes(at: datetime) -> None:
    """Every night: votes and duels are looked through for pairs that trade them; open questions are told again."""
    services.begin_search(at)
    services.remind_of_questions(at)


@jobs.job(services.SEARCH_JOB)
def search_votes(running: jobs.Running) -> None:
    """The pairs whose votes for each other, or whose duels with each other, those of all others do not explain."""
    result = running.in_child(
        "floorwalker.apps.learning.work.votes:search_votes", queries.played_in(running.ref_id)
    )
    services.keep_search(first_day=running.ref_id, result=result, fence=running.fence, at=running.now())


@jobs.every("23 * * * *", name="learning.give_up_idle")
def give_up_idle(at: datetime) -> None:
    """Every hour: practice left in the middle for a day is given up."""
    services.give_up_idle(at)
