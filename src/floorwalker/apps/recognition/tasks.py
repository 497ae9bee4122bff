"""Jobs of recognition."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.recognition import queries, services
from floorwalker.kernel import jobs


@jobs.every("3 * * * *", name="recognition.turn_seasons")
def turn_seasons(at: datetime) -> None:
    """Every hour: seasons whose days are over end with their titles, those that are due begin."""
    services.turn_seasons(at)


@jobs.every("*/15 * * * *", name="recognition.count_boards")
def count_boards(at: datetime) -> None:
    """Every quarter of an hour: all standings anew from the ledger, whatever event may have been late."""
    services.count_running(at)


@jobs.every("17 * * * *", name="recognition.turn_contests")
def turn_contests(at: datetime) -> None:
    """Every hour: contests begin and end by their own days, and are looked at for what they may cost."""
    services.turn_contests(at)


@jobs.every("31 4 * * 1", name="recognition.look_for_rings")
def look_for_rings(at: datetime) -> None:
    """Every Monday: whether favours go round in a circle somewhere."""
    services.look_for_rings(at)


@jobs.job(services.HARM_JOB, memory_mb=2000, refs=queries.contests_to_look_at, url=queries.url_of_contest)
def look_for_harm(running: jobs.Running) -> None:
    """What a contest may cost, beside comparable people; found again, nothing is asked twice."""
    plain = services.compared_days(running.ref_id, running.now())
    if plain is not None:
        result = running.in_child("floorwalker.apps.recognition.work:look_for_harm", plain)
        services.keep_look(contest_id=running.ref_id, result=result, fence=running.fence, at=running.now())


@jobs.job(services.RINGS_JOB, memory_mb=2000, refs=queries.sites_to_ask, url=queries.url_of_questions)
def rings(running: jobs.Running) -> None:
    """Favours in a circle at a site; what is found is asked of its manager."""
    plain = queries.favours_of(running.ref_id, running.now())
    result = running.in_child("floorwalker.apps.recognition.work:look_for_rings", plain)
    services.keep_rings(site_id=running.ref_id, result=result, fence=running.fence, at=running.now())


@jobs.every("3 * * * *", name="recognition.fill_budgets")
def fill_budgets(at: datetime) -> None:
    """Every hour: budgets that were not filled this month."""
    services.fill_all(at)


@jobs.every("23 * * * *", name="recognition.end_incentives")
def end_incentives(at: datetime) -> None:
    """Every hour: incentives whose days are over."""
    services.end_incentives(at)


@jobs.every("43 * * * *", name="recognition.settle_leavers")
def settle_leavers(at: datetime) -> None:
    """Every hour: points of who has left, where they are paid out."""
    services.settle_leavers(at)


@jobs.every("17 3 * * *", name="recognition.let_photos_go")
def let_photos_go(at: datetime) -> None:
    """Every night: photos of fun days more than a year ago."""
    services.let_photos_go(at)
