"""Whether a requirement still says what would be computed today, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from django.utils.translation import gettext as _

from floorwalker.apps.capacity import rules
from floorwalker.apps.capacity.models import RequiredDay
from floorwalker.apps.capacity.queries.inputs import goals_of, off_phone_shares
from floorwalker.apps.capacity.queries.policies import policies_of
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.queries.expectations import in_force
from floorwalker.apps.demand.queries.forecasts import Expected

SAME = 1e-4  # numbers are kept with seven digits


def stale_because(queue: Queue, rows: Sequence[RequiredDay], expected: Expected) -> list[str]:
    """Why these days should be computed again; nothing while they still hold."""
    if not rows:
        return []
    found = []
    if expected.days and any(_changed(row, expected) for row in rows):
        found.append(_("the forecast has changed since"))
    elif expected.days and any(_takes_longer_or_shorter(row, queue, expected) for row in rows):
        found.append(_("the handling time has changed since"))
    agreed = in_force({queue.client_id}, rows[-1].requirement.first_day)
    if any(row.requirement.settings["goals"] != goals_of(queue, agreed) for row in rows):
        found.append(_("the queue's goals have changed since"))
    policy = policies_of([queue])[queue.pk].to_dict()
    if any(row.requirement.settings["policy"] != policy for row in rows):
        found.append(_("how the queue is staffed has changed since"))
    first_days = {row.requirement.first_day for row in rows}
    off = {day: off_phone_shares([queue], day)[queue.pk] for day in first_days}
    if any(
        rules.planned_otherwise(row.requirement.settings.get("off_phone"), off[row.requirement.first_day])
        for row in rows
    ):
        found.append(_("the time planned off the phones has changed since"))
    missing = {each.day for each in expected.days} - {row.day for row in rows}
    if missing:
        found.append(_("the forecast reaches days that are not computed yet"))
    return found


def _changed(row: RequiredDay, expected: Expected) -> bool:
    """Another version is in use, or a planner's change lies on the day."""
    if expected.version is None or expected.version.pk != row.requirement.forecast_version:
        return True
    now = next((each.mean for each in expected.days if each.day == row.day), None)
    if now is None:
        return False
    return any(
        need and abs((then or 0.0) - (mean or 0.0)) > SAME * max(1.0, mean or 0.0)
        for then, mean, need in zip_longest(row.contacts, now, row.scheduled)
    )


def _takes_longer_or_shorter(row: RequiredDay, queue: Queue, expected: Expected) -> bool:
    """A planner changed the handling time, or the queue's setting is another where the forecast knows none."""
    now = next((each.aht for each in expected.days if each.day == row.day), [])
    return any(
        need
        and abs((then or 0.0) - ((queue.aht_seconds if seconds is None else seconds) or 0.0))
        > SAME * (then or 0.0)
        for then, seconds, need in zip_longest(row.aht_seconds, now, row.scheduled)
    )
