"""When the next contact of each type comes, from numbers that belong to that contact."""

from __future__ import annotations

from math import log

import numpy as np

from floorwalker.science.simulation.kernel.chains import new_contact
from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import ARRIVE, COUNTS, MOMENTS, PLACES, POISSON, Centre
from floorwalker.science.simulation.kernel.luck import luck_of, uniform
from floorwalker.science.simulation.kernel.memory import (
    arriving_at,
    border_at,
    contact_at,
    expected_at,
    moment_at,
    type_at,
)


@inlined
def arrive(s: Centre) -> int:
    """The contact whose turn it is, made; the next one of its type is looked up."""
    of = int(s.next_type)
    arriving, slot = arriving_at(s, of), new_contact(s)
    contact = contact_at(s, slot)
    contact.type = of
    contact.luck = luck_of(arriving.key, arriving.number)
    contact.came = s.now
    contact.place = -1
    contact.tries = 0
    contact.hops = 0
    arriving.number += 1
    look_ahead(s, of)
    find_next(s)
    return slot


@inlined
def find_next(s: Centre) -> None:
    """Which type comes next."""
    best = 0
    for of in range(1, s.kinds):
        if arriving_at(s, of).next < arriving_at(s, best).next:
            best = of
    s.next_type = best
    s.next_arrival = arriving_at(s, best).next


@inlined
def look_ahead(s: Centre, of: int) -> None:
    kind = type_at(s, of).arrivals
    if kind == POISSON:
        poisson(s, of)
    elif kind == COUNTS:
        counts(s, of)
    elif kind == MOMENTS:
        moments(s, of)
    else:
        arriving_at(s, of).next = np.inf


@inlined
def poisson(s: Centre, of: int) -> None:
    """Walk one unit exponential over the contacts expected, period by period."""
    arriving, periods = arriving_at(s, of), s.periods
    step = -log(1.0 - uniform(luck_of(arriving.key, arriving.number), ARRIVE * PLACES))
    period, mark = int(arriving.period), arriving.mark
    while period < periods and mark + step >= expected_at(s, of, period):
        step -= expected_at(s, of, period) - mark
        mark = 0.0
        period += 1
    arriving.period = period
    if period == periods:
        arriving.next = np.inf
        return
    mark += step
    arriving.mark = mark
    length = border_at(s, period + 1) - border_at(s, period)
    arriving.next = border_at(s, period) + length * (mark / expected_at(s, of, period))


@jitted
def counts(s: Centre, of: int) -> None:
    """A set number in each period: the next of as many uniform moments as are left."""
    arriving, periods = arriving_at(s, of), s.periods
    while arriving.left == 0 and arriving.period < periods:
        arriving.period += 1
        arriving.mark = 0.0
        if arriving.period < periods:
            arriving.left = np.int64(expected_at(s, of, arriving.period))
    if arriving.period >= periods:
        arriving.next = np.inf
        return
    u = uniform(luck_of(arriving.key, arriving.number), ARRIVE * PLACES)
    arriving.mark += (1.0 - arriving.mark) * (1.0 - u ** (1.0 / arriving.left))
    arriving.left -= 1
    begins, ends = border_at(s, arriving.period), border_at(s, arriving.period + 1)
    arriving.next = begins + (ends - begins) * arriving.mark


@jitted
def moments(s: Centre, of: int) -> None:
    """Moments given beforehand, each with so many contacts; none from the end on."""
    arriving, kind = arriving_at(s, of), type_at(s, of)
    while arriving.left == 0:
        arriving.cursor += 1
        if arriving.cursor >= kind.moments:
            arriving.next = np.inf
            return
        arriving.left = np.int64(moment_at(s, kind.first_moment + arriving.cursor, 1))
    arriving.left -= 1
    moment = moment_at(s, kind.first_moment + arriving.cursor, 0)
    arriving.next = moment if moment < s.end else np.inf
