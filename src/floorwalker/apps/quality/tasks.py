"""Jobs of quality."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.quality import queries, services
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.jobs.running import WorkFailed

BATCH = 500  # conversations


@jobs.every("11 * * * *", name="quality.release_due")
def release_due(at: datetime) -> None:
    """Every hour: what is evaluated and blind no longer is shown to its agent."""
    services.release_due(at)


@jobs.every("13 * * * *", name="quality.see_to_minutes")
def see_to_minutes(at: datetime) -> None:
    """Every hour: minutes for own evaluations get a time, go over to who leads now, or end with their days."""
    services.see_to_minutes(at)


@jobs.every("47 * * * *", name="quality.end_of_leavers")
def end_of_leavers(at: datetime) -> None:
    """Every hour: reviews of those whose last day has come end, and no promise to them breaks."""
    services.end_of_leavers(at)


@jobs.every("41 2 * * *", name="quality.fit_nightly")
def fit_nightly(at: datetime) -> None:
    """Every night: scores are taken apart anew."""
    services.fit_nightly(at)


@jobs.job(services.FIT, memory_mb=3000, refs=queries.visible_fits, url=queries.raters_url)
def fit_raters(running: jobs.Running) -> None:
    """Take the scores of a year apart; stopped, what was fitted before stays."""
    plain = queries.inputs_of(running.ref_id)
    try:
        result = running.in_child("floorwalker.apps.quality.work.raters:fit", plain)
    except (WorkFailed, jobs.Stopped) as failed:
        with running.write():
            services.fit_failed(
                fit_id=running.ref_id, why=str(failed), stopped=isinstance(failed, jobs.Stopped),
                fence=running.fence, at=running.now(),
            )  # fmt: skip
        raise
    services.keep_fit(fit_id=running.ref_id, result=result, fence=running.fence, at=running.now())


@jobs.job(services.AGREE, memory_mb=1000, refs=queries.visible_calibrations, url=queries.calibration_url)
def calibrate(running: jobs.Running) -> None:
    """How far those who took part in a calibration agree."""
    plain = queries.agreement_inputs(running.ref_id)
    result = running.in_child("floorwalker.apps.quality.work.calibration:agreement", plain)
    services.keep_agreement(calibration_id=running.ref_id, result=result, fence=running.fence)


@jobs.every("23 * * * *", name="quality.remind_of_calibrations")
def remind_of_calibrations(at: datetime) -> None:
    """Every hour: owners learn which calibrations are past their day."""
    services.remind_of_calibrations(at)


@jobs.every("17 3 * * *", name="quality.draw_due")
def draw_due(at: datetime) -> None:
    """Every night: what the plans want by now is drawn, and shared out among who evaluates."""
    services.draw_due(at)


@jobs.every("37 3 * * 1", name="quality.order_doubles")
def order_doubles(at: datetime) -> None:
    """Every Monday: second scores are chosen where they teach most about who evaluates."""
    services.order_doubles(at)


@jobs.job(services.DOUBLES, memory_mb=1000)
def choose_doubles(running: jobs.Running) -> None:
    """Choose contacts worth a second score at one site, and put them into “To review” of the second."""
    plain = queries.doubles_problem(running.ref_id, running.now())
    result = running.in_child("floorwalker.apps.quality.work.doubles:choose", plain)
    chosen = [(review, second) for review, second, _gain in result["chosen"]]
    with running.write():
        services.take_doubles(site_id=running.ref_id, chosen=chosen, by=SYSTEM, at=running.now())


@jobs.job(services.SPOT, memory_mb=1000, refs=queries.visible_phrases, url=queries.phrase_url)
def spot(running: jobs.Running) -> None:
    """Look for a phrase in everything that is stored; stopped, what was found so far stays."""
    number, last, done = queries.conversations_number(), 0, 0
    while talks := queries.conversations_after(last, BATCH):
        if running.stopping:
            raise jobs.Stopped
        with running.write():
            services.spot_in(talks, running.ref_id)
        last, done = talks[-1].pk, done + len(talks)
        running.tell(share=min(1.0, done / max(number, 1)))
    with running.write():
        services.spotted_all(phrase_id=running.ref_id, at=running.now())


@jobs.every("29 * * * *", name="quality.close_due_rounds")
def close_due_rounds(at: datetime) -> None:
    """Every hour: weighings whose day has passed are closed, and all who were asked see how far apart they are."""
    services.close_due_rounds(at)
