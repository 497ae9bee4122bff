"""`floorwalker shifts`: the cheapest head counts, the bound of any roster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from floorwalker.cli import options
from floorwalker.cli.output import answer, table, write_whole

if TYPE_CHECKING:
    from floorwalker.cli.files.interval_csv import IntervalTable

EPILOG = """\b
Example:
  floorwalker shifts required.csv --catalogue shifts.csv
"""


@click.command(epilog=EPILOG)
@click.argument("required", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--catalogue",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Shifts to choose from: a CSV with start and end; without it full-time shifts are made up.",
)
@click.option("--zone", help="IANA zone of the file, where its offsets alone do not say it.")
@click.option(
    "--time-limit", type=options.search_seconds, default=30.0, show_default=True, help="Seconds at most."
)
@options.out_file
@options.as_json
def command(
    required: Path, catalogue: Path | None, zone: str | None, time_limit: float, out: Path | None, as_json: bool
) -> None:
    """Cheapest head counts per shift that cover REQUIRED, proven: no roster can do with fewer paid hours.

    REQUIRED is a CSV with start and required or scheduled (then scheduled is covered).
    """
    from floorwalker.cli.files.interval_csv import read_required
    from floorwalker.cli.files.shifts_csv import read_shifts

    chosen = read_shifts(catalogue) if catalogue else None
    results = [_cheapest(each, chosen, time_limit) for each in read_required(required, zone)]
    rows = [row for _, counts in results for row in counts]
    if out is not None:
        from floorwalker.cli.files.rows import write_rows

        columns = ["queue", "day", "shift", "people"]
        write_whole(out, write_rows(columns, ([row[c] for c in columns] for row in rows)))
    lines = table(rows, ["queue", "day", "shift", "people"]) if rows else ["Nobody is needed."]
    for total, _ in results:
        lines.append(
            f"{total['queue']}: {total['paid_hours']:g} paid hours ({total['status']}, {total['seconds']:.2f} s); "
            f"no roster of these shifts covers the requirement with fewer than {total['bound']:g}"
        )
    answer(as_json, {"queues": [total for total, _ in results], "counts": rows}, lines)


def _cheapest(
    need: IntervalTable, catalogue: Any, time_limit: float
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    from floorwalker.science.errors import Infeasible, InvalidInput
    from floorwalker.science.outcome import Status, Stop
    from floorwalker.science.rostering import HeadCountParams, RosterProblem, default_catalogue, head_counts

    people = tuple(int(n) for n in need.columns["needed"])
    shifts = catalogue or default_catalogue(need.grid, people)
    problem = RosterProblem(need.grid, people, (), shifts)
    outcome = head_counts(problem, stop=Stop(seconds=time_limit), params=HeadCountParams(cover=True))
    if outcome.value is None:
        if outcome.status is Status.OUT_OF_TIME:
            raise InvalidInput(f"--time-limit {time_limit:g} was too short for {need.queue}; give more seconds")
        why = "; ".join(outcome.clashes)
        raise Infeasible(f"no head counts cover {need.queue}: {why}. {outcome.repair}".strip())
    counts = [
        {"queue": need.queue, "day": need.grid.dates[day].isoformat(), "shift": shift, "people": count}
        for (day, shift), count in sorted(outcome.value.by_day_and_shift.items())
    ]
    total = {
        "queue": need.queue,
        "status": outcome.status.value,
        "paid_hours": outcome.value.paid_hours,
        "bound": outcome.bound,
        "seconds": outcome.seconds,
    }
    return total, counts
