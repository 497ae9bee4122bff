"""Jobs of coaching."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.coaching import queries, services
from floorwalker.kernel import jobs


@jobs.every("23 5 * * *", name="coaching.tell_of_silence")
def tell_of_silence(at: datetime) -> None:
    """Every day: tell whoever leads that somebody heard nothing for longer than the limit of the site."""
    services.tell_of_silence(at)


@jobs.every("17 5 * * *", name="coaching.tell_of_expiry")
def tell_of_expiry(at: datetime) -> None:
    """Every day: agents learn which step of a response counts no more."""
    services.tell_of_expiry(at)


@jobs.every("37 * * * *", name="coaching.take_in_sheets")
def take_in_sheets(at: datetime) -> None:
    """Every hour: sheets of group sessions whose days are over are taken in, and their keys forgotten."""
    services.take_in_sheets(at)


@jobs.job(services.EFFECTS_JOB, memory_mb=3000, refs=queries.visible_effects, url=queries.url_of_effect)
def measure_effects(running: jobs.Running) -> None:
    """What changed after talks and thanks, beside comparable people; stopped, what was done is kept."""
    result = running.in_child("floorwalker.apps.coaching.work:measure_effects", queries.inputs_of(running.ref_id))
    services.keep_effects(effect_id=running.ref_id, result=result, fence=running.fence, at=running.now())


@jobs.every("40 4 * * 1", name="coaching.measure_all_effects")
def measure_all_effects(at: datetime) -> None:
    """Every Monday: measure each site, and the whole house where there are several."""
    services.measure_all_effects(at)


@jobs.every("41 5 * * *", name="coaching.follow_talks")
def follow_talks(at: datetime) -> None:
    """Every day: talks and actions go on with who leads now; actions whose day has come are looked at."""
    services.end_of_leavers(at)
    services.follow_leads(at=at)
    services.owe_talks(at)
    services.look_at_actions(at)
    services.open_agreement_reviews(at)
    services.end_pairs_that_are_over(at)
