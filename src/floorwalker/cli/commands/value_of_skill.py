"""`floorwalker value-of-skill`: what teaching a skill saves and earns, ranked; or several centres side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from floorwalker.cli import options
from floorwalker.cli.at_rest import nothing_lost, overloaded
from floorwalker.cli.output import Stages, answer, table, write_whole

if TYPE_CHECKING:
    from floorwalker.science.simulation import Comparison, Model, SkillValues

EPILOG = """\b
Examples:
  floorwalker value-of-skill centre.json --agents 1 --agents 4 --slower 15 --training-hours 60
  floorwalker value-of-skill specialists.json --against generalists.json --against mix.json
"""
OWN_FIRST = "The taught take the new skill's contacts only when none of their own wait."
AS_ROUTED = "The taught take the new skill's contacts as the routing chooses, not after their own"


@click.command(epilog=EPILOG)
@click.argument("model", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="Compare with this centre on the same contacts instead; repeatable.",
)
@click.option("--skill", "skills", multiple=True, help="Only this type of contact; repeatable.")
@click.option("--group", "groups", multiple=True, help="Only agents of this group; repeatable.")
@click.option(
    "--agents",
    type=click.IntRange(1),
    multiple=True,
    default=(1, 2, 4),
    show_default=True,
    help="Teach so many; repeatable.",
)
@click.option(
    "--slower",
    type=options.percent,
    default=0.0,
    help="Percentage by which the taught take longer than the type's handling time.",
)
@click.option(
    "--training-hours",
    type=options.Amount(0, 10_000, lowest_open=True),
    default=40.0,
    show_default=True,
    help="Hours to teach one agent one skill.",
)
@click.option(
    "--training-hours-of",
    "hours_of",
    type=options.Counts(),
    help="Hours to teach one skill, or one to one group: spanish=60,billing/front=20.",
)
@options.replications(40)
@options.seed
@options.out_file
@options.as_json
def command(
    model: Path,
    against: tuple[Path, ...],
    skills: tuple[str, ...],
    groups: tuple[str, ...],
    agents: tuple[int, ...],
    slower: float,
    training_hours: float,
    hours_of: dict[str, int] | None,
    replications: int,
    seed: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Contacts saved, value gained and hours replaced by teaching skills to agents of MODEL, the best first.

    Every change is run on the same contacts as the centre as it is. Figures are over the time MODEL describes.
    """
    from floorwalker.cli.files.centre import read_centre
    from floorwalker.cli.files.rows import write_rows
    from floorwalker.science.outcome import Stop
    from floorwalker.science.simulation import compare, lacking, value_of_skill

    models = {str(path): read_centre(path) for path in (model, *against)}
    centre = models[str(model)]
    warnings = [told for path, each in models.items() for told in overloaded(each, Path(path).name)]
    warnings += nothing_lost(centre)
    stages = Stages(quiet=as_json)
    stop = Stop(told=stages.note)
    found: Comparison | SkillValues
    with stages.stage("Simulating"):
        if against:
            found = compare(models, replications=replications, seed=seed, stop=stop)
        else:
            for name in skills:
                centre.type(name)
            for name in groups:
                centre.group(name)
            pairs = [
                (skill, group)
                for skill, group in lacking(centre)
                if (not skills or skill in skills) and (not groups or group in groups)
            ]
            found = value_of_skill(
                centre,
                agents=agents,
                lessons=pairs,
                handling_factor=1 + slower / 100,
                training_hours=_training(centre, training_hours, hours_of or {}),
                replications=replications,
                seed=seed,
                stop=stop,
            )
    rows = [line.to_dict() for line in found.lines]
    if out is not None:
        columns = list(rows[0]) if rows else ["skill", "group", "agents"]
        write_whole(out, write_rows(columns, ([row[column] for column in columns] for row in rows)))
    lines = _compared(rows) if against else _ranked(rows, centre.routing.queues)
    answer(as_json, {**found.to_dict(), "warnings": warnings}, [*lines, f"Written: {out}"] if out else lines)


def _ranked(rows: list[dict[str, Any]], queues: str) -> list[str]:
    if not rows:
        return ["Every group with agents has every skill asked for; nothing is left to teach."]
    shown = [
        {
            "skill": row["skill"],
            "to group": row["group"],
            "agents": row["agents"],
            "contacts saved": _with_band(row, "contacts_saved"),
            "in time": _with_band(row, "in_time_gained"),
            "value gained": _with_band(row, "value_gained"),
            "hours replaced": ("≥ " if row["hours_at_least"] else "") + _with_band(row, "hours_replaced"),
            "contacts a training hour": _with_band(row, "contacts_per_training_hour", 3),
            "value a training hour": _with_band(row, "value_per_training_hour", 3),
        }
        for row in rows
    ]
    order = OWN_FIRST if queues == "priority" else f"{AS_ROUTED} ({queues})."
    return [*table(shown, list(shown[0])), "± is the 95 % band of the difference, on the same contacts.", order]


def _compared(rows: list[dict[str, Any]]) -> list[str]:
    shown = [
        {
            "centre": row["name"],
            "agent hours": round(row["agent_hours"], 1),
            "contacts lost": _with_band(row, "lost"),
            "value": _with_band(row, "value"),
            "contacts saved": _with_band(row, "contacts_saved"),
            "value gained": _with_band(row, "value_gained"),
        }
        for row in rows
    ]
    return [*table(shown, list(shown[0])), "Saved and gained against the first, on the same contacts; ± is 95 %."]


def _with_band(row: dict[str, Any], name: str, digits: int = 1) -> str:
    return f"{row[name]:,.{digits}f} ± {row[f'{name}_half_width']:,.{digits}f}"


def _training(model: Model, hours: float, of: dict[str, int]) -> dict[Any, float]:
    """Hours by type and group, where said; by type; the same for all others."""
    pairs = {f"{name}/{group}": (name, group) for name in model.type_names for group in model.group_names}
    for each in of:
        if each not in pairs:
            model.type(each)
    return dict.fromkeys(model.type_names, hours) | {pairs.get(each, each): of[each] for each in of}
