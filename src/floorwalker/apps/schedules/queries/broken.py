"""What the shifts of people break, worked out once and kept until anything it was made of changes.

Kept in the memory of this process, for each person on a sheet, under everything that goes in: the person as the
rules need them, and a stamp of their shifts from the week before to the week after. Published shifts are never
changed but replaced by newer rows, and a draft's shift counts its changes, so that no two states share a stamp;
what was kept under another stamp is worked out anew. Nothing here has to be told of a change.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from django.db.models import Count, QuerySet, Sum

from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import DraftShift, Shift
from floorwalker.apps.schedules.queries.coverage import rows_of
from floorwalker.apps.schedules.queries.needs import QueueRow
from floorwalker.apps.schedules.queries.preview import Sheet, around
from floorwalker.apps.schedules.queries.shifts import stints
from floorwalker.apps.schedules.queries.workers import workers
from floorwalker.apps.schedules.rules.checking import Finding, findings, labels
from floorwalker.apps.schedules.rules.stints import Worker
from floorwalker.apps.schedules.words import worded

MOST_KEPT = 20_000  # people on sheets
Key = tuple[Any, ...]
Stamp = tuple[Any, ...]


class Kept:
    """Findings by person and sheet; the longest unused go first."""

    def __init__(self) -> None:
        self._found: OrderedDict[Key, tuple[Stamp, tuple[Finding, ...]]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, stamp: Stamp) -> tuple[Finding, ...] | None:
        with self._lock:
            found = self._found.get(key)
            if found is None or found[0] != stamp:
                return None
            self._found.move_to_end(key)
            return found[1]

    def put(self, key: Key, stamp: Stamp, findings: Iterable[Finding]) -> None:
        with self._lock:
            self._found[key] = (stamp, tuple(findings))
            self._found.move_to_end(key)
            while len(self._found) > MOST_KEPT:
                self._found.popitem(last=False)


KEPT = Kept()


def breaches(people: QuerySet[Agent], sheet: Sheet, queues: Sequence[QueueRow]) -> list[Finding]:
    """Every rule these people's shifts break on the sheet, in sentences, by person and day."""
    everyone = workers(people, sheet.week.first_day, queues)
    called = zip(everyone, labels(everyone), strict=True)
    named = {worker.id: replace(worker, name=label) for worker, label in called}
    stamps = _stamps(named, sheet)  # before the shifts themselves: what changes in between is then found out
    known = {agent: KEPT.get(_key(sheet, agent), stamp) for agent, stamp in stamps.items()}
    missing = [named[agent] for agent, found in known.items() if found is None]
    fresh = _worked_out(missing, sheet)
    for agent, found in fresh.items():
        KEPT.put(_key(sheet, agent), stamps[agent], found)
    ordered = sorted(named)
    return worded(each for agent in ordered for each in (known[agent] or fresh.get(agent, ())))


def _key(sheet: Sheet, agent: int) -> Key:
    return sheet.week.site_id, sheet.week.first_day, sheet.draft_id, agent


def _stamps(named: dict[int, Worker], sheet: Sheet) -> dict[int, Stamp]:
    zone = sheet.week.site.zone
    own = _counted(rows_of(sheet.week, sheet.draft_id).filter(agent__in=named))
    others = _counted(around(sheet.week, named))
    return {agent: (zone, worker, own.get(agent), others.get(agent)) for agent, worker in named.items()}


def _counted(rows: QuerySet[Shift] | QuerySet[DraftShift]) -> dict[int, Stamp]:
    """By person: how many rows, and sums that grow whenever one is replaced or changed."""
    counted = rows.order_by().values("agent_id").annotate(n=Count("pk"), ids=Sum("pk"), versions=Sum("version"))
    return {agent: tuple(rest) for agent, *rest in counted.values_list("agent_id", "n", "ids", "versions")}


def _worked_out(missing: Sequence[Worker], sheet: Sheet) -> dict[int, list[Finding]]:
    if not missing:
        return {}
    ids = [worker.id for worker in missing]
    shifts = [
        *stints(around(sheet.week, ids)),
        *stints(rows_of(sheet.week, sheet.draft_id).filter(agent__in=ids)),
    ]
    found: dict[int, list[Finding]] = {agent: [] for agent in ids}
    for each in findings(sheet.week.first_day, sheet.week.site.zone, missing, shifts):
        found[each.agent].append(each)
    return found
