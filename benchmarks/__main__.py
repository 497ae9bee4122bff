"""Every benchmark in one run: `make bench` (`FULL=1` for the reported figures).

Ratios count, not seconds: peers run in the same process on the same machine. What needs real data or a peer that
is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from time import monotonic
from typing import Any

ROOMS = (
    "queueing",
    "simulation",
    "forecasting",
    "rostering",
    "sample",
    "files",
    "audit",
    "quality",
    "hub",
    "suite",
)


def table(rows: list[dict[str, Any]]) -> str:
    """Rows under one heading line, columns in order of first appearance."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = [columns, *[[cell(row.get(name)) for name in columns] for row in rows]]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    return "\n".join("  ".join(v.ljust(w) for v, w in zip(line, widths, strict=True)).rstrip() for line in cells)


def cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=ROOMS, help="which rooms; all unless named")
    parser.add_argument("--full", action="store_true", help="every origin and size, as reported")
    chosen = parser.parse_args()
    for room in chosen.rooms:
        started = monotonic()
        rows = importlib.import_module(f"benchmarks.{room}").run(chosen.full)
        print(f"\n== {room} ({monotonic() - started:.0f} s)\n{table(rows)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
