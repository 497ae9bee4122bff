"""How soon a bomb is refused and with how much memory, beside what reading honest tables takes.

    python -m benchmarks files            half a minute
    python -m benchmarks files --full     and the largest workbook allowed

Each file is read the way uploads are: in a limited child process, whose start is part of the time.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.kernel.files.bombs import BOMBS

from floorwalker.kernel.files.exports import csv_chunks, write_xlsx
from floorwalker.kernel.files.limited import Usage, run_limited
from floorwalker.kernel.files.limits import LIMITS
from floorwalker.kernel.files.refusals import FileRefused

PROMISED_SECONDS, PROMISED_MEGABYTES = 2.0, 300
HANG_SECONDS = 300
COLUMNS = [f"column {number}" for number in range(10)]
Row = dict[str, Any]


def run(full: bool) -> list[Row]:
    """A row for every bomb, and one for each honest table."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    with tempfile.TemporaryDirectory() as folder:
        return [*bombs(Path(folder)), *tables(Path(folder), 199_999 if full else 19_999)]


def bombs(folder: Path) -> Iterator[Row]:
    for number, (bomb, code) in enumerate(BOMBS.items()):
        path = folder / str(number)
        bomb(path)
        yield read(f"bomb: {bomb.__name__}", path, code)
        path.unlink()


def tables(folder: Path, count: int) -> Iterator[Row]:
    picker = random.Random(1)
    rows = [[picker.randrange(10**6) for _ in range(7)] + [f"agent {n % 977}"] * 3 for n in range(count)]
    path = folder / "table"
    path.write_bytes(b"".join(csv_chunks(COLUMNS, rows)))
    yield read(f"CSV of {count:,} × 10", path, "")
    write_xlsx(path, COLUMNS, rows)
    yield read(f"XLSX of {count:,} × 10", path, "")


def read(what: str, path: Path, code: str) -> Row:
    used: list[Usage] = []
    started = perf_counter()
    said = ""
    try:
        run_limited("table", str(path), asdict(LIMITS), wall_seconds=HANG_SECONDS, on_usage=used.append)
    except FileRefused as refusal:
        said = refusal.code
    seconds = perf_counter() - started
    if said != code:
        raise AssertionError(f"{what}: {said or 'read'} instead of {code or 'read'}")
    promised = {"promised_s": PROMISED_SECONDS, "promised_mb": PROMISED_MEGABYTES} if code else {}
    return {
        "what": what,
        "file_kb": path.stat().st_size >> 10,
        "seconds": seconds,
        "peak_mb": used[0].peak_megabytes if used else None,
        **promised,
        "refused": said or None,
    }
