"""Files of strangers, read in a limited child process: handbooks, scenarios, and lines customers say."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path
from typing import Any

from floorwalker.apps.learning.rules.handbook import drafts_of
from floorwalker.apps.learning.rules.shape import NotAScenario, flow_of
from floorwalker.contacts import NoHandbook
from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.tables import read_table

MOST_DRAFTS = 200
MOST_LINES = 20_000
MOST_UNPACKED = 25 * 2**20
LONGEST_LINE = 500
# How the columns are called in the lists of contact reasons people have: ours first.
TEXT = ("text", "utterance", "line")
REASON = ("reason", "intent", "category")
OFFENSIVE_MARK = "W"  # among the letters of a column “tags”, where there is one


def _json(path: str) -> Any:
    try:
        return json.loads(Path(path).read_bytes())
    except (ValueError, RecursionError) as error:
        raise FileFault("content_not_understood", reason="it is not JSON") from error


def read_handbook(path: str) -> dict[str, Any]:
    """The drafts of a handbook, each as it is stored."""
    handbook = _json(path)
    if not isinstance(handbook, dict) or not handbook:
        raise FileFault("content_not_understood", reason="a handbook is a JSON object of flows")
    try:
        drafts = drafts_of(handbook)
    except NoHandbook as error:
        raise FileFault("content_not_understood", reason=str(error)) from error
    if not drafts:
        raise FileFault("content_not_understood", reason="no kind of contact in it has a step")
    if len(drafts) > MOST_DRAFTS:
        raise FileFault("content_not_understood", reason=f"it has more than {MOST_DRAFTS} kinds of contact")
    return drafts


def read_scenario(path: str) -> dict[str, Any]:
    """A scenario as it is stored."""
    try:
        return flow_of(_json(path)).to_json()
    except NotAScenario as error:
        raise FileFault("content_not_understood", reason=str(error)) from error


def read_lines(path: str) -> dict[str, Any]:
    """What customers say about which reason: a table with a column for each, as it is or packed by gzip."""
    with tempfile.TemporaryDirectory() as folder:
        table = read_table(_unpacked(path, Path(folder) / "lines.csv"))
    columns = {name.strip().lower(): name for name in table.columns}
    text, reason = _column(columns, TEXT), _column(columns, REASON)
    tags, offensive = columns.get("tags"), columns.get("offensive")
    rows, too_long = [], 0
    for _line, cells in table.records():
        said = " ".join(cells.get(text, "").split())
        if not said:
            continue
        if len(said) > LONGEST_LINE:
            too_long += 1
            continue
        if len(rows) >= MOST_LINES:
            raise FileFault("content_not_understood", reason=f"it holds more than {MOST_LINES} lines; split it")
        rude = OFFENSIVE_MARK in cells.get(tags, "") if tags else False
        rude = rude or bool(offensive and cells.get(offensive, "").strip().lower() in ("1", "yes", "true"))
        rows.append([said, cells.get(reason, "").replace("_", " ").strip().lower()[:80] or "other", rude])
    return {"rows": rows, "left_out": too_long + len(table.misfits)}


def _unpacked(path: str, to: Path) -> str:
    """The path itself, or that of what gzip packed, up to a size."""
    with Path(path).open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            return path
    try:
        with gzip.open(path, "rb") as packed:
            content = packed.read(MOST_UNPACKED + 1)
    except (OSError, EOFError) as error:
        raise FileFault("file_damaged") from error
    if len(content) > MOST_UNPACKED:
        raise FileFault("content_not_understood", reason="unpacked it holds more than 25 MB")
    to.write_bytes(content)
    return str(to)


def _column(columns: dict[str, str], names: tuple[str, ...]) -> str:
    found = next((columns[name] for name in names if name in columns), None)
    if found is None:
        raise FileFault("content_not_understood", reason=f"a column is missing: {' or '.join(names)}")
    return found
