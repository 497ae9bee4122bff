"""Into a queue and out of it, and what happens next to who waits there."""

from __future__ import annotations

import numpy as np

from floorwalker.science.simulation.kernel.chains import join, quit_queue
from floorwalker.science.simulation.kernel.counting import count_queue
from floorwalker.science.simulation.kernel.heap import schedule, unschedule
from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import (
    DEFERRED,
    INFINITE,
    NO_CALLBACK,
    ONE_LESS,
    ONE_MORE,
    PATIENCE,
    WAITING,
    Centre,
)
from floorwalker.science.simulation.kernel.luck import duration, place_of
from floorwalker.science.simulation.kernel.memory import contact_at, duration_at, skill_at, taker_at, type_at


@inlined
def wait(s: Centre, slot: int, at_head: int) -> None:
    """Into the queue; the next event is whatever comes first of giving up, a message and another group."""
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    contact.state = WAITING
    contact.queued = s.now
    contact.gives_up = np.inf
    contact.message_at = np.inf
    if contact.answered == 0 and contact.callback == NO_CALLBACK and kind.channel < DEFERRED:
        if duration_at(s, kind.patience).kind != INFINITE:
            again = 0 if kind.keep_patience else contact.tries
            place = place_of(PATIENCE, contact.hops + 8 * again)
            contact.gives_up = contact.queued + duration(s, kind.patience, contact.luck, place)
        contact.message_at = contact.queued + kind.message_after
    count_queue(s, contact.type, ONE_MORE)
    join(s, slot, at_head)
    plan_look(s, slot)


@inlined
def plan_look(s: Centre, slot: int) -> None:
    contact = contact_at(s, slot)
    moment = min(contact.gives_up, contact.message_at)
    if type_at(s, contact.type).overflows:
        moment = min(moment, next_overflow(s, slot))
    if moment < np.inf:
        schedule(s, slot, moment)


@jitted
def next_overflow(s: Centre, slot: int) -> float:
    """When the next group may take who has waited so long."""
    contact, soonest = contact_at(s, slot), np.inf
    kind = type_at(s, contact.type)
    for place in range(kind.first_taker, kind.first_taker + kind.takers):
        moment = contact.queued + skill_at(s, taker_at(s, place)).after
        if s.now < moment < soonest:
            soonest = moment
    return float(soonest)


@inlined
def leave_queue(s: Centre, slot: int) -> None:
    unschedule(s, slot)
    quit_queue(s, slot)
    count_queue(s, contact_at(s, slot).type, ONE_LESS)


@inlined
def hang_up(s: Centre, slot: int) -> None:
    s.lines -= contact_at(s, slot).line
    contact_at(s, slot).line = 0
