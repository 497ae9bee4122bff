"""The web suite with 2,000 agents and a year behind it: how fast its pages are, and what stands behind them.

    python -m benchmarks suite            sixteen weeks of published shifts
    python -m benchmarks suite --full     a year of them, as reported

Pages are asked in this process, where queries can be counted, and the heaviest again over a socket.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

HEAVIEST = (
    ("home", "planner"),
    ("people", "planner"),
    ("forecast by day", "planner"),
    ("staff of a week", "planner"),
    ("roster: week of a site of 400", "site planner"),
    ("roster: day of a site of 400", "site planner"),
    ("my schedule", "agent"),
)


def run(full: bool) -> list[dict[str, Any]]:
    """A row for every page and every other figure."""
    from benchmarks.suite.server import close, installation

    with installation() as made:
        from benchmarks.suite import asking, pages, publishing, races, serving
        from benchmarks.suite.centre import Size, fill

        size = Size() if full else Size(weeks_behind=12, weeks_ahead=4)
        centre = fill(size, datetime.now(UTC), made.migrate_url)
        who = pages.browsers(centre)
        every = pages.pages(centre, who)
        heaviest = [page for page in every if (page.what, page.who) in HEAVIEST]
        found = list(asking.every(every, who))
        close()
        found += serving.rows(centre, heaviest, who)  # before there is work that a publication has started
        found += publishing.rows(centre)
        found += races.rows(made.migrate_url)
        return found
