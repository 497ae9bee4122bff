"""Demand, plan and publication of a sample, by the same steps a planner takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from floorwalker.apps.capacity import queries as capacity
from floorwalker.apps.capacity import services as staffing
from floorwalker.apps.demand import queries as demand
from floorwalker.apps.demand import services
from floorwalker.apps.demand.services import Placing, QueueFields
from floorwalker.apps.people.models import Client, Site, Skill
from floorwalker.apps.schedules import queries as rosters
from floorwalker.apps.schedules import services as schedules
from floorwalker.apps.schedules.models import Draft
from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.models import Job
from floorwalker.project.sample.centre import SampleFiles
from floorwalker.project.sample.workforce import IN_HOUSE, SYSTEM_NAME

DAYS_AHEAD = 28
SHRINKAGE = 0.3


@dataclass
class OnDisk:
    """A file as an upload gives it."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    def chunks(self) -> list[bytes]:
        return [self.path.read_bytes()]


def upload(files: SampleFiles, site: Site, at: datetime) -> None:
    """The history of a site, read and then stored under the queues of the sample."""
    services.upload_history(
        file=OnDisk(files.history(site.name)), system=SYSTEM_NAME, zone=site.zone, by=SYSTEM, at=at
    )


def place(files: SampleFiles, site: Site, at: datetime) -> None:
    """Say what each name in the file means: a queue of the sample."""
    for found in demand.latest_uploads(SYSTEM):
        if found.state == "ready" and found.name == files.history(site.name).name:
            placings = [
                Placing(name=each["name"], new=fields(each, site))
                for each in files.facts["queues"]
                if each["site"] == site.name
            ]
            services.place_queues(upload=found, placings=placings, by=SYSTEM, at=at)


def fields(facts: dict[str, Any], site: Site) -> QueueFields:
    share, seconds = facts["service"].split("/")
    return QueueFields(
        name=facts["name"].replace("-", " ").capitalize(),
        client_id=Client.objects.get(name=facts["client"] or IN_HOUSE).pk,
        site_id=site.pk,
        zone=facts["zone"],
        skill_id=Skill.objects.get(name=facts["name"]).pk,
        hours=[[day] if day else [] for day in facts["hours"]],
        service_share=float(share) / 100,
        service_seconds=int(seconds),
        patience_seconds=facts["patience_seconds"],
    )


def forecast(at: datetime) -> None:
    services.ask_for_forecasts(queues=list(demand.queues_in_order(SYSTEM)), days=DAYS_AHEAD, by=SYSTEM, at=at)


def staff(week: date, at: datetime) -> None:
    """Ask for the required staff, unless the new forecasts have done so already."""
    if jobs.visible(SYSTEM).filter(kind=staffing.STAFF, state__in=Job.LIVE).exists():
        return
    queues = [queue.pk for queue in demand.queues_in_order(SYSTEM)]
    staffing.order(queues=queues, first_day=week, days=14, by=SYSTEM, at=at)


def roster(site: Site, week: date, at: datetime) -> None:
    found = schedules.week_for(site_id=site.pk, day=week, by=SYSTEM)
    schedules.start_run(week_id=found.pk, effort="quick", by=SYSTEM, at=at)


def drafts(site: Site, week: date) -> QuerySet[Draft]:
    """Drafts of the week, the newest first."""
    return rosters.visible_drafts(SYSTEM).filter(week__site=site, week__first_day=week).order_by("-pk")


def is_published(site: Site, week: date) -> bool:
    return rosters.visible_publications(SYSTEM).filter(week__site=site, week__first_day=week).exists()


def publish(site: Site, week: date, at: datetime) -> None:
    """The draft the run has made becomes the week that counts."""
    schedules.publish(draft_id=drafts(site, week)[0].pk, note="First roster of the sample", by=SYSTEM, at=at)


def is_stored(files: SampleFiles, site: Site) -> bool:
    return uploaded(files, site, "stored")


def uploaded(files: SampleFiles, site: Site, *states: str) -> bool:
    """Whether the history of a site has come so far; in any state when none is named."""
    name = files.history(site.name).name
    return any(
        each.name == name and (not states or each.state in states) for each in demand.latest_uploads(SYSTEM)
    )


def is_forecast(week: date) -> bool:
    """Whether every queue has a forecast that reaches over the week."""
    queues = list(demand.queues_in_order(SYSTEM))
    return bool(queues) and not capacity.lacking(queues, week, 7)


def is_staffed(sites: Sequence[Site], week: date) -> bool:
    """Whether every queue's required staff is known for the week: a roster begun before would leave one out."""
    days = [day for site in sites for day in capacity.required(site.pk, week, SYSTEM)]
    known = {day.queue_id for day in days if any(day.scheduled)}
    return bool(known) and all(queue.pk in known for queue in demand.queues_in_order(SYSTEM))


def is_rostered(site: Site, week: date) -> bool:
    return drafts(site, week).exists() or is_published(site, week)
