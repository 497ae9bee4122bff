"""`floorwalker price-of-hour`: what an agent-hour off the phones costs, period by period and group by group."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from floorwalker.cli import options
from floorwalker.cli.at_rest import nothing_lost, overloaded
from floorwalker.cli.files.centre import period_begins, read_centre
from floorwalker.cli.output import Stages, answer, table, write_whole

if TYPE_CHECKING:
    from floorwalker.science.simulation import Model, PriceTable

EPILOG = """\b
Example:
  floorwalker price-of-hour examples/centre.json --group sellers --out prices.csv
"""
SHOWN = 3  # dearest and cheapest periods of each group


@click.command(epilog=EPILOG)
@click.argument("model", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--group", "groups", multiple=True, help="Only this group; repeatable.")
@click.option(
    "--agents",
    "levels",
    type=click.IntRange(1),
    multiple=True,
    default=(1,),
    show_default=True,
    help="Price so many agents away at once; repeatable.",
)
@options.replications(80)
@options.seed
@options.out_file
@options.as_json
def command(
    model: Path,
    groups: tuple[str, ...],
    levels: tuple[int, ...],
    replications: int,
    seed: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Contacts and value lost by one agent-hour off the phones, in each period and group of MODEL, with band.

    The centre is run with agents away and without, on the same contacts. A table of all cells goes to --out.
    """
    from floorwalker.cli.files.rows import write_rows
    from floorwalker.science.outcome import Stop
    from floorwalker.science.simulation import price_of_hour

    centre = read_centre(model)
    warnings = [*overloaded(centre), *nothing_lost(centre)]
    stages = Stages(quiet=as_json)
    with stages.stage("Pricing"):
        found = price_of_hour(
            centre,
            groups=groups or None,
            levels=sorted(set(levels)),
            replications=replications,
            seed=seed,
            stop=Stop(told=stages.note),
        )
    if out is not None:
        rows = list(found.rows())
        columns = list(rows[0]) if rows else ["group", "period"]
        write_whole(out, write_rows(columns, ([row[column] for column in columns] for row in rows)))
    lines = _lines(centre, found)
    answer(as_json, {**found.to_dict(), "warnings": warnings}, [*lines, f"Written: {out}"] if out else lines)


def _lines(centre: Model, found: PriceTable) -> list[str]:
    rows = []
    for group in found.groups:
        cheap = found.cheapest(group, count=len(centre.periods))
        chosen = dict.fromkeys([*cheap[:SHOWN], *cheap[-SHOWN:]])
        rows += [_row(centre, found, group, period) for period in reversed(chosen)]
    plain = (
        f"Per agent-hour off the phones, {found.replications} replications; ± is half of the 95 % band. "
        f"An hour taken anywhere costs {found.mean_price():.2f} contacts; "
        f"all contacts lost, divided by all staffed hours, would say {found.plain_share:.2f}."
    )
    if len(centre.periods) > 2 * SHOWN:
        plain += f" Shown are the {SHOWN} dearest and {SHOWN} cheapest periods of each group; --out writes all."
    if not rows:
        return ["Nobody is on the phones in any period."]
    return [*table(rows, list(rows[0])), plain]


def _row(centre: Model, found: PriceTable, group: str, period: int) -> dict[str, Any]:

    def price(measure: str) -> str:
        cell = found.at(group, period, measure=measure, level=found.levels[0])
        return f"{cell.mean:,.2f} ± {cell.high - cell.mean:,.2f}"

    return {
        "group": group,
        "period": period,
        "begins": period_begins(centre, period),
        "contacts lost": price("contacts"),
        "late": price("late"),
        "value lost": price("value"),
    }
