"""Files of strangers, read in a limited child process."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from floorwalker.apps.people.rules.emotions import of_people_at_work
from floorwalker.apps.quality.rules.conversations import ABOUT, Reading, Unfit
from floorwalker.apps.quality.rules.handbook import forms_of
from floorwalker.contacts import NoHandbook
from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.tables import read_table

MOST_FORMS = 60
MOST_ITEMS = 2000
MOST_CONVERSATIONS = 5000
MOST_PHRASES = 500


def read_handbook(path: str) -> dict[str, Any]:
    """The forms of a handbook, each as it is stored."""
    try:
        handbook = json.loads(Path(path).read_bytes())
    except (ValueError, RecursionError) as error:
        raise FileFault("content_not_understood", reason="it is not JSON") from error
    if not isinstance(handbook, dict) or not handbook:
        raise FileFault("content_not_understood", reason="a handbook is a JSON object of flows")
    try:
        forms = forms_of(handbook)
    except NoHandbook as error:
        raise FileFault("content_not_understood", reason=str(error)) from error
    items = sum(1 for form in forms.values() for _ in form.items())
    if len(forms) > MOST_FORMS or items > MOST_ITEMS:
        raise FileFault(
            "content_not_understood", reason=f"it has more than {MOST_FORMS} flows or {MOST_ITEMS} steps"
        )
    return {name: form.to_json() for name, form in forms.items()}


def read_conversations(path: str, kind: str, encoding: str, zone: str) -> dict[str, Any]:
    """Conversations of a file, redacted: JSON lines, or a table with a turn in each row."""
    reading = Reading()
    if kind == "json":
        _read_lines(path, encoding, zone, reading)
    else:
        _read_turns(path, zone, reading)
    if not reading.read:
        raise FileFault("file_empty")
    return reading.as_plain()


def _read_lines(path: str, encoding: str, zone: str, reading: Reading) -> None:
    with Path(path).open(encoding=encoding or "utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            _check_number(reading)
            try:
                told = json.loads(line)
            except (ValueError, RecursionError):
                told = None
            if not isinstance(told, dict):
                reading.read += 1
                reading.refuse(number, Unfit("no_json"))
                continue
            turns = told.get("turns")
            turns = turns if isinstance(turns, list) else []
            _refuse_feelings([*told, *(name for turn in turns if isinstance(turn, dict) for name in turn)])
            reading.take(number, told, turns, zone)


def _read_turns(path: str, zone: str, reading: Reading) -> None:
    """Rows of one key are one conversation; what is said about it stands in the first of them."""
    table = read_table(path)
    columns = {name.strip().lower(): name for name in table.columns}
    _refuse_feelings(table.columns)
    lacking = [name for name in ("key", "agent", "started_at", "speaker", "text") if name not in columns]
    if lacking:
        raise FileFault("content_not_understood", reason=f"these columns are missing: {', '.join(lacking)}")
    first: dict[str, tuple[int, dict[str, str]]] = {}
    turns: dict[str, list[dict[str, str]]] = {}
    for line, cells in table.records():
        row = {name: cells.get(column, "") for name, column in columns.items()}
        key = " ".join(row["key"].split())
        if not key:
            reading.read += 1
            reading.refuse(line, Unfit("missing", what="key"))
            continue
        first.setdefault(key, (line, {name: row.get(name, "") for name in ABOUT}))
        turns.setdefault(key, []).append({name: row.get(name, "") for name in ("speaker", "at", "text")})
    for misfit in table.misfits:
        reading.read += 1
        reading.refuse(misfit.line, Unfit("too_many_cells"))
    for key, (line, told) in first.items():
        _check_number(reading)
        reading.take(line, told, turns[key], zone)


def _refuse_feelings(names: Iterable[str]) -> None:
    found = of_people_at_work(names)
    if found:
        raise FileFault(
            "content_not_understood",
            reason=f"it tells what somebody at work feels ({found[0][:40]}); Floorwalker takes that of nobody – "
            "take it out of the file and upload it again",
        )


def _check_number(reading: Reading) -> None:
    if reading.read >= MOST_CONVERSATIONS:
        raise FileFault(
            "content_not_understood",
            reason=f"it holds more than {MOST_CONVERSATIONS} conversations; split it and upload the parts",
        )


def read_phrases(path: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table of phrases, each with its line and its columns in lower case."""
    table = read_table(path)
    columns = {name.strip().lower(): name for name in table.columns}
    lacking = [name for name in ("phrase", "said_by", "who_could_mend_it") if name not in columns]
    if lacking:
        raise FileFault("content_not_understood", reason=f"these columns are missing: {', '.join(lacking)}")
    if table.misfits:
        raise FileFault("content_not_understood", reason=f"line {table.misfits[0].line} has too many cells")
    rows = [
        (line, {name: cells.get(column, "") for name, column in columns.items()})
        for line, cells in table.records()
    ]
    if len(rows) > MOST_PHRASES:
        raise FileFault("content_not_understood", reason=f"it holds more than {MOST_PHRASES} phrases")
    return rows
