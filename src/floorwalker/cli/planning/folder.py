"""The folder of a plan: every file of it from the plan, and the plan again from the folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from floorwalker.cli.calendars import write_calendars
from floorwalker.cli.files.interval_csv import forecast_csv, required_csv
from floorwalker.cli.files.rows import write_rows
from floorwalker.cli.output import Stages, write_json
from floorwalker.cli.planning.auditing import AUDIT_COLUMNS, audit_rows
from floorwalker.cli.planning.pipeline import Kept, make_plan
from floorwalker.cli.planning.plan import Plan, QueuePlan
from floorwalker.cli.planning.report_content import advice, change_sentence, report_content
from floorwalker.cli.planning.settings import PlanSettings
from floorwalker.cli.planning.snapshot import load_snapshot
from floorwalker.cli.report import render
from floorwalker.science.errors import InvalidInput
from floorwalker.science.rostering import Roster
from floorwalker.science.staffing import QueueAudit

INPUTS = "inputs"
CALENDARS = "calendars"
ROSTER_COLUMNS = (
    "agent",
    "name",
    "queue",
    "date",
    "shift",
    "start",
    "end",
    "meal_start",
    "meal_end",
    "paid_hours",
)


def write_plan(plan: Plan, folder: Path, name: str) -> None:
    """Write every file of the plan into ``folder``; ``name`` is where the user will find it."""
    tables = plan_tables(plan)
    for file, text in tables.items():
        (folder / file).write_text(text, encoding="utf-8", newline="")
    for each in plan.queues:
        if each.outcome.value is not None:
            write_calendars(each.outcome.value, folder / CALENDARS, queue=each.queue)
    hashes = {file: hashlib.sha256(text.encode()).hexdigest() for file, text in tables.items()}
    (folder / "plan.json").write_text(write_json(plan_facts(plan, hashes)), encoding="utf-8")
    (folder / "report.html").write_text(render(report_content(plan, name)), encoding="utf-8")


def plan_tables(plan: Plan) -> dict[str, str]:
    """The CSV files of the plan by name."""
    return {
        "forecast.csv": forecast_csv(each.forecasting.forecast for each in plan.queues),
        "required.csv": required_csv(each.requirement for each in plan.queues),
        "roster.csv": write_rows(ROSTER_COLUMNS, _roster_rows(plan)),
        **({"audit.csv": write_rows(AUDIT_COLUMNS, audit_rows(plan))} if plan.settings.replications else {}),
    }


def _roster_rows(plan: Plan) -> Iterator[Sequence[object]]:
    for each in plan.queues:
        if each.outcome.value is not None:
            yield from _duties(each.outcome.value, each.queue)


def _duties(roster: Roster, queue: str) -> Iterator[Sequence[object]]:
    zone = ZoneInfo(roster.grid.zone)

    def local(instant: int) -> str:
        return datetime.fromtimestamp(instant, zone).isoformat()

    for duty in sorted(roster.duties):
        person, shift = roster.person_by_id[duty.person], roster.shift_by_name[duty.shift]
        meal = roster.meal(duty)
        yield (
            person.id,
            person.name,
            queue,
            roster.grid.dates[duty.day].isoformat(),
            shift.name,
            *map(local, roster.span(duty)),
            *(map(local, meal) if meal else (None, None)),
            shift.paid_minutes / 60,
        )


def plan_facts(plan: Plan, hashes: dict[str, str]) -> dict[str, Any]:
    """What plan.json holds: the guesses first, then the result, then all it takes to make it again."""
    facts = plan.snapshot.facts
    return {
        "guesses": [vars(guess) for guess in plan.guesses],
        "warnings": list(plan.warnings),
        "week": plan.decisions.grid.first_day.isoformat(),
        "zone": facts.zone,
        "queues": [_queue_facts(each, plan) for each in plan.queues],
        "settings": plan.settings.to_dict(),
        "input": {
            "source": facts.source,
            "sha256": facts.source_sha256,
            "read": facts.read,
            "stored": facts.stored,
            "duplicates": facts.duplicates,
            "rejected": facts.rejected,
            "left_out": facts.left_out,
            "rejects": list(facts.rejects),
        },
        "version": plan.version,
        "files": hashes,
    }


def _queue_facts(each: QueuePlan, plan: Plan) -> dict[str, Any]:
    total, outcome = each.expected.total(), each.outcome
    roster = outcome.value
    return {
        "queue": each.queue,
        "contacts": total.contacts,
        "people": len(roster.people) if roster else 0,
        "paid_hours": roster.paid_hours if roster else 0.0,
        "service_level": total.service_level,
        "definition": each.requirement.target.definition.value,
        "target": str(each.requirement.target),
        "abandoned": total.abandoned,
        "abandon_rate": total.abandon_rate,
        "asa_seconds": total.asa_seconds,
        "occupancy": total.occupancy,
        "method": each.forecasting.forecast.method,
        "methods": {name: scores.to_dict() for name, scores in each.forecasting.choice.scores.items()},
        "roster": {
            "status": outcome.status.value,
            "objective": outcome.objective,
            "bound": outcome.bound,
            "gap": outcome.gap,
            "seconds": outcome.seconds,
            "work": outcome.work,
            "clashes": list(outcome.clashes),
            "repair": outcome.repair,
        },
        "audit": None if each.audit is None else _audit_facts(each.audit),
        "advice": [vars(item) for item in advice(each, plan.decisions.patience_seconds)],
        "changes": [change_sentence(change) for change in each.forecasting.cleaned.changes],
        "notes": list(each.forecasting.forecast.notes),
    }


def _audit_facts(found: QueueAudit) -> dict[str, Any]:
    """The week and its days; intervals are in audit.csv."""
    facts = found.to_dict()
    return {name: facts[name] for name in ("total", "days")}


@dataclass(frozen=True)
class Rerun:
    """A plan made again, and which of its tables came out different from those kept."""

    plan: Plan
    tables: dict[str, str]
    different: tuple[str, ...]


def read_settings(folder: Path) -> tuple[PlanSettings, dict[str, Kept]]:
    """Settings of a kept plan, and what repeats its rosters."""
    try:
        facts = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        kept = {q["queue"]: Kept(int(q["roster"]["work"]), int(q["people"])) for q in facts["queues"]}
        return PlanSettings.from_dict(facts["settings"]), kept
    except (OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(f"{folder} is not the folder of a plan: plan.json is missing or was changed") from error


def rerun_plan(folder: Path, stages: Stages) -> Rerun:
    """Make the plan of ``folder`` again from its kept inputs."""
    settings, kept = read_settings(folder)
    snapshot = load_snapshot(folder / INPUTS, settings.holidays)
    if set(kept) != set(snapshot.demands):
        raise InvalidInput(f"{folder}: plan.json and inputs/demand.csv name different queues; plan again")
    plan = make_plan(settings, snapshot, stages, kept)
    tables = plan_tables(plan)
    different = [name for name, text in tables.items() if _bytes(folder / name) != text.encode()]
    return Rerun(plan, tables, tuple(different))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
