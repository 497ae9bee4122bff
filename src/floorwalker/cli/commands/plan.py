"""`floorwalker plan`: history in, a staffed week out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from floorwalker.cli import options
from floorwalker.cli.output import Stages, answer, whole_folder
from floorwalker.science.errors import InvalidInput

if TYPE_CHECKING:
    from floorwalker.cli.planning.plan import Plan

EPILOG = """\b
Examples:
  floorwalker plan calls.csv --week 2003-09-01 --out plan
  floorwalker plan log.csv --week 2026-11-30 --zone Europe/Lisbon --service 90/15 --people people.csv --out plan
"""
existing = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(epilog=EPILOG)
@options.history_argument
@click.option(
    "--week", type=options.Day(), help="First day of the week to plan; else the Monday after the history."
)
@options.reading
@click.option("--service", help="Target: percentage answered within seconds; 80/20 unless given.")
@options.goals
@options.over
@click.option("--aht", type=options.seconds, help="Handling time in seconds where the history has none.")
@click.option("--shrinkage", type=options.shrunk, help="Percentage of paid time off the phones; 30 unless given.")
@click.option("--min-staff", type=options.most_agents, help="Agents present whenever open; 1 unless given.")
@options.uncertainty
@click.option("--people", type=existing, help="Who can be rostered: a CSV with id, hours, days off …")
@click.option("--shifts", type=existing, help="The shifts there are: a CSV with start, end, meal_minutes …")
@click.option("--step", type=int, help="Minutes of an interval; 30 unless the history is coarser.")
@click.option("--time-limit", type=options.search_seconds, default=30.0, show_default=True,
              help="Seconds to improve the roster.")  # fmt: skip
@click.option("--replications", type=click.IntRange(0, 10_000), default=100, show_default=True,
              help="How often the roster is simulated, to test what is claimed; 0: never.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Start of the random numbers.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder of the plan.")
@options.as_json
@click.pass_context
def command(
    ctx: click.Context, history: Path, week: date | None, zone: str | None, mapping: dict[str, str] | None,
    holidays: str | None,
    special_days: Path | None, service: str | None, definition: str, over: str, max_abandon: float | None,
    max_occupancy: float | None, max_asa: float | None, patience: float | None, aht: float | None,
    shrinkage: float | None, min_staff: int | None, confidence: float | None, absence: float,
    people: Path | None, shifts: Path | None, step: int | None,
    time_limit: float, replications: int, seed: int, out: Path, as_json: bool,
) -> None:  # fmt: skip
    """Plan one week from HISTORY (interval counts or a call log): forecast, required staff, roster.

    Writes forecast.csv, required.csv, roster.csv, audit.csv (the roster simulated), one calendar (.ics) per
    agent, plan.json and report.html into the folder --out. Whatever you do not say is guessed, and every guess
    is listed first.
    """
    from floorwalker.cli.planning.folder import INPUTS, write_plan
    from floorwalker.cli.planning.pipeline import make_plan
    from floorwalker.cli.planning.reading import plan_step, read, read_for
    from floorwalker.cli.planning.settings import PlanSettings
    from floorwalker.cli.planning.snapshot import load_snapshot, take_snapshot

    _refuse_foreign_folder(out)
    _check(people, shifts, special_days)
    stages = Stages()
    with stages.stage(f"Reading {history.name}"):
        found = read(history, zone=zone, mapping=mapping) if zone else read_for(people, history, mapping=mapping)
    settings = PlanSettings(
        week=week, zone=zone, mapping=mapping, holidays=holidays, service=service, definition=definition,
        over=over, max_abandon=max_abandon, max_occupancy=max_occupancy, max_asa=max_asa, aht=aht,
        patience=patience, shrinkage=shrinkage, min_staff=min_staff, confidence=confidence, absence=absence,
        step=step, time_limit=time_limit, replications=replications, seed=seed,
    )  # fmt: skip
    extras = {"people.csv": people, "shifts.csv": shifts, "special_days.csv": special_days}
    with whole_folder(out) as fresh:
        take_snapshot(fresh / INPUTS, found, plan_step(found, step), extras)
        plan = make_plan(settings, load_snapshot(fresh / INPUTS, holidays), stages)
        with stages.stage("Writing the plan"):
            write_plan(plan, fresh, out.name)
    _say(plan, out, as_json)
    ctx.exit(0 if all(each.outcome.value for each in plan.queues) else 1)


def _refuse_foreign_folder(out: Path) -> None:
    """A folder that is no plan of ours is never replaced."""
    if out.exists() and any(out.iterdir()) and not (out / "inputs" / "facts.json").exists():
        raise InvalidInput(f"{out} exists and is not the folder of a plan; name another with --out")
    if out.resolve() == Path.cwd():
        raise InvalidInput("--out cannot be the folder you stand in; name one inside it")


def _check(people: Path | None, shifts: Path | None, special_days: Path | None) -> None:
    """Complain about the user's own files by the names the user gave them, before any work."""
    from floorwalker.cli.files.people_csv import read_people
    from floorwalker.cli.files.shifts_csv import read_shifts
    from floorwalker.cli.files.special_days_csv import read_special_days

    if people is not None:
        read_people(people)
    if shifts is not None:
        read_shifts(shifts)
    if special_days is not None:
        read_special_days(special_days)


def _say(plan: Plan, out: Path, as_json: bool) -> None:
    from floorwalker.cli.planning.folder import plan_facts
    from floorwalker.cli.planning.summary import plan_lines

    value: dict[str, Any] = {**plan_facts(plan, {}), "out": str(out)} if as_json else {}
    answer(as_json, value, [] if as_json else plan_lines(plan, out))
