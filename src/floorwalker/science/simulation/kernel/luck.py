"""Random numbers that belong to a contact.

A contact's *luck* is SplitMix64's finaliser of the key of its type in this replication plus its number; each draw
is the finaliser of the luck plus the place of the draw. No state is passed from draw to draw, so the same contact
has the same patience and the same handling whoever is at work and whatever the others do.
"""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np

from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import (
    EMPIRICAL,
    EXPONENTIAL,
    FIXED,
    GAMMA,
    INFINITE,
    LOGNORMAL,
    PLACES,
    UNIFORM,
    WEIBULL,
    Centre,
)
from floorwalker.science.simulation.kernel.memory import duration_at, value_at

GOLDEN, FIRST, SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
NUMBER = np.uint64(0xD1342543DE82EF95)  # another odd constant: contacts and their draws step differently
A30, A27, A31, A12 = (np.uint64(n) for n in (30, 27, 31, 12))
UNIT = 1.0 / (1 << 52)  # of 53 bits the last half would round to 1


@inlined
def mixed(x: np.uint64) -> np.uint64:
    """SplitMix64's finaliser (Steele, Lea, Flood 2014; constants of Stafford's variant 13)."""
    x = (x ^ (x >> A30)) * FIRST
    x = (x ^ (x >> A27)) * SECOND
    return x ^ (x >> A31)


@inlined
def luck_of(key: np.uint64, number: int) -> np.uint64:
    return mixed(key + np.uint64(number) * NUMBER)


@inlined
def uniform(luck: np.uint64, place: int) -> float:
    """Between 0 and 1, never either."""
    bits = mixed(luck + np.uint64(place + 1) * GOLDEN)
    return (np.float64(bits >> A12) + 0.5) * UNIT


@inlined
def place_of(purpose: int, index: int) -> int:
    return purpose * PLACES + min(index, PLACES - 1)


@inlined
def duration(s: Centre, which: int, luck: np.uint64, place: int) -> float:
    """One draw: the common kinds here, the others by a call."""
    row = duration_at(s, which)
    if row.kind == FIXED:
        return float(row.a)
    if row.kind == EXPONENTIAL:
        return float(-row.a * log(1.0 - uniform(luck, place)))
    if row.kind == INFINITE:
        return np.inf
    return rarer(s, which, luck, place)


@jitted
def rarer(s: Centre, which: int, luck: np.uint64, place: int) -> float:
    row = duration_at(s, which)
    u = uniform(luck, place)
    if row.kind == LOGNORMAL:
        return exp(row.a + row.b * normal_quantile(u))
    if row.kind == WEIBULL:
        return float(row.a * (-log(1.0 - u)) ** row.b)
    if row.kind == UNIFORM:
        return float(row.a + row.b * u)
    if row.kind == EMPIRICAL:
        return float(value_at(s, row.first + int(u * row.count)))
    if row.kind == GAMMA:
        return float(row.b * standard_gamma(row.a, mixed(luck + np.uint64(place + 1) * GOLDEN)))
    return np.inf


@jitted
def standard_gamma(shape: float, luck: np.uint64) -> float:
    """Marsaglia and Tsang (2000): two numbers a try, 1.05 tries; below shape 1 boosted by a third."""
    boost = 1.0
    if shape < 1.0:
        boost = uniform(luck, 0) ** (1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / sqrt(9.0 * d)
    place = 1
    while True:
        x = normal_quantile(uniform(luck, place))
        u = uniform(luck, place + 1)
        place += 2
        v = (1.0 + c * x) ** 3
        if v > 0.0 and log(u) < 0.5 * x * x + d - d * v + d * log(v):
            return d * v * boost


@jitted
def normal_quantile(p: float) -> float:
    """Algorithm AS 241 (Wichura 1988): the standard normal's quantile to about 16 digits."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _middle(r)
    r = sqrt(-log(min(p, 1.0 - p)))
    tail = _near(r - 1.6) if r <= 5.0 else _far(r - 5.0)
    return tail if q > 0 else -tail


@inlined
def _middle(r: float) -> float:
    above = 2.5090809287301226727e3 * r + 3.3430575583588128105e4
    above = (above * r + 6.7265770927008700853e4) * r + 4.5921953931549871457e4
    above = (above * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3
    above = (above * r + 1.3314166789178437745e2) * r + 3.3871328727963666080e0
    below = 5.2264952788528545610e3 * r + 2.8729085735721942674e4
    below = (below * r + 3.9307895800092710610e4) * r + 2.1213794301586595867e4
    below = (below * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2
    below = (below * r + 4.2313330701600911252e1) * r + 1.0
    return above / below


@inlined
def _near(r: float) -> float:
    above = 7.74545014278341407640e-4 * r + 2.27238449892691845833e-2
    above = (above * r + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0
    above = (above * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0
    above = (above * r + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
    below = 1.05075007164441684324e-9 * r + 5.47593808499534494600e-4
    below = (below * r + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1
    below = (below * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0
    below = (below * r + 2.05319162663775882187e0) * r + 1.0
    return above / below


@inlined
def _far(r: float) -> float:
    above = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    above = (above * r + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2
    above = (above * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0
    above = (above * r + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
    below = 2.04426310338993978564e-15 * r + 1.42151175831644588870e-7
    below = (below * r + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4
    below = (below * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1
    below = (below * r + 5.99832206555887937690e-1) * r + 1.0
    return above / below
