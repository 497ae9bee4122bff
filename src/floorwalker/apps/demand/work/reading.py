"""Reading a stranger's history file, in the limited child: what it holds, or the one question it leaves open."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from floorwalker.contacts import History, HistoryError, HistoryQuestion, read_history
from floorwalker.contacts.formats.sheet import read_sheet
from floorwalker.contacts.formats.source import read_source
from floorwalker.kernel.files.faults import FileFault
from floorwalker.kernel.files.limits import LIMITS, Limits
from floorwalker.kernel.files.tables import read_table
from floorwalker.science.errors import InvalidInput

WORKBOOK = b"PK\x03\x04"
SHOWN_REJECTS = 1000
NOT_A_GUESS = ("--customer-salt", "--zone")  # customers are never kept here, and the zone is always asked for
HALF_HOUR = 1800


def read(
    path: str, kept: str, mapping: dict[str, str], zone: str, limits: dict[str, int] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Read the file at ``path``, write its canonical rows to ``kept``, and account for every line.

    ``{"question": …}`` where one answer is missing; a :class:`FileFault` where there is nothing to read.
    """
    tell = progress or (lambda _done, _of: None)
    source = Path(path)
    try:
        tell(0, 3)
        if source.open("rb").read(4) == WORKBOOK:
            source = _as_text(source, Path(f"{kept}.text.csv"), Limits(**limits) if limits else LIMITS)
        tell(1, 3)
        found = read_history(source, mapping=mapping, zone=zone)
    except HistoryQuestion as question:
        return {"question": _question(question, source, mapping)}
    except HistoryError as error:
        raise FileFault("content_not_understood", reason=_plain(str(error), source, path)) from error
    except InvalidInput as error:
        raise FileFault("content_not_understood", reason=str(error)) from error
    tell(2, 3)
    found.frame.to_csv(kept, index=False)
    tell(3, 3)
    return account(found)


def account(found: History) -> dict[str, Any]:
    """What was read, as plain values: read = stored + duplicates + rejected + left out."""
    contacts = found.frame["offered"] if found.table == "intervals" else None
    queues = []
    for name in found.queues:
        here = found.frame["queue"] == name
        starts = found.frame.loc[here, "start"]
        queues.append(
            {
                "name": name,
                "rows": int(here.sum()),
                "contacts": float(contacts[here].sum()) if contacts is not None else float(here.sum()),
                "first": int(starts.min()),
                "last": int(starts.max()),
                "handling_known": bool(found.frame.loc[here, "handling_seconds"].notna().any()),
            }
        )
    return {
        "table": found.table,
        "step_seconds": found.step_seconds,
        "zone": found.zone,
        "read": found.read,
        "stored": found.stored,
        "duplicates": found.duplicates,
        "rejected": found.rejected,
        "left_out": found.left_out,
        "reasons": found.reasons(),
        "guesses": [vars(guess) for guess in found.guesses if guess.option not in NOT_A_GUESS],
        "rejects": [[r.line, r.text, r.reason, r.kind] for r in found.rejects[:SHOWN_REJECTS]],
        "queues": queues,
    }


def _as_text(workbook: Path, text: Path, limits: Limits) -> Path:
    """The first sheet of a workbook as the reader of histories knows tables; line numbers are its rows."""
    table = read_table(workbook, limits)
    with text.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(row.cells for row in table.rows)
    return text


def _question(question: HistoryQuestion, source: Path, mapping: dict[str, str]) -> dict[str, Any]:
    """The question with what a form needs: which setting answers it, and the answers there are."""
    setting = question.option.removeprefix("--map ").split("=")[0]
    if setting == "dates":
        choices = [["dmy", "day, then month"], ["mdy", "month, then day"]]
    elif setting == "step":
        choices = [
            [str(m), f"{m} minutes" if m < 1440 else "a whole day"] for m in (5, 10, 15, 20, 30, 60, 120, 1440)
        ]
    else:
        choices = [
            [column, f"{column} (such as {example})" if example else column]
            for column, example in _columns(source, mapping)
        ]
    return {"text": question.question, "setting": setting, "choices": choices}


def _columns(source: Path, mapping: dict[str, str]) -> list[tuple[str, str]]:
    sheet = read_sheet(read_source(source), mapping.get("separator"))
    first = sheet.sample[0] if sheet.sample else []
    return [
        (title, first[place] if place < len(first) else "") for place, title in enumerate(sheet.header) if title
    ]


def _plain(text: str, source: Path, path: str) -> str:
    """The sentence without what only the command line offers, and without where the file lies on the server."""
    return text.replace("--map ", "").replace(source.name, "the file").replace(path, "the file")
