"""A roster run in figures and words."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from floorwalker.apps.people.queries import visible_agents
from floorwalker.apps.schedules.models import Run, Week
from floorwalker.apps.schedules.permissions import SchedulePermission as P
from floorwalker.apps.schedules.queries.needs import needs_of, queues_of
from floorwalker.apps.schedules.queries.problems import patterns_of
from floorwalker.apps.schedules.queries.workers import agents_of_site, employed_in, rosterable
from floorwalker.kernel.access import Actor


@dataclass(frozen=True)
class Before:
    """What a run of this week would start from."""

    people: int
    contractors: int
    queues: list[str]
    without_need: list[str]
    needed_hours: float
    patterns: int


def before_a_run(by: Actor, week: Week) -> Before:
    everyone = agents_of_site(by, week.site_id, P.PLAN)
    people = rosterable(everyone, week.first_day).count()
    here = employed_in(everyone, week.first_day).count()
    queues = queues_of(by, week.site_id, P.PLAN)
    needs = needs_of(by, week.site_id, week.first_day)
    needed = {need.queue for need in needs if any(need.scheduled)}
    return Before(
        people=people,
        contractors=here - people,
        queues=[queue.name for queue in queues if queue.id in needed],
        without_need=[queue.name for queue in queues if queue.id not in needed],
        needed_hours=sum(sum(need.scheduled) * need.step_seconds for need in needs) / 3600,
        patterns=len(patterns_of(week.site_id)),
    )


@dataclass(frozen=True)
class QueueFigures:
    name: str
    people: int
    needed_hours: float
    paid_hours: float
    short_hours: float
    gap: float | None
    proven: bool


@dataclass(frozen=True)
class Figures:
    """What came of a run."""

    queues: list[QueueFigures]
    clashes: list[tuple[str, str]]
    left_out: list[str]
    failure: str


def told(actor: Actor, runs: Iterable[Run]) -> list[Run]:
    """These runs; what came of them names the people this actor plans and nobody else of the site."""
    seen = set(visible_agents(actor, P.PLAN).values_list("pk", flat=True))
    return [_told(run, seen) for run in runs]


def _told(run: Run, seen: set[int]) -> Run:
    if not run.result or "queues" not in run.result:
        return run
    named = {person["label"] for person in run.problem["people"] if person["id"] in seen}
    found = copy(run)
    found.result = {
        "queues": [_queue_told(row, named) for row in run.result["queues"]],
        "left_out": [label for label in run.result["left_out"] if label in named],
    }
    return found


def _queue_told(row: dict[str, Any], named: set[str]) -> dict[str, Any]:
    """The last clashes and repairs are those of the people set aside, in order; those before are of the need."""
    aside, told = row["aside"], dict(row)
    told["aside"] = [label for label in aside if label in named]
    for each in ("clashes", "repairs"):
        of_need = len(row[each]) - len(aside)
        own = [text for text, label in zip(row[each][of_need:], aside, strict=True) if label in named]
        told[each] = [*row[each][:of_need], *own]
    return told


def figures_of(actor: Actor, run: Run) -> Figures | None:
    (run,) = told(actor, [run])
    if run.result is None:
        return None
    rows: list[dict[str, Any]] = run.result.get("queues", [])
    clashes = [
        (text, repair)
        for row in rows
        for text, repair in zip(row["clashes"], [*row["repairs"], *[""] * len(row["clashes"])], strict=False)
    ]
    return Figures(
        queues=[
            QueueFigures(
                row["name"],
                row["people"],
                row["needed_hours"],
                row["paid_hours"],
                row["short_hours"],
                row["gap"],
                row["status"] == "optimal",
            )
            for row in rows
        ],
        clashes=clashes,
        left_out=run.result.get("left_out", []),
        failure=run.result.get("failure", ""),
    )
