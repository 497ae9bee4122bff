"""Who gave up and calls again: how many, and how soon, beyond those who would have called anyway."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from floorwalker.science.errors import InvalidInput, NotConverged
from floorwalker.science.simulation.behaviour import Redial
from floorwalker.science.simulation.durations import Exponential, Gamma, LogNormal, Weibull
from floorwalker.science.simulation.fitting.estimated import NORMAL_95, Estimated, Floats, Likelihood, maximise
from floorwalker.science.simulation.fitting.families import EXPONENTIAL, LOGNORMAL, MEANS, Family

FEWEST_ABANDONS = 30
FEWEST_ANSWERED = 100
STEPS = np.array([0, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 1e18])
Gaps = tuple[Floats, NDArray[np.bool_]]


@dataclass(frozen=True)
class RedialFit:
    """Share of those who gave up that call again because they gave up, and how soon.

    ``chance``: share of contacts that are followed by another of the same customer within the window though they
    were answered; what is above it is redial. ``delay`` and ``delay_seconds`` are None where no redial can be told
    from chance (the interval of ``probability`` reaches 0).
    """

    probability: Estimated
    delay_seconds: Estimated | None
    delay: Exponential | Gamma | LogNormal | Weibull | None
    chance: float
    window_seconds: float
    abandoned: int

    @property
    def redial(self) -> Redial | None:
        """As the model takes it; None where no redial can be told from chance."""
        return None if self.delay is None else Redial(self.probability.value, self.delay)


def fit_redial(
    customer: ArrayLike,
    starts: ArrayLike,
    ends: ArrayLike,
    gave_up: ArrayLike,
    *,
    window_seconds: float = 14_400.0,
) -> RedialFit:
    """From contacts whose customer is known: who it was, first and last second, and whether they gave up.

    After each contact the time to the same customer's next one is taken, up to the window and the end of the data.
    Repeats after answered contacts are the yardstick of chance. The delay is exponential or lognormal by AIC.
    Raises :class:`InvalidInput` below 30 who gave up or 100 who were answered.
    """
    gaps, again, left = _gaps(customer, starts, ends, gave_up, window_seconds)
    after_leaving, after_answer = (gaps[left], again[left]), (gaps[~left], again[~left])
    if left.sum() < FEWEST_ABANDONS or (~left).sum() < FEWEST_ANSWERED:
        raise InvalidInput(
            f"{int(left.sum())} who gave up and {int((~left).sum())} answered, of known customers, are too few; "
            f"give {FEWEST_ABANDONS} and {FEWEST_ANSWERED}"
        )
    leaving, spread_leaving = _still_away(*after_leaving)
    answered, spread_answered = _still_away(*after_answer)
    beyond = log(max(leaving, 1e-12) / max(answered, 1e-12))
    side = NORMAL_95 * sqrt(spread_leaving + spread_answered)
    count = int(left.sum())
    plain = Estimated(
        max(0.0, 1 - exp(beyond)), max(0.0, 1 - exp(beyond + side)), max(0.0, 1 - exp(beyond - side)), count
    )
    top = None if plain.low <= 0 else _likeliest(after_leaving, _hazard(*after_answer))
    if top is None:
        return RedialFit(plain, None, None, 1 - answered, window_seconds, count)
    family, found = top
    return RedialFit(
        found.of(lambda at: _share(at[0]), a_share=True),
        found.of(lambda at: MEANS[family.name](at[1:])),
        family.duration(found.parameters[1:]),
        1 - answered,
        window_seconds,
        count,
    )


def _gaps(
    customer: ArrayLike, starts: ArrayLike, ends: ArrayLike, gave_up: ArrayLike, window: float
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """Seconds from the end of each contact to the next of its customer, or for how long none came."""
    _, who = np.unique(np.asarray(customer), return_inverse=True)
    begin, end = np.asarray(starts, dtype=np.float64), np.asarray(ends, dtype=np.float64)
    left = np.asarray(gave_up).astype(bool)
    if not who.shape == begin.shape == end.shape == left.shape:
        raise InvalidInput("customer, starts, ends and gave_up need one value a contact each")
    if (end < begin).any() or not (np.isfinite(begin).all() and np.isfinite(end).all()):
        raise InvalidInput("a contact ends before it starts, or its times are missing; leave it out")
    order = np.lexsort((begin, who))
    following = np.full(len(begin), np.inf)
    same = who[order][1:] == who[order][:-1]
    following[order[:-1][same]] = begin[order[1:][same]]
    gap = np.maximum(following - end, 0.0)
    seen = np.minimum(window, begin.max() - end)
    return np.minimum(gap, np.maximum(seen, 0.0)), gap <= seen, left


def _still_away(gaps: Floats, again: NDArray[np.bool_]) -> tuple[float, float]:
    """Kaplan-Meier's share not come again within the window, and the variance of its logarithm (Greenwood)."""
    ordered = np.sort(gaps)
    moments, repeats = np.unique(gaps[again], return_counts=True)
    at_risk = len(gaps) - np.searchsorted(ordered, moments, side="left")
    with np.errstate(divide="ignore"):
        share = float(np.prod(1 - repeats / at_risk))
        variance = float((repeats / np.maximum(at_risk * (at_risk - repeats), 1)).sum())
    return share, variance


def _hazard(gaps: Floats, again: NDArray[np.bool_]) -> Floats:
    """Chance repeats per second, step by step: repeats ÷ seconds they could have come in."""
    repeats, _ = np.histogram(gaps[again], STEPS)
    exposed = np.clip(gaps[:, None] - STEPS[:-1], 0, np.diff(STEPS)).sum(axis=0)
    return np.asarray(np.divide(repeats, exposed, out=np.zeros(len(repeats)), where=exposed > 0))


def _share(value: float) -> float:
    return 1 / (1 + exp(-min(max(value, -500.0), 500.0)))


def _likeliest(after: Gaps, hazard: Floats) -> tuple[Family, Likelihood] | None:
    """Share and delay under which the gaps are likeliest, chance given. None where there is no top."""
    gaps, again = after
    came, silent = np.maximum(gaps[again], 0.5), gaps[~again]
    chance = hazard[np.searchsorted(STEPS, came, side="right") - 1]
    found = []
    for family in (EXPONENTIAL, LOGNORMAL):

        def log_likelihood(at: Floats, family: Family = family) -> float:
            share, shape = _share(at[0]), at[1:]
            with np.errstate(all="ignore"):
                not_yet = 1 + share * np.expm1(family.log_survival(shape, came))
                now = share * np.exp(family.log_density(shape, came)) + not_yet * chance
                away = 1 + share * np.expm1(family.log_survival(shape, np.maximum(silent, 1e-9)))
                value = float(np.log(now).sum() + np.log(away).sum())
            return value if np.isfinite(value) else -1e300

        try:
            start = [0.0, *family.start(float(np.median(came)) + 1)]
            found.append((family, maximise(log_likelihood, start, len(gaps))))
        except NotConverged:
            continue
    return min(found, key=lambda pair: pair[1].aic) if found else None
