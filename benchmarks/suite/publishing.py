"""A week of 2,000 people published, beside the same shifts written one by one; and the audit behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter
from typing import Any

from benchmarks.suite.centre import Centre

ENTRIES = 5_000
ONE_BY_ONE = 400


def rows(centre: Centre) -> Iterator[dict[str, Any]]:
    """Seconds of publishing, rows a second both ways, entries of the audit a second."""
    drafts, people, shifts = _drafts(centre)
    seconds = _published(centre, drafts)
    alone = _one_by_one()
    yield {
        "what": f"publish {people:,} agents, {shifts:,} shifts, {len(drafts)} sites",
        "seconds": round(seconds, 2),
        "per_second": round(shifts / seconds),
        "peer": "bare INSERT of a shift each",
        "peer_per_second": round(alone),
        "ratio": round(shifts / seconds / alone, 2),
    }
    yield from _audit(centre)


def _drafts(centre: Centre) -> tuple[list[Any], int, int]:
    """The last published week of every site again, as the draft of the week after it."""
    from floorwalker.apps.schedules.models import Week
    from floorwalker.apps.schedules.queries.shifts import live_stints
    from floorwalker.apps.schedules.services.drafts import new_draft
    from floorwalker.kernel.access import SYSTEM

    last = centre.monday + timedelta(weeks=centre.size.weeks_ahead - 1)
    drafts, people, shifts = [], set(), 0
    for site in centre.sites:
        former = Week.objects.select_related("site", "current").get(site=site, first_day=last)
        stints = [_later(stint, site.zone) for stint in live_stints(former)]
        week = Week.objects.create(site=site, first_day=last + timedelta(weeks=1))
        drafts.append(new_draft(week, "Next", stints, SYSTEM, centre.at))
        people |= {stint.agent for stint in stints}
        shifts += len(stints)
    return drafts, len(people), shifts


def _later(stint: Any, zone: str) -> Any:
    """The same on the wall clock a week later."""
    from uuid import uuid4

    from floorwalker.apps.schedules.rules.stints import stint_at

    return stint_at(
        str(uuid4()),
        stint.agent,
        day=stint.day + timedelta(weeks=1),
        start_minute=stint.wall_minute,
        length_minutes=510,
        zone=zone,
        meal_minutes=30,
        meal_after=240,
        queue=stint.queue,
    )


def _published(centre: Centre, drafts: list[Any]) -> float:
    from floorwalker.apps.schedules import services
    from floorwalker.kernel.access import SYSTEM

    begun = perf_counter()
    for draft in drafts:
        services.publish(draft_id=draft.pk, by=SYSTEM, at=centre.at)
    return perf_counter() - begun


def _one_by_one() -> float:
    """Shifts a second in one transaction, a statement each, and neither rule, segment, audit nor notice."""
    from django.db import transaction

    from floorwalker.apps.schedules.models import Shift

    known = list(Shift.objects.filter(until=None).order_by("-pk")[:ONE_BY_ONE])
    begun = perf_counter()
    with transaction.atomic():
        for shift in known:
            shift.pk, shift.agent_id = None, None
            shift.identity = shift.identity.__class__(int=(shift.identity.int + 1) % 2**128)
            shift.save(force_insert=True)
        transaction.set_rollback(True)
    return len(known) / (perf_counter() - begun)


def _audit(centre: Centre) -> Iterator[dict[str, Any]]:
    from django.db import transaction

    from floorwalker.kernel import audit
    from floorwalker.kernel.access import SYSTEM
    from floorwalker.kernel.models import Entry

    begun = perf_counter()
    with transaction.atomic():
        for number in range(ENTRIES):
            about = ("schedules.publication", number)
            audit.record(by=SYSTEM, verb="schedules.publish", about=about, facts={"shifts": 214}, at=centre.at)
    written = perf_counter() - begun
    begun = perf_counter()
    verdict = audit.verify()
    verified = perf_counter() - begun
    if not verdict.whole:
        raise AssertionError(f"the audit does not hold: {verdict.breach}")
    count = Entry.objects.count()
    yield {
        "what": f"audit: append {ENTRIES:,}",
        "seconds": round(written, 2),
        "per_second": round(ENTRIES / written),
    }
    yield {
        "what": f"audit: verify {count:,}",
        "seconds": round(verified, 2),
        "per_second": round(count / verified),
    }
