"""Erlang B, C and A in 50-digit arithmetic, by sums and confluent series that share nothing with the kernel."""

from __future__ import annotations

from fractions import Fraction

from mpmath import mp, mpf

from floorwalker.science.queueing import Definition

DIGITS = 50


def number(value: float) -> mpf:
    """The float as it is, exactly."""
    exact = Fraction(value)
    return mpf(exact.numerator) / exact.denominator


def loss(n: int, load: mpf) -> mpf:
    """Erlang B by the textbook recursion."""
    blocked = mpf(1)
    for k in range(1, n + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(n: int, contacts: float, interval: float, aht: float, seconds: float) -> dict[str, mpf]:
    """Every measure of a stable M/M/n."""
    with mp.workdps(DIGITS + 30):
        contacts, interval, aht, seconds = map(number, (contacts, interval, aht, seconds))
        load = contacts * aht / interval
        blocked = loss(n, load)
        wait = n * blocked / (n - load * (1 - blocked))
        in_time = 1 - wait * mp.exp(-(n - load) * seconds / aht)
        mean = wait * aht / (n - load)
        return {
            "service_level": in_time,
            "wait_probability": wait,
            "abandon_rate": mpf(0),
            "asa_seconds": mean,
            "mean_wait_seconds": mean,
            "queue_length": contacts / interval * mean,
            "occupancy": load / n,
            "answered_within": in_time,
            "abandoned_within": mpf(0),
        }


def erlang_a(
    n: int, contacts: float, interval: float, aht: float, patience: float, seconds: float
) -> dict[str, mpf]:
    """Every measure of M/M/n+M, and the service level under the name of each definition.

    Shares that come out tiny are differences of larger ones and are done again with more digits.
    """
    arguments = n, contacts, interval, aht, patience, seconds
    found = _erlang_a(*arguments, DIGITS + 30)
    shares = found["answered_within"], found["abandoned_within"], found["abandon_rate"]
    return found if min(map(abs, shares)) > mpf(10) ** -25 else _erlang_a(*arguments, DIGITS + 350)


def _erlang_a(
    n: int, contacts: float, interval: float, aht: float, patience: float, seconds: float, digits: int
) -> dict[str, mpf]:
    """From the stationary distribution and lower incomplete gamma functions.

    Whoever finds n + k contacts present waits for k + 1 departures; over all k the density of that wait is
    proportional to exp(y(1 - exp(-u)) - c·u) in mean patience times, and z = y·exp(-u) turns its integrals
    from 0 to T into differences of incomplete gamma functions.
    """
    with mp.workdps(digits):
        contacts, interval, aht, patience, seconds = map(number, (contacts, interval, aht, patience, seconds))
        load = contacts * aht / interval
        y = contacts / interval * patience
        c = n * patience / aht
        t = seconds / patience
        # Work with everything × exp(-y): integral over u in [p, q] of exp(-y e^-u) e^-(c+k)u du.
        top, at_t = y, y * mp.exp(-t)

        def lower(a: mpf, z: mpf) -> mpf:  # y^-a × incomplete gamma(a, 0..z)
            return mp.exp(a * mp.log(z / y) - z) / a * _kummer(a, z)

        late = [lower(c + k, at_t) for k in (0, 1)]
        everything = [lower(c + k, top) for k in (0, 1)]
        at_once = mp.exp(-y) / (y * loss(n - 1, load))
        total = at_once + everything[0]
        wait = everything[0] / total
        answered = (at_once + everything[1]) / total
        late_answered = late[1] / total
        in_time = answered - late_answered
        abandon = 1 - answered
        still = mp.exp(-t) * late[0] / total
        quick = 1 - in_time - still
        mean_wait = abandon * patience
        # The answered wait u e^-u: minus the derivative of the integral of e^-(c+k)u with respect to k at 1.
        step = mpf(10) ** -20
        with mp.workdps(digits + 50):
            waited = (lower(c + 1 - step, top) - lower(c + 1 + step, top)) / (2 * step) / total
        return {
            Definition.LATE_ABANDONS: in_time / (1 - quick),
            Definition.ALL_OFFERED: in_time,
            Definition.ANSWERED_ONLY: in_time / answered,
            Definition.QUICK_ABANDONS_MET: in_time + quick,
            "wait_probability": wait,
            "abandon_rate": abandon,
            "asa_seconds": waited / answered * patience,
            "mean_wait_seconds": mean_wait,
            "queue_length": contacts / interval * mean_wait,
            "occupancy": load * answered / n,
            "answered_within": in_time,
            "abandoned_within": quick,
        }


def _kummer(a: mpf, z: mpf) -> mpf:
    """1 + z/(a+1) + z²/((a+1)(a+2)) + …, all terms positive."""
    term = total = mpf(1)
    k = 0
    while term > mp.eps * total:
        k += 1
        term *= z / (a + k)
        total += term
    return total
