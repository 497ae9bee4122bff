"""How a day's contacts fall over its slots: a profile per weekday that borrows from its likes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.forecasting.demand import Floats

Mask = NDArray[np.bool_]

HALF_LIVES = (3.0, 8.0, 20.0, 60.0)  # weeks after which a day counts half
BORROWED_DAYS = (0.3, 1.0, 4.0, 16.0)  # days' worth of the shared profile mixed into a weekday's own
SMOOTHING = (0.0, 0.7, 1.5, 3.0)  # slots, standard deviation
ALIKE = 0.12  # share of contacts that would have to move for one weekday's profile to be another's
JUDGED_DAYS = 90
WITHOUT_EVIDENCE = (8.0, 4.0, 0.7)
DAYS_BEFORE_A_KIND_IS_OWN = 4.0


@dataclass(frozen=True)
class _Memory:
    """Decayed sums of day shares per weekday and over each group of weekdays alike."""

    own: Floats
    own_days: Floats
    shared: Floats


class IntradayProfile:
    """Shares of a day's total by slot, per weekday and kind of day.

    How fast the past is forgotten, how much weekdays borrow from the weekdays like them and how far slots are
    smoothed are settled by forecasting each of the latest days from the days before it (least absolute
    error, so that one odd day does not decide). Days of a kind (1 and up: special, before a special day …)
    multiply the weekday's profile by the kind's own departure from it, the more days of it were seen the more.
    """

    def fit(
        self, rates: Floats, weekdays: NDArray[np.int64], kinds: NDArray[np.int64], open_: NDArray[np.bool_]
    ) -> Self:
        """Learn from days × slots, NaN where unknown; ``open_`` is 7 × slots."""
        self.open_ = np.asarray(open_, dtype=bool)
        known = np.where(np.isnan(rates), 0.0, rates) * self.open_[weekdays]
        complete = ~(np.isnan(rates) & self.open_[weekdays]).any(axis=1) & (known.sum(axis=1) > 0)
        if not complete.any():  # no day without a gap: gaps then count as nothing rather than nothing is known
            complete = known.sum(axis=1) > 0
        plain = np.flatnonzero(complete & (kinds == 0))
        if not plain.size:
            plain = np.flatnonzero(complete)
        shares = known[plain] / known[plain].sum(axis=1, keepdims=True)
        weight = np.sqrt(known[plain].sum(axis=1))
        self.groups_ = self._groups(shares, weekdays[plain])
        self.alike_ = np.bincount(self.groups_, minlength=7)
        self._kernels: dict[tuple[int, float], Floats] = {}
        self.settings_ = self._settle(shares, weekdays[plain], weight)
        half_life, borrowed, smoothing = self.settings_
        memory = self._empty()
        for share, weekday in zip(shares, weekdays[plain].tolist(), strict=True):
            self._remember(memory, share, weekday, half_life)
        self.shares_ = np.vstack(
            [self._smooth(self._mix(memory, w, np.array([borrowed])), w, smoothing) for w in range(7)]
        )
        self.kinds_ = {
            int(kind): self._departure(known, weekdays, np.flatnonzero(complete & (kinds == kind)))
            for kind in np.unique(kinds[kinds > 0])
        }
        return self

    def predict(self, weekdays: Sequence[int], kinds: Sequence[int]) -> Floats:
        """Shares, days × slots; each row adds up to 1 where the weekday is served at all."""
        shares = self.shares_[list(weekdays)].copy()
        for row, kind in enumerate(kinds):
            if kind in self.kinds_:
                shares[row] *= self.kinds_[kind]
        total = shares.sum(axis=1, keepdims=True)
        return _divide(shares, total)

    def _groups(self, shares: Floats, weekdays: NDArray[np.int64]) -> NDArray[np.int64]:
        """Number of the group of each weekday: those whose mean profiles differ by less than :data:`ALIKE`."""
        mean = np.array(
            [shares[weekdays == w].mean(axis=0) if (weekdays == w).any() else shares[0] for w in range(7)]
        )
        groups = np.full(7, -1)
        for weekday in range(7):
            if groups[weekday] < 0:
                distance = np.abs(mean - mean[weekday]).sum(axis=1) / 2
                groups[(groups < 0) & (distance < ALIKE)] = weekday
        return groups

    def _settle(self, shares: Floats, weekdays: NDArray[np.int64], weight: Floats) -> tuple[float, float, float]:
        """The settings with the smallest one-day-ahead error over the latest days."""
        judged = max(7, len(shares) - JUDGED_DAYS)
        if len(shares) - judged < 5:
            return WITHOUT_EVIDENCE
        borrowed = np.array(BORROWED_DAYS)
        errors = np.zeros((len(HALF_LIVES), len(SMOOTHING), len(borrowed)))
        first = max(0, judged - 2 * JUDGED_DAYS)
        for errors_of_life, half_life in zip(errors, HALF_LIVES, strict=True):
            memory = self._empty()
            for share, weekday, heavy in zip(
                shares[first:],
                weekdays[first:].tolist(),
                [*[0.0] * (judged - first), *weight[judged:]],
                strict=True,
            ):
                if heavy:
                    mixed = self._mix(memory, weekday, borrowed)
                    for error, smoothing in zip(errors_of_life, SMOOTHING, strict=True):
                        error += heavy * np.abs(self._smooth(mixed, weekday, smoothing) - share).sum(axis=1)
                self._remember(memory, share, weekday, half_life)
        a, b, c = np.unravel_index(int(np.argmin(errors)), errors.shape)
        return HALF_LIVES[int(a)], BORROWED_DAYS[int(c)], SMOOTHING[int(b)]

    def _empty(self) -> _Memory:
        slots = self.open_.shape[1]
        return _Memory(np.zeros((7, slots)), np.zeros(7), np.zeros((7, slots)))

    def _remember(self, memory: _Memory, share: Floats, weekday: int, half_life: float) -> None:
        keep = 0.5 ** (1 / half_life)
        memory.own[weekday] = keep * memory.own[weekday] + share
        memory.own_days[weekday] = keep * memory.own_days[weekday] + 1
        group = self.groups_[weekday]
        memory.shared[group] = keep ** (1 / self.alike_[group]) * memory.shared[group] + share

    def _mix(self, memory: _Memory, weekday: int, borrowed: Floats) -> Floats:
        """Profiles of a weekday, one for each amount borrowed, that add up to one."""
        shared = memory.shared[self.groups_[weekday]]
        if not shared.any():
            shared = memory.shared.sum(axis=0)
        shared = shared * (self.open_[weekday] / max(float(shared.sum()), 1e-12))
        mixed = memory.own[weekday] + borrowed[:, None] * shared
        return _divide(mixed, mixed.sum(axis=1, keepdims=True))

    def _smooth(self, profiles: Floats, weekday: int, slots: float) -> Floats:
        """Gaussian smoothing that does not leak over closed slots."""
        if slots <= 0:
            return profiles
        if (weekday, slots) not in self._kernels:
            mask = self.open_[weekday].astype(float)
            place = np.arange(mask.size)
            kernel = np.exp(-0.5 * ((place[:, None] - place) / slots) ** 2) * mask * mask[:, None]
            kernel = _divide(kernel, kernel.sum(axis=0))  # what a slot gives away adds up to what it had
            self._kernels[weekday, slots] = np.ascontiguousarray(kernel.T)
        smooth: Floats = profiles @ self._kernels[weekday, slots]
        return smooth

    def _departure(self, known: Floats, weekdays: NDArray[np.int64], days: NDArray[np.int64]) -> Floats:
        """Ratio of the kind's profile to the weekdays' own, drawn towards 1 by few days."""
        if not days.size:
            return np.ones(self.open_.shape[1])
        expected = self.shares_[weekdays[days]] * known[days].sum(axis=1, keepdims=True)
        came, meant = known[days].sum(axis=0), expected.sum(axis=0)
        pull = DAYS_BEFORE_A_KIND_IS_OWN * max(meant.sum(), 1e-9) / len(days) / max((meant > 0).sum(), 1)
        return _divide(came + pull, meant + pull, otherwise=1.0)


def _divide(part: Floats, whole: Floats, otherwise: float = 0.0) -> Floats:
    """``part / whole``, and ``otherwise`` where there is no whole."""
    shape = np.broadcast_shapes(part.shape, whole.shape)
    return np.asarray(np.divide(part, whole, out=np.full(shape, otherwise), where=whole > 0), dtype=np.float64)
