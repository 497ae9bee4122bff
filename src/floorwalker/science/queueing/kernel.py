"""The arithmetic of Erlang B, C and A on plain floats.

Only ``math``: a web page runs these functions as they stand, and :mod:`batch` compiles the very same source for
arrays. Everything the compiler has to see is in this one file, because its cache notices a change only in the
file of the function it was asked to compile. No input is checked here; the public functions do that.

Erlang A is computed from the density of the *offered* wait – how long a caller of endless patience would wait –
after Zeltyn and Mandelbaum (2005), *Call centers with impatient customers: many-server asymptotics of the
M/M/n+G queue*, Queueing Systems 51. Every measure is then a sum or integral of positive terms, so nothing
cancels, and every exponential is taken relative to the highest point of its own piece, so nothing overflows.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, expm1, inf, log, log1p, pi, sqrt
from typing import Any

from floorwalker.science.queueing.quadrature import gauss_legendre

NODES, WEIGHTS = gauss_legendre(28)
ORDER = len(NODES)
DEPTH = 40.0  # an integrand below e^-40 of its peak adds less than one rounding error
PANEL = 4.0  # mean patience times: over a longer stretch exp(-u) bends too much for one quadrature
NEGLIGIBLE = 1e-17  # of a sum: below half its last digit
NOISE = 1e-12  # relative error allowed to a measure that meets its goal exactly; the formulas stay below it

# The measures in the order of QueueMetrics after agents and load; the last is 1.0 where the queue is stable.
Measures = tuple[float, float, float, float, float, float, float, float, float, float]
# Waiting at all, answered within T, answered later, abandoned, abandoned within T, still there at T, waited.
Shares = tuple[float, float, float, float, float, float, float]
Piece = tuple[float, float, float, float]
# Seconds, definition, share; caps on abandonment, occupancy, ASA, probability of waiting, mean wait.
Limits = tuple[float, int, float, float, float, float, float, float]

LATE_ABANDONS, ALL_OFFERED, ANSWERED_ONLY, QUICK_ABANDONS_MET = range(4)


def bend(s: float) -> float:
    """s + exp(-s) - 1: how far the exponential lies above its tangent at zero; s² ÷ 2 when s is small."""
    if abs(s) < 0.01:
        return s * s * (1 / 2 - s * (1 / 6 - s * (1 / 24 - s * (1 / 120 - s / 720))))
    return s + expm1(-s)


def poisson(n: float, mean: float) -> float:
    """Probability of exactly n, for n of 30 or more, after Loader (2000), *Fast and accurate computation of
    binomial probabilities*: Stirling's remainder plus the deviance, never a difference of large logarithms."""
    square = n * n
    remainder = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / n
    return exp(-remainder - n * bend(log1p((n - mean) / mean))) / sqrt(2 * pi * n)


def loss(n: float, load: float) -> float:
    """Erlang B for a whole number of agents: the share of contacts that find all n busy and are lost."""
    if load == 0:
        return 1.0 if n == 0 else 0.0
    if n < 30:
        blocked = 1.0
        for busy in range(1, int(n) + 1):
            blocked *= load / (busy + load * blocked)
        return blocked
    term = total = 1.0
    if n <= load:  # 1 ÷ B = 1 + n/load + n(n-1)/load² + …
        while term > NEGLIGIBLE * total:
            term *= n / load
            total += term
            n -= 1
        return 1 / total
    total, k = 0.0, n
    while term > NEGLIGIBLE * total:  # the Poisson tail above n, in units of the probability of n
        k += 1
        term *= load / k
        total += term
    at_n = poisson(n, load)
    return at_n / (1 - at_n * total)


def reach_above(slope: float, curve: float) -> float:
    """Distance s > 0 (or a little more) at which slope·s + curve·bend(s) has grown to DEPTH."""
    s = 2 * DEPTH / (slope + sqrt(slope * slope + 2 * curve * DEPTH))
    for _ in range(3):  # Newton on a convex function: from the second step on never short of the root
        fallen = slope * s + curve * bend(s)
        s += (DEPTH - fallen) / (slope - curve * expm1(-s))
    return s


def reach_below(slope: float, curve: float) -> float:
    """Distance s > 0 (or a little more) at which slope·s + curve·bend(-s) has grown to DEPTH."""
    s = 2 * DEPTH / (slope + sqrt(slope * slope + 2 * curve * DEPTH))
    s = min(s, max(2.0, log(2 * DEPTH / curve)))
    for _ in range(3):  # starts beyond the root of a convex function, so never short of it
        fallen = slope * s + curve * bend(-s)
        s += (DEPTH - fallen) / (slope + curve * expm1(s))
    return s


def stretch(start: float, stop: float, peak: float, slope: float, curve: float) -> Piece:
    """The four integrals of :func:`piece` over peak + [start, stop], by one Gauss-Legendre rule."""
    waiting = answered = abandoned = waited = 0.0
    half = (stop - start) / 2
    middle = (stop + start) / 2
    stay = exp(-peak)
    left = -expm1(-peak)
    for k in range(ORDER):
        s = middle + half * NODES[k]
        change = expm1(-s)
        above = bend(s) if abs(s) < 0.01 else s + change
        density = half * WEIGHTS[k] * exp(-slope * s - curve * above)
        patient = density * stay * (1 + change)
        waiting += density
        answered += patient
        abandoned += density * (left - stay * change)
        waited += patient * (peak + s)
    return waiting, answered, abandoned, waited


def piece(start: float, stop: float, peak: float, slope: float, curve: float) -> Piece:
    """Integrals of the offered-wait density over waits [start, stop], in units of its value at ``peak``.

    Waits are in mean patience times. The density at peak + s is exp(-slope·s - curve·bend(s)). Answers the
    integrals of the density alone, × exp(-u) (still there when an agent comes free), × (1 - exp(-u))
    (abandoned before), and × u·exp(-u) (time waited by the answered).
    """
    waiting = answered = abandoned = waited = 0.0
    if stop > peak:
        end = min(stop - peak, reach_above(slope, curve))
        at, width = 0.0, PANEL
        while at < end:
            to = min(end, at + width)
            part = stretch(at, to, peak, slope, curve)
            waiting += part[0]
            answered += part[1]
            abandoned += part[2]
            waited += part[3]
            at, width = to, 2 * width
    if start < peak:
        end = min(peak - start, reach_below(-slope, curve))
        at = 0.0
        while at < end:
            to = min(end, at + PANEL)
            part = stretch(-to, -at, peak, slope, curve)
            waiting += part[0]
            answered += part[1]
            abandoned += part[2]
            waited += part[3]
            at = to
    return waiting, answered, abandoned, waited


def palm(n: float, load: float, patience: float, within: float) -> Shares:
    """Shares of the offered in M/M/n+M with n ≥ 1 and load > 0.

    ``patience`` is in mean handling times, ``within`` (the T of the service level) in mean patience times.
    """
    agents, work = n * patience, load * patience  # finished and arriving per mean patience time
    spare = (n - load) * patience
    work_at_t = work * exp(-within)
    spare_at_t = spare - work * expm1(-within)
    # The density of the offered wait rises while the work still arriving exceeds what the agents finish.
    mode = log1p((load - n) / n) if load > n else 0.0
    spare_at_mode, work_at_mode = (0.0, agents) if load > n else (spare, work)
    # The density at 0 and at T, in units of the one at the mode.
    at_zero = exp(-agents * bend(-mode))
    at_t = exp(-spare_at_mode * (within - mode) - work_at_mode * bend(within - mode))
    if mode <= within:
        early = piece(0.0, within, mode, spare_at_mode, work_at_mode)
        late = piece(within, inf, within, spare_at_t, work_at_t)
        early_scale, late_scale = 1.0, at_t
    else:
        early = piece(0.0, within, within, spare_at_t, work_at_t)
        late = piece(within, inf, mode, spare_at_mode, work_at_mode)
        early_scale, late_scale = at_t, 1.0
    rate = work * loss(n - 1, load)
    early_scale *= rate
    late_scale *= rate
    total = at_zero + early_scale * early[0] + late_scale * late[0]
    early_scale /= total
    late_scale /= total
    at_once = at_zero / total
    waiting_at_t = late_scale * late[0]
    return (
        early_scale * early[0] + waiting_at_t,
        at_once + early_scale * early[1],
        late_scale * late[1],
        early_scale * early[2] + late_scale * late[2],
        early_scale * early[2] - expm1(-within) * waiting_at_t,
        exp(-within) * waiting_at_t,
        early_scale * early[3] + late_scale * late[3],
    )


def service_level(definition: int, in_time: float, late: float, quick: float, still_there: float) -> float:
    """The share of :class:`Definition` number ``definition``, from shares of the offered.

    ``in_time`` and ``late`` were answered, ``quick`` abandoned within T, ``still_there`` were neither answered nor
    gone when T was over.
    """
    if definition == LATE_ABANDONS:
        return in_time / (in_time + still_there) if in_time > 0 else 0.0
    if definition == ANSWERED_ONLY:
        return in_time / (in_time + late) if in_time > 0 else 0.0
    if definition == QUICK_ABANDONS_MET:
        return in_time + quick
    return in_time


def with_patience(
    n: float, contacts: float, interval: float, aht: float, patience: float, seconds: float, definition: int
) -> Measures:
    """Erlang A for a whole number of agents; times in one unit."""
    load = contacts * aht / interval
    within = seconds / patience
    if n == 0:
        gone = -expm1(-within)
        level = service_level(definition, 0.0, 0.0, gone, 1.0)
        return level, 1.0, 1.0, inf, patience, contacts / interval * patience, 1.0, 0.0, gone, 1.0
    wait, in_time, late, abandon, quick, still, waited = palm(n, load, patience / aht, within)
    answered = in_time + late
    mean_wait = abandon * patience
    level = service_level(definition, in_time, late, quick, still)
    queue = contacts / interval * mean_wait
    asa = waited / answered * patience
    return level, wait, abandon, asa, mean_wait, queue, load * answered / n, in_time, quick, 1.0


def without_patience(n: float, contacts: float, interval: float, aht: float, seconds: float) -> Measures:
    """Erlang C for a whole number of agents; times in one unit."""
    load = contacts * aht / interval
    if n <= load:
        return 0.0, 1.0, 0.0, inf, inf, inf, 1.0, 0.0, 0.0, 0.0
    blocked = loss(n, load)
    spare = (n - load) / n
    all_busy = spare + load / n * blocked
    wait = blocked / all_busy
    at_once = spare * (1 - blocked) / all_busy
    in_time = at_once - wait * expm1(-(n - load) * seconds / aht)
    mean_wait = wait * aht / (n - load)
    return in_time, wait, 0.0, mean_wait, mean_wait, contacts / interval * mean_wait, load / n, in_time, 0.0, 1.0


def whole(
    n: float, contacts: float, interval: float, aht: float, patience: float, seconds: float, definition: int
) -> Measures:
    """Every measure for a whole number of agents: Erlang A, or Erlang C where patience is infinite."""
    if contacts == 0:
        return 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0
    if patience == inf:
        return without_patience(n, contacts, interval, aht, seconds)
    return with_patience(n, contacts, interval, aht, patience, seconds, definition)


def measures(
    agents: float, contacts: float, interval: float, aht: float, patience: float, seconds: float, definition: int
) -> Measures:
    """:func:`whole`, and between whole numbers the mixture of both neighbours by time.

    10.25 agents are 11 for a quarter of the time and 10 for the rest: shares of the offered, waits of all and
    queue lengths interpolate linearly; ratios (service level, wait of the answered, occupancy) are taken of the
    mixed amounts. A neighbour without a steady state leaves the mixture without one.
    """
    below = float(int(agents))
    lower = whole(below, contacts, interval, aht, patience, seconds, definition)
    more = agents - below
    if more == 0 or contacts == 0 or lower[9] == 0:
        return lower
    upper = whole(below + 1, contacts, interval, aht, patience, seconds, definition)
    less = 1 - more
    wait = less * lower[1] + more * upper[1]
    abandon = less * lower[2] + more * upper[2]
    mean_wait = less * lower[4] + more * upper[4]
    queue = less * lower[5] + more * upper[5]
    in_time = less * lower[7] + more * upper[7]
    quick = less * lower[8] + more * upper[8]
    waited = more * (1 - upper[2]) * upper[3]
    answered = more * (1 - upper[2])
    if lower[2] < 1:
        waited += less * (1 - lower[2]) * lower[3]
        answered += less * (1 - lower[2])
    level = service_level(definition, in_time, answered - in_time, quick, 1 - quick - in_time)
    occupancy = contacts * aht / interval * answered / agents
    return level, wait, abandon, waited / answered, mean_wait, queue, occupancy, in_time, quick, 1.0


def goals_met(found: Measures, limits: Limits) -> bool:
    """Whether every goal is met; a goal that was not set is a share of 0 or an infinite cap."""
    _, _, share, max_abandon, max_occupancy, max_asa, max_wait, max_mean_wait = limits
    cap = 1 + NOISE
    return (
        found[9] == 1
        and found[0] >= share * (1 - NOISE)
        and found[1] <= max_wait * cap
        and found[2] <= max_abandon * cap
        and found[3] <= max_asa * cap
        and found[4] <= max_mean_wait * cap
        and found[6] <= max_occupancy * cap
    )


def smallest(contacts: float, interval: float, aht: float, patience: float, limits: Limits) -> int:
    """Smallest whole number of agents that meets every goal.

    Every measure improves with each agent (docs/science/smallest-staff.md says why), so the goals are missed up
    to some number and met from there on: gallop from the square-root rule until that border lies between, then
    halve.
    """
    seconds, definition = limits[0], limits[1]
    load = contacts * aht / interval
    spread = sqrt(load)
    step = 1 + int(spread / 8)
    at = int(load + spread / 2)
    missed, met = -1, -1
    while met < 0 or met - missed > 1:
        if goals_met(whole(float(at), contacts, interval, aht, patience, seconds, definition), limits):
            met = at
        else:
            missed = at
        if met < 0:
            at += step
            step *= 2
        elif missed < 0:
            at = max(0, at - step)
            step *= 2
        else:
            at = (missed + met) // 2
    return met


def measure_rows(
    agents: Sequence[float],
    contacts: Sequence[float],
    interval: Sequence[float],
    aht: Sequence[float],
    patience: Sequence[float],
    seconds: float,
    definition: int,
    rows: Any,
) -> None:
    """Fill each row of a NumPy array with its :func:`measures`."""
    for i in range(len(agents)):
        found = measures(agents[i], contacts[i], interval[i], aht[i], patience[i], seconds, definition)
        for j in range(10):
            rows[i, j] = found[j]


def staff_rows(
    contacts: Sequence[float],
    interval: Sequence[float],
    aht: Sequence[float],
    patience: Sequence[float],
    limits: Limits,
    staff: Any,
) -> None:
    """Fill each place of a NumPy array with its :func:`smallest`."""
    for i in range(len(contacts)):
        staff[i] = smallest(contacts[i], interval[i], aht[i], patience[i], limits)
