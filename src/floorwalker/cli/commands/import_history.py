"""`floorwalker import`: history into the store."""

from __future__ import annotations

from pathlib import Path

import click

from floorwalker.cli import options
from floorwalker.cli.output import Stages, answer

EPILOG = """\b
Example:
  floorwalker import calls.csv --store history
"""


@click.command(epilog=EPILOG)
@options.history_argument
@options.mapping
@options.zone
@click.option(
    "--customer-salt",
    envvar="FLOORWALKER_CUSTOMER_SALT",
    help="Secret that customers are hashed with; without it they are not kept. Better set in the environment.",
)
@click.option(
    "--store", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder of the store."
)
@options.as_json
def command(
    history: Path, mapping: dict[str, str] | None, zone: str | None, customer_salt: str | None, store: Path,
    as_json: bool,
) -> None:  # fmt: skip
    """Read HISTORY into the store; importing it again changes nothing, a corrected row replaces the old one.

    Every line is accounted for: read = stored + duplicates + set aside.
    """
    from floorwalker.cli.planning.reading import reading_lines
    from floorwalker.contacts import Store, read_history

    stages = Stages()
    with stages.stage(f"Reading {history.name}"):
        found = read_history(history, zone=zone, mapping=mapping, customer_salt=customer_salt)
    with stages.stage("Storing"):
        added = Store(store).add(found)
    value = {
        "table": found.table, "read": found.read, "duplicates": found.duplicates, "rejected": found.rejected,
        "left_out": found.left_out, "stored": added.stored, "unchanged": added.unchanged,
        "replaced": added.replaced, "guesses": [vars(guess) for guess in found.guesses],
        "rejects": [str(reject) for reject in found.rejects[:100]],
    }  # fmt: skip
    line = (
        f"{found.read} lines read into {found.table}: {added.stored} new, {added.replaced} replaced, "
        f"{added.unchanged} known already, {found.duplicates} twice in the file, "
        f"{found.rejected + found.left_out} set aside"
    )
    answer(as_json, value, [*reading_lines(found), line])
