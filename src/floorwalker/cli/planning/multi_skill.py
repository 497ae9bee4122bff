"""`floorwalker staff --multi-skill`: agents by group for a described centre, as tables and plain values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floorwalker.cli.output import Stages, table

if TYPE_CHECKING:
    from floorwalker.science.outcome import Outcome
    from floorwalker.science.staffing import MultiSkillStaff


def staff_model(
    path: Path,
    periods: Sequence[int],
    *,
    tolerance: float,
    seed: int,
    time_limit: float,
    stages: Stages,
    **limits: Any,
) -> tuple[dict[str, Any], list[str], list[list[Any]]]:
    """The answer as plain values, as lines to read, and as rows of a CSV: period, group, agents."""
    from floorwalker.cli.files.centre import read_centre
    from floorwalker.science.errors import Infeasible
    from floorwalker.science.outcome import Stop
    from floorwalker.science.staffing import staff_each_period

    model = read_centre(path)
    found = staff_each_period(
        model,
        tuple(periods) or None,
        tolerance=tolerance,
        seed=seed,
        stop=Stop(seconds=time_limit, told=stages.note),
        **limits,
    )
    for period, outcome in found.items():
        if outcome.value is None:
            where = f"period {period}: " if len(model.periods) > 1 else ""
            raise Infeasible(f"{where}{'; '.join(outcome.clashes)}. Nearest repair: {outcome.repair}")
    lines: list[str] = []
    for period, outcome in found.items():
        if len(found) > 1 or periods:
            lines += [f"Period {period}", ""]
        lines += [*_lines(outcome), ""]
    plain = [{"period": period, **_plain(outcome)} for period, outcome in found.items()]
    rows = [
        [period, group, count]
        for period, outcome in found.items()
        if outcome.value is not None
        for group, count in outcome.value.agents.items()
    ]
    return {"model": str(path), "periods": plain}, lines[:-1], rows


def _plain(outcome: Outcome[MultiSkillStaff]) -> dict[str, Any]:
    assert outcome.value is not None
    search = {"status": outcome.status, "bound": outcome.bound, "seconds": outcome.seconds, "tried": outcome.work}
    return {**outcome.value.to_dict(), **search}


def _lines(outcome: Outcome[MultiSkillStaff]) -> list[str]:
    staff = outcome.value
    assert staff is not None
    groups = [
        {"group": name, "agents": count, "pooled formula": staff.pooled[name]}
        for name, count in staff.agents.items()
    ]
    groups.append({"group": "all", "agents": staff.total, "pooled formula": sum(staff.pooled.values())})
    service = [
        {
            "type": name,
            "target": str(staff.targets[name]),
            "reached %": round(100 * found.mean, 1),
            "from": round(100 * found.low, 1),
            "to": round(100 * found.high, 1),
        }
        for name, found in staff.service.items()
    ]
    return [
        *table(groups, ["group", "agents", "pooled formula"]),
        "",
        *(table(service, ["type", "target", "reached %", "from", "to"]) if service else ["Nobody waits here."]),
        f"Cost {staff.cost_per_hour:g} an hour; {outcome.work} staffs tried in {outcome.seconds:.1f} s. "
        f"Reached on fresh random numbers, 95 % band; tolerance {100 * staff.tolerance:g} points.",
    ]
