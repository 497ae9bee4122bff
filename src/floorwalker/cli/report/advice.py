"""The three things a planner would do, worded: which hours are short, what one more changes, what is over.

The numbers come from the plan; nothing here computes service. Each function answers one :class:`Advice`,
also when there is nothing to do – that, too, is worth knowing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.cli.report import words
from floorwalker.cli.report.content import Advice
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid


@dataclass(frozen=True)
class Spell:
    """Neighbouring intervals ``first`` … ``stop - 1`` of one day that are short, or over.

    ``people`` is the largest difference of them, always positive, ``hours`` the agent-hours.
    """

    first: int
    stop: int
    people: float
    hours: float


@dataclass(frozen=True)
class OneMore:
    """What one more person on the phones in intervals ``first`` … ``stop - 1`` changes there.

    Service levels are shares, ``abandoned`` are contacts of these intervals; NaN where abandonment is not
    part of the model.
    """

    first: int
    stop: int
    service_before: float
    service_after: float
    abandoned_before: float = float("nan")
    abandoned_after: float = float("nan")


def spells(grid: TimeGrid, difference: ArrayLike, sign: int) -> list[Spell]:
    """Stretches where rostered minus required has the given sign (−1 short, +1 over), the largest first."""
    excess = np.maximum(sign * np.asarray(difference, dtype=float), 0.0)
    found: list[Spell] = []
    first = None
    for i in range(len(grid) + 1):
        inside = i < len(grid) and excess[i] > 0
        breaks = first is not None and (not inside or grid.day_index[i] != grid.day_index[first])
        if breaks and first is not None:
            part = slice(first, i)
            agent_hours = float(excess[part] @ np.asarray(grid.lengths[part], dtype=float)) / 3600
            found.append(Spell(first, i, float(excess[part].max()), agent_hours))
            first = None
        if inside and first is None:
            first = i
    return sorted(found, key=lambda s: (-s.hours, s.first))


def span_words(grid: TimeGrid, first: int, stop: int) -> str:
    """``Mon 1 Sep 09:00–11:30``."""
    day = words.day_short(grid.dates[grid.day_index[first]])
    if grid.step_seconds == DAY_SECONDS:
        return day
    end = words.clock(grid.local(stop)) if stop < len(grid) else "24:00"
    return f"{day} {words.clock(grid.local(first))}–{'24:00' if end == '00:00' else end}"


def short_hours(grid: TimeGrid, difference: ArrayLike, *, service: Sequence[float] | None = None) -> Advice:
    """Which hours are short. ``service`` is the expected service level of each interval, to name the lowest."""
    found = spells(grid, difference, -1)
    if not found:
        return Advice(
            "No hour is short",
            "0 agent-hours",
            "Every interval has at least the people it needs. Nothing to fill.",
        )
    total, worst = sum(s.hours for s in found), found[0]
    low = ""
    if service is not None:
        part = np.asarray(service, dtype=float)[worst.first : worst.stop]
        if np.isfinite(part).any():
            low = f"; expected service falls to {words.attained(float(np.nanmin(part)))} there"
    others = [span_words(grid, s.first, s.stop) for s in found[1:3]]
    after = f" Next: {words.listed(others)}." if others else ""
    many = "the only short spell" if len(found) == 1 else f"the largest of {len(found)} short spells"
    detail = (
        f"{span_words(grid, worst.first, worst.stop)} is {many}: up to {words.people(worst.people)} missing{low}."
        f"{after}"
    )
    return Advice(
        "Fill the short hours",
        f"−{words.hours(total)} agent-hours",
        detail,
        span_words(grid, worst.first, worst.stop),
    )


def one_more_person(grid: TimeGrid, value: OneMore | None) -> Advice:
    """What one more person changes where it changes most."""
    if value is None:
        nothing = "With one more person no interval would answer more contacts in time."
        return Advice("One more person changes nothing", "+0 points", nothing)
    gain = 100 * (value.service_after - value.service_before)
    when = span_words(grid, value.first, value.stop)
    detail = (
        f"One more person on {when} lifts service from {words.attained(value.service_before)} "
        f"to {words.attained(value.service_after)}"
    )
    saved = value.abandoned_before - value.abandoned_after
    if saved >= 0.05:
        detail += f" and saves {words.plural(saved, 'abandoned contact')}"
    return Advice("Add one person here first", f"+{gain:.1f} points", f"{detail}. Nowhere else helps more.", when)


def overstaffed(grid: TimeGrid, difference: ArrayLike, *, paid_hours: float | None = None) -> Advice:
    """What is overstaffed, as agent-hours and, with ``paid_hours``, as a share of what is paid."""
    found = spells(grid, difference, +1)
    if not found:
        return Advice("No hour is overstaffed", "0 agent-hours", "No interval has more people than it needs.")
    total, largest = sum(s.hours for s in found), found[0]
    share = f", {words.percent(total / paid_hours)} of what is paid" if paid_hours else ""
    when = span_words(grid, largest.first, largest.stop)
    detail = (
        f"{words.hours(total)} agent-hours lie above the requirement{share}. The most is {when}, up to "
        f"{words.people(largest.people)} over: good hours for training, meetings, leave or written contacts."
    )
    return Advice("Use the hours that are over", f"+{words.hours(total)} agent-hours", detail, when)
