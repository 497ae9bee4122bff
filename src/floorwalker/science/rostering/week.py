"""The best legal working weeks of one person, by dynamic programming over days.

What one person may work does not depend on the others; only what it is worth does. So given a value for each
duty, the best legal set of duties of one person is found exactly: a walk over the days that remembers the
duties and hours of the week so far, the days worked in a row, and the instant from which the person is rested.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, gcd

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.rostering.limits import Limits
from floorwalker.science.rostering.options import Options
from floorwalker.science.rostering.presence import Ints

Values = NDArray[np.float64]
WEEK = 7
NEVER = -np.inf
HOURS_TOLERANCE = 1e-9


@dataclass(frozen=True)
class _Duties:
    """Duties of one day with the same paid units: the option group of each, the last class of rest from which it
    may start, the class it leads to (ascending), and where each run of equal classes starts."""

    paid: int
    group: Ints
    from_class: Ints
    to_class: Ints
    runs: Ints
    classes: Ints


@dataclass(frozen=True)
class _Day:
    """One day of the walk: the duties allowed, and to which class of rest each class goes on a day off."""

    duties: tuple[_Duties, ...]
    off_to: Ints
    off_runs: Ints
    off_classes: Ints
    classes_after: int


class WeekPlanner:
    """Finds the best legal duties of anybody with the given limits; built once for people alike."""

    def __init__(self, options: Options, limits: Limits) -> None:
        self.options, self.limits = options, limits
        allowed = limits.allowed(options)
        paid = options.paid_minutes[options.group]
        self._unit = gcd(*(int(p) for p in np.unique(paid))) if len(paid) else 60
        days = options.grid.days
        most = int(paid.max(initial=0)) // self._unit * WEEK
        self._most_units = floor(min(most, limits.max_hours * 60 / self._unit + HOURS_TOLERANCE))
        self._least_units = ceil(limits.min_hours * 60 / self._unit - HOURS_TOLERANCE)
        self._most_days = min(limits.max_days, WEEK, days)
        row = limits.max_consecutive_days
        self._row = row if row < days and not (self._most_days <= row and days <= WEEK) else 0
        self._days = self._chain(np.flatnonzero(allowed), paid // self._unit)

    def _chain(self, groups: Ints, paid: Ints) -> list[_Day]:
        """The classes of rest day by day: instants from which one may start, as far as they still matter."""
        opts, rest = self.options, round(self.limits.min_rest_hours * 3600)
        first_rows = opts.group[groups]
        day_of, start, end = opts.day[first_rows], opts.start[first_rows], opts.end[first_rows]
        ready, chain = np.array([0], dtype=np.int64), []
        for day in range(opts.grid.days):
            today = np.flatnonzero(day_of == day)
            later = start[day_of > day]
            floor_ = int(later.min()) if len(later) else np.iinfo(np.int64).max
            after = np.maximum(end[today] + rest, floor_)
            carried = np.maximum(ready, floor_)
            classes = np.unique(np.concatenate((after, carried)))
            from_class = np.searchsorted(ready, start[today], side="right") - 1
            to_class = np.searchsorted(classes, after)
            off_to = np.searchsorted(classes, carried)
            rested = from_class >= 0
            duties = tuple(
                _alike(
                    int(p),
                    *(x[rested & (paid[groups[today]] == p)] for x in (groups[today], from_class, to_class)),
                )
                for p in np.unique(paid[groups[today[rested]]])
            )
            chain.append(_Day(duties, off_to, *_runs(off_to), len(classes)))
            ready = classes
        return chain

    def best(self, values: Values) -> tuple[float, list[int]] | None:
        """The largest total value of legal duties, and their rows of the options; None when nothing is legal.

        ``values`` has one value for each option; the best meal of each shift is taken.
        """
        per_group = np.maximum.reduceat(values, self.options.group) if len(values) else values
        before, after = self._walk(per_group)
        final = self._week_closed(after[-1], len(self._days)).max(axis=(0, 1))
        if final.max() == NEVER:
            return None
        ends = [*self.options.group[1:], len(values)]
        rows = []
        for group in self._trace(before, after, per_group):
            low = int(self.options.group[group])
            rows.append(low + int(np.argmax(values[low : int(ends[group])])))
        return float(final.max()), sorted(rows)

    def _walk(self, values: Values) -> tuple[list[Values], list[Values]]:
        """Best value by (days worked, hours, days in a row, class of rest), before and after each day."""
        state = np.full((self._most_days + 1, self._most_units + 1, self._row + 1, 1), NEVER)
        state[0, 0, 0, 0] = 0.0
        before, after = [], []
        for number, day in enumerate(self._days):
            if number and number % WEEK == 0:
                closed = self._week_closed(state, number)
                state = np.full_like(state, NEVER)
                state[0, 0] = closed.max(axis=(0, 1))
            before.append(state)
            state = self._step(state, day, values)
            after.append(state)
        return before, after

    def _week_closed(self, state: Values, days_gone: int) -> Values:
        """The states with which a week may end: a whole week must have its least hours."""
        closed = state.copy()
        if days_gone % WEEK == 0:
            closed[:, : max(0, self._least_units)] = NEVER
        return closed

    def _step(self, state: Values, day: _Day, values: Values) -> Values:
        new = np.full((*state.shape[:3], day.classes_after), NEVER)
        new[:, :, 0, day.off_classes] = np.maximum.reduceat(state.max(axis=2), day.off_runs, axis=-1)
        rested = np.maximum.accumulate(state, axis=-1)
        into = new[:, :, 1:] if self._row else new
        for alike in day.duties:
            hours = state.shape[1] - alike.paid
            if hours <= 0 or state.shape[0] == 1:
                continue
            come = rested[:-1, :hours, : into.shape[2], alike.from_class] + values[alike.group]
            best = np.maximum.reduceat(come, alike.runs, axis=-1)
            target = into[1:, alike.paid :, :, alike.classes]
            into[1:, alike.paid :, :, alike.classes] = np.maximum(target, best)
        return new

    def _trace(self, before: list[Values], after: list[Values], values: Values) -> list[int]:
        """The groups of the duties of the best walk, found backwards."""
        groups, closed = [], self._week_closed(after[-1], len(self._days))
        state = np.unravel_index(int(np.argmax(closed)), closed.shape)
        for number in reversed(range(len(self._days))):
            if (number + 1) % WEEK == 0 and number + 1 < len(self._days):
                closed = self._week_closed(after[number], number + 1)[:, :, state[2], state[3]]
                state = (*np.unravel_index(int(np.argmax(closed)), closed.shape), state[2], state[3])
            group, state = self._back(before[number], after[number], self._days[number], values, state)
            if group is not None:
                groups.append(group)
        return groups

    def _back(
        self, before: Values, after: Values, day: _Day, values: Values, state: tuple[np.intp, ...]
    ) -> tuple[int | None, tuple[np.intp, ...]]:
        """The duty that led to a state on that day, None for a day off, and the state it came from."""
        days, hours, row, rest = state
        value = after[days, hours, row, rest]
        if row == 0:
            off = np.flatnonzero(day.off_to == rest)
            came = before[days, hours][:, off]
            if came.size and came.max() == value:
                was = np.unravel_index(int(np.argmax(came)), came.shape)
                return None, (days, hours, was[0], off[was[1]])
        row_before = row - 1 if self._row else row
        for alike in day.duties:
            k = np.flatnonzero(alike.to_class == rest)
            if not len(k) or alike.paid > hours:
                continue
            rested = np.maximum.accumulate(before[days - 1, hours - alike.paid, row_before])
            exact = np.flatnonzero(rested[alike.from_class[k]] + values[alike.group[k]] == value)
            if len(exact):
                chosen = k[exact[0]]
                was_rest = np.argmax(rested == rested[alike.from_class[chosen]])
                return int(alike.group[chosen]), (days - 1, hours - alike.paid, row_before, was_rest)
        raise AssertionError("a state of the walk always has a way into it")


def _alike(paid: int, group: Ints, from_class: Ints, to_class: Ints) -> _Duties:
    order = np.argsort(to_class, kind="stable")
    return _Duties(paid, group[order], from_class[order], to_class[order], *_runs(to_class[order]))


def _runs(sorted_values: Ints) -> tuple[Ints, Ints]:
    """Where each run of equal values starts, and the value of each run."""
    values, starts = np.unique(sorted_values, return_index=True)
    return starts, values
