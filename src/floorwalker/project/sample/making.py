"""The steps of a sample, in order: each done when its result is there, begun when it is not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from floorwalker.apps.people.models import Site
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM
from floorwalker.project.sample import (
    agreements,
    boards,
    coaching,
    drawing,
    duelling,
    exercises,
    gatherings,
    goals,
    hub,
    judging,
    pairing,
    planning,
    practising,
    progress,
    quality,
    rewarding,
    rhythm,
    sayings,
    workforce,
    worth,
)
from floorwalker.project.sample.centre import SampleFiles, make_files

LOOK_EVERY_SECONDS = 0.5
GIVE_UP_SECONDS = 900


class NotMade(Exception):
    """A step of the sample came to nothing; the text says which and why."""


@dataclass(frozen=True)
class Part:
    """One step: what it is called, whether it is done, and how it is begun."""

    stage: str  # of those the first page shows
    title: str
    done: Callable[[], bool]
    begin: Callable[[datetime], None]


def parts(files: SampleFiles) -> Iterator[Part]:
    """All steps; later ones are looked at when the earlier are done, so they see the sites there are by then."""
    week = files.week
    yield Part("people", "people", partial(workforce.is_there, files), partial(workforce.bring, files))
    yield Part("people", "reviews of contacts", quality.is_there, quality.bring)
    yield Part("people", "plans of drawing and weighings", drawing.is_there, drawing.bring)
    yield Part("people", "scores, calibrations and phrases", judging.is_there, judging.bring)
    yield Part("people", "what people say", sayings.is_there, sayings.bring)
    yield Part("people", "what colleagues write", hub.is_there, hub.bring)
    yield Part("people", "scenarios to play", practising.is_there, practising.bring)
    yield Part("people", "figures and goals", goals.is_there, goals.bring)
    yield Part("people", "points and rewards", rewarding.is_there, rewarding.bring)
    yield Part("people", "feedback, talks and group sessions", coaching.is_there, coaching.bring)
    yield Part("people", "talks owed and time planned off the phones", rhythm.is_there, rhythm.bring)
    yield Part("people", "agreements and pairs", pairing.is_there, pairing.bring)
    yield Part("people", "duels in the arena", duelling.is_there, duelling.bring)
    yield Part("people", "what groups do together", exercises.is_there, exercises.bring)
    yield Part("people", "seasons and a contest", boards.is_there, boards.bring)
    sites = list(Site.objects.filter(name__in=[each["name"] for each in files.facts["sites"]]).order_by("pk"))
    for site in sites:
        read = partial(planning.uploaded, files, site, "ready", "storing", "stored")
        yield Part("history", f"history of {site.name}, read", read, partial(planning.upload, files, site))
        stored = partial(planning.is_stored, files, site)
        yield Part("history", f"history of {site.name}, stored", stored, partial(planning.place, files, site))
    # Before the forecasts, behind which required staff and prices are computed of themselves.
    decided = partial(worth.is_decided, files)
    yield Part("forecasts", "what a contact is worth", decided, partial(worth.decide, files))
    agreed = partial(agreements.is_there, files)
    yield Part("forecasts", "what is agreed with clients", agreed, partial(agreements.bring, files))
    yield Part("forecasts", "forecasts", partial(planning.is_forecast, week), planning.forecast)
    staffed = partial(planning.is_staffed, sites, week)
    yield Part("staff", "required staff", staffed, partial(planning.staff, week))
    for site in sites:
        made = partial(planning.is_rostered, site, week)
        yield Part("roster", f"roster of {site.name}", made, partial(planning.roster, site, week))
    for site in sites:
        published = partial(planning.is_published, site, week)
        yield Part("publication", f"publication for {site.name}", published, partial(planning.publish, site, week))
    # Nobody waits for these: the week is there before them.
    yield Part("publication", "what came of groups", gatherings.is_there, gatherings.bring)


def make(name: str, tell: Callable[[str], None]) -> SampleFiles:
    """Bring the sample in, step by step, waiting for the worker where a job does the work."""
    stage = "centre"
    progress.write(name, stage)
    try:
        tell("the centre is made up …")
        files = make_files(name, Path(settings.HOME), timezone.localdate())
        for part in parts(files):
            stage = part.stage
            if part.done():
                continue
            progress.write(name, stage)
            tell(f"{part.title} …")
            part.begin(timezone.now())
            wait_for(part)
    except BaseException:
        progress.write(name, stage, progress.FAILED)
        raise
    progress.write(name, stage, progress.DONE)
    return files


def wait_for(part: Part) -> None:
    """Until the step is done. What a failed job says is what the step failed of."""
    begun, begun_at = time.monotonic(), timezone.now()
    while not part.done():
        failed = jobs.visible(SYSTEM).filter(state="failed", ended_at__gte=begun_at).order_by("-pk").first()
        if failed is not None:
            raise NotMade(f"{part.title}: {failed.failure}")
        if time.monotonic() - begun > GIVE_UP_SECONDS:
            raise NotMade(f"{part.title}: not done after {GIVE_UP_SECONDS} seconds; is a worker running?")
        time.sleep(LOOK_EVERY_SECONDS)
