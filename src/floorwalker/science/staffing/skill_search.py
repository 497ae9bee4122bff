"""The search for the cheapest staff by group: down by one group at a time, then by swaps of two or three.

It knows nothing of simulation: a judge says of a staff whether it is good enough, and how far each target is
from met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.outcome import Clock, Progress

Staff = tuple[int, ...]
SMALL_CENTRE = 6  # up to so many groups every swap is tried, beyond only those that promise something
LONGEST_SWAP = 5  # agents of one group swapped for others at once, at most
HOPELESS = -0.04  # service points a swap may be predicted to miss by and still be tried


@dataclass(frozen=True)
class Verdict:
    """Whether a staff is good enough; ``slack`` is service reached less service wanted, per type."""

    enough: bool
    slack: NDArray[np.float64]

    @property
    def missing(self) -> float:
        """Service points missing over all types."""
        return float(np.maximum(-self.slack, 0.0).sum())


@dataclass
class Search:
    """One search; ``judge`` is asked once per staff. ``lowest`` and ``highest`` limit each group."""

    costs: Sequence[float]
    lowest: Staff
    highest: Staff
    judge: Callable[[Staff], Verdict]
    clock: Clock
    bound: float | None = None
    known: dict[Staff, Verdict] = field(default_factory=dict)
    history: list[Progress] = field(default_factory=list)

    def cost(self, staff: Staff) -> float:
        return sum(each * count for each, count in zip(self.costs, staff, strict=True))

    def look(self, staff: Staff) -> Verdict:
        """The verdict on a staff. Fewer than a staff that was too few are too few."""
        if staff not in self.known:
            for other, found in self.known.items():
                if not found.enough and all(a <= b for a, b in zip(staff, other, strict=True)):
                    return Verdict(False, found.slack)
            self.known[staff] = self.judge(staff)
        return self.known[staff]

    def over(self) -> bool:
        return self.clock.over(len(self.known))

    def climb(self, start: Staff, fallback: Staff) -> Staff:
        """From ``start`` to a staff that is enough, adding where it helps most for its cost; else ``fallback``."""
        now, step = self._within(start), 1
        while not self.look(now).enough:
            if self.over():
                return fallback
            missing, best = self.look(now).missing, None
            for g in range(len(now)):
                more = self._within(_moved(now, (g, step)))
                if more == now:
                    continue
                gain = (missing - self.look(more).missing) / max((self.cost(more) - self.cost(now)), 1e-9)
                if self.look(more).enough or best is None or gain > best[0]:
                    best = (float("inf") if self.look(more).enough else gain, more)
            if best is None:
                return fallback
            if best[0] <= 0:
                step *= 2  # one agent is lost in the noise; look further
                if step > 2 * max(self.highest):
                    return fallback
                continue
            now = best[1]
        return now

    def descend(self, *starts: Staff) -> Staff:
        """From staffs that are enough to one from which no move tried leads to a cheaper one that is enough."""
        ends = [self._down(start) for start in starts[1:]]
        now = min([self._down(starts[0]), *ends], key=self.cost)
        while not self.over():
            self._tell(now)
            better = self._over_a_plateau(now)
            if better is None:
                break
            now = self._down(better)
        return now

    def _down(self, now: Staff) -> Staff:
        """As far as single moves lead."""
        better: Staff | None = self._thin_out(now)
        while better is not None:
            now = better
            better = next(self._cheaper(now), None)
        return now

    def _thin_out(self, now: Staff) -> Staff:
        """Fewer of one group after the other, the dearest first, by halving steps."""
        for g in sorted(range(len(now)), key=lambda each: -self.costs[each]):
            step = max(1, (now[g] - self.lowest[g]) // 2)
            while step and not self.over():
                fewer = _moved(now, (g, -min(step, now[g] - self.lowest[g])))
                if fewer != now and self.look(fewer).enough:
                    now = fewer
                else:
                    step //= 2
        return now

    def _cheaper(self, now: Staff) -> Iterator[Staff]:
        """Staffs one move away that cost less and are enough, the likeliest first."""
        moves = [each for each in self._moves(now) if self.cost(each) < self.cost(now) - 1e-9]
        for staff in self._promising(now, moves):
            if self.over():
                return
            if self.look(staff).enough:
                yield staff

    def _over_a_plateau(self, now: Staff) -> Staff | None:
        """A cheaper staff behind swaps that cost nothing."""
        seen, todo = {now}, [now]
        for _ in range(2 * len(now)):
            if not todo or self.over():
                return None
            here = todo.pop(0)
            level = [each for each in self._moves(here) if abs(self.cost(each) - self.cost(now)) <= 1e-9]
            for staff in self._promising(here, level):
                if staff in seen or self.over():
                    continue
                seen.add(staff)
                if self.look(staff).enough:
                    found = next(self._cheaper(staff), None)
                    if found is not None:
                        return found
                    todo.append(staff)
        return None

    def _moves(self, now: Staff) -> list[Staff]:
        """One or two agents out and none, one or two in; or several of one group for one fewer of another."""
        groups = range(len(now))
        found: dict[Staff, None] = {}
        for out in [(g,) for g in groups] + list(combinations_with_replacement(groups, 2)):
            less = _moved(now, *((g, -1) for g in out))
            for into in [()] + [(g,) for g in groups] + list(combinations_with_replacement(groups, 2)):
                if not set(out) & set(into):
                    staff = _moved(less, *((g, 1) for g in into))
                    if staff == self._within(staff):
                        found[staff] = None
        for g in groups:
            for h in groups:
                for count in range(3, LONGEST_SWAP + 1):
                    staff = _moved(now, (g, -count), (h, count - 1))
                    if g != h and staff == self._within(staff):
                        found[staff] = None
        return list(found)

    def _promising(self, now: Staff, moves: Sequence[Staff]) -> list[Staff]:
        """``moves`` ordered by the service their gradient promises, the hopeless left out of large centres."""
        gains = self._gradient(now)
        here = self.look(now).slack
        predicted = {staff: float((here + (np.array(staff) - np.array(now)) @ gains).min()) for staff in moves}
        kept = [staff for staff in moves if len(now) <= SMALL_CENTRE or predicted[staff] > HOPELESS]
        return sorted(kept, key=lambda staff: -predicted[staff])

    def _gradient(self, now: Staff) -> NDArray[np.float64]:
        """Service gained per type by one agent of each group, from one agent fewer on the same numbers."""
        rows = []
        for g in range(len(now)):
            fewer = self._within(_moved(now, (g, -1)))
            more = fewer if fewer != now else self._within(_moved(now, (g, 1)))
            sign = 1.0 if fewer != now else -1.0
            rows.append(
                np.zeros_like(self.look(now).slack)
                if more == now
                else sign * (self.look(now).slack - self.look(more).slack)
            )
        return np.array(rows)

    def _within(self, staff: Staff) -> Staff:
        return tuple(
            min(max(count, low), high) for count, low, high in zip(staff, self.lowest, self.highest, strict=True)
        )

    def _tell(self, now: Staff) -> None:
        step = Progress(self.cost(now), self.bound, self.clock.seconds, f"{len(self.known)} staffs tried")
        self.history.append(step)
        self.clock.stop.told(step)


def _moved(staff: Staff, *changes: tuple[int, int]) -> Staff:
    new = list(staff)
    for place, by in changes:
        new[place] += by
    return tuple(new)
