"""Made-up centres: how large in how much time and memory."""

from __future__ import annotations

import resource
from datetime import date
from time import process_time
from typing import Any

from floorwalker.science.sample import make_centre

UNTIL = date(2026, 9, 14)


def run(full: bool) -> list[dict[str, Any]]:
    """CPU seconds and peak memory of the whole process after each size."""
    rows = []
    for size in (20, 120, 2_000, *((20_000,) if full else ())):
        started = process_time()
        centre = make_centre(size, seed=1, until=UNTIL)
        rows.append(
            {
                "people": len(centre.people),
                "queues": len(centre.queues),
                "cpu seconds": process_time() - started,
                "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    return rows
