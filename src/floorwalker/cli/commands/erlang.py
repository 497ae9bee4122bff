"""`floorwalker erlang`: one interval, by formula."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from floorwalker.cli import options
from floorwalker.cli.output import answer, table

EPILOG = """\b
Examples:
  floorwalker erlang --calls 100 --per 30 --aht 180 --service 80/20
  floorwalker erlang --calls 100 --per 30 --aht 180 --agents 12 --patience 120
"""
SHOWN = ["agents", "service_level", "abandon_rate", "asa_seconds", "occupancy", "wait_probability"]


@click.command(epilog=EPILOG)
@click.option("--calls", type=options.Amount(0, 1e9), required=True, help="Contacts offered in the interval.")
@click.option(
    "--per", type=options.seconds, default=30.0, show_default=True, help="Length of the interval, MINUTES."
)
@click.option("--aht", type=options.seconds, required=True, help="Mean handling time, seconds.")
@click.option("--service", help="Target: percentage answered within seconds, e.g. 80/20 (the default).")
@options.goals
@click.option("--agents", type=options.most_agents, help="Say what so many agents achieve instead.")
@click.option("--shrinkage", type=options.shrunk, default=0.0, help="Percentage of paid time off the phones.")
@options.as_json
def command(
    calls: float, per: float, aht: float, service: str | None, definition: str, max_abandon: float | None,
    max_occupancy: float | None, max_asa: float | None, patience: float | None, agents: int | None,
    shrinkage: float, as_json: bool,
) -> None:  # fmt: skip
    """Agents for one interval, or what so many agents achieve.

    --per is in minutes, every other time in seconds. Without --patience nobody hangs up (Erlang C); with it
    callers leave after that mean time (Erlang A).
    """
    from floorwalker.cli.planning.goals import check_patience_given, read_goals
    from floorwalker.science.queueing import QueueMetrics, erlang_a, erlang_c, smallest_staff

    check_patience_given(max_abandon, patience)
    goals = read_goals(service, definition, max_abandon=max_abandon, max_occupancy=max_occupancy, max_asa=max_asa)
    assert goals.target is not None
    target = goals.target

    def measure(count: int) -> QueueMetrics:
        if patience is None:
            return erlang_c(count, calls, per * 60, aht, target)
        return erlang_a(count, calls, per * 60, aht, patience, target)

    needed = smallest_staff(calls, per * 60, aht, goals, patience) if agents is None else agents
    metrics = measure(needed)
    scheduled = _scheduled(needed, shrinkage) if shrinkage else needed
    found: dict[str, Any] = {
        "model": "Erlang C" if patience is None else "Erlang A",
        "service": str(target),
        "definition": target.definition.value,
        **asdict(metrics),
        "agents": needed,
        "scheduled": scheduled,
    }
    if agents is None:
        found["required"] = needed
    nearby = {count: asdict(measure(count)) for count in range(max(0, needed - 2), needed + 3)}
    found["nearby"] = [{**{c: row[c] for c in SHOWN}, "agents": count} for count, row in nearby.items()]
    verb = "needed" if agents is None else "asked about"
    lines = [
        f"{needed} agents {verb} ({found['model']}, {target} {target.definition.value}, "
        f"load {metrics.load:.2f} Erlangs)"
    ]
    if shrinkage:
        lines.append(f"{scheduled} people scheduled at {shrinkage:g} % shrinkage")
    if not metrics.stable:
        lines.append(f"{needed} agents cannot carry {metrics.load:.2f} Erlangs: the queue grows without limit")
    answer(as_json, found, [*lines, "", *table(found["nearby"], SHOWN)])


def _scheduled(needed: int, shrinkage: float) -> int:
    from floorwalker.science.staffing import scheduled_for

    return int(scheduled_for(needed, shrinkage / 100))
