"""From the clock on the wall to UTC, where an hour may be missing or come twice."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.timegrid import zone_info

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_LOOK_EVERY = 6 * 3600


def offsets_between(first: int, last: int, zone: ZoneInfo) -> list[tuple[int, int, int]]:
    """Stretches ``(begin, end, offset)`` of UTC seconds with one offset from UTC, covering [first, last]."""

    def offset_at(instant: int) -> int:
        offset = datetime.fromtimestamp(instant, UTC).astimezone(zone).utcoffset()
        return 0 if offset is None else int(offset.total_seconds())

    stretches = []
    begin, offset = first, offset_at(first)
    for probe in range(first + _LOOK_EVERY, last + _LOOK_EVERY + 1, _LOOK_EVERY):
        if offset_at(probe) == offset:
            continue
        low, high = probe - _LOOK_EVERY, probe
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset_at(middle) == offset else (low, middle)
        stretches.append((begin, high, offset))
        begin, offset = high, offset_at(high)
    stretches.append((begin, last + _LOOK_EVERY, offset))
    return stretches


def wall_to_utc(wall: Floats, zone: str) -> tuple[Floats, Floats]:
    """UTC seconds of wall-clock seconds: the first time they occur and the last (equal but in a repeated hour).

    Both are NaN where the wall clock never showed that time (and where ``wall`` is NaN).
    """
    first = np.full(len(wall), np.nan)
    last = np.full(len(wall), np.nan)
    if not len(wall) or np.isnan(wall).all():
        return first, last
    reach = 2 * 86_400
    low, high = int(np.nanmin(wall)) - reach, int(np.nanmax(wall)) + reach
    for begin, end, offset in offsets_between(low, high, zone_info(zone)):
        utc = wall - offset
        inside = (utc >= begin) & (utc < end)
        first = np.where(inside & np.isnan(first), utc, first)
        last = np.where(inside, utc, last)
    return first, last
