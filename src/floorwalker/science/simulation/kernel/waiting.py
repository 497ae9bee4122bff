"""Contacts without an agent: offered, turned away, giving up, trying again, leaving a message."""

from __future__ import annotations

import numpy as np

from floorwalker.science.simulation.kernel.chains import forget
from floorwalker.science.simulation.kernel.counting import add, count_loss, one_if
from floorwalker.science.simulation.kernel.heap import schedule
from floorwalker.science.simulation.kernel.in_queue import hang_up, leave_queue, wait
from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import (
    AT_END,
    BALK,
    DEFERRED,
    DELAY,
    MESSAGE,
    NO_CALLBACK,
    REDIAL,
    REDIALLING,
    Centre,
)
from floorwalker.science.simulation.kernel.luck import duration, place_of, uniform
from floorwalker.science.simulation.kernel.measured import (
    M_BALKED,
    M_BLOCKED,
    M_CLOSED,
    M_CUT_OFF,
    M_FIRST,
    M_LOST_COST,
    M_MESSAGES,
    M_OFFERED,
    M_REDIALLED,
    M_SHORT,
)
from floorwalker.science.simulation.kernel.memory import arriving_at, contact_at, count_type, queue_at, type_at
from floorwalker.science.simulation.kernel.promised import called_back, never_reached


@inlined
def offer(s: Centre, slot: int) -> bool:
    """A contact reaches the centre: counted, and True when it may look for an agent."""
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    contact.queued = s.now
    contact.born = s.now
    contact.row = s.row
    contact.attempts = 0
    contact.callback = NO_CALLBACK
    contact.answered = 0
    contact.line = 0
    contact.rest = 1.0
    contact.agent = -1
    if kind.channel >= DEFERRED:
        count_offer(s, slot)
        return True
    if arriving_at(s, contact.type).open == 0 and (contact.hops == 0 or contact.tries > 0):
        add(s, slot, M_CLOSED, 1.0)
        if contact.tries > 0:
            add(s, slot, M_LOST_COST, kind.lost_cost)
        forget(s, slot)
        return False
    count_offer(s, slot)
    if s.lines >= s.most_lines:
        block(s, slot)
        return False
    s.lines += 1
    contact.line = 1
    return True


@inlined
def count_offer(s: Centre, slot: int) -> None:
    contact = contact_at(s, slot)
    count_type(s, contact.type, contact.row, M_OFFERED, 1.0)
    count_type(s, contact.type, contact.row, M_FIRST, one_if(contact.tries == 0 and contact.hops == 0))


@inlined
def nobody_free(s: Centre, slot: int) -> None:
    """Newly offered, and nobody may take it: it leaves at once, is turned away, is promised a call, or waits."""
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    if (
        kind.balking > 0.0
        and uniform(contact.luck, place_of(BALK, contact.tries + 8 * contact.hops)) < kind.balking
    ):
        lose(s, slot, M_BALKED)
    elif queue_at(s, contact.type).length >= kind.capacity:
        block(s, slot)
    elif kind.callback == NO_CALLBACK or not called_back(s, slot):
        wait(s, slot, AT_END)


@inlined
def give_up(s: Centre, slot: int) -> None:
    leave_queue(s, slot)
    lose(s, slot, M_SHORT)


@jitted
def lose(s: Centre, slot: int, why: int) -> None:
    """Gone without an answer, for good or to try again."""
    count_loss(s, slot, why)
    hang_up(s, slot)
    again_or_gone(s, slot, type_at(s, contact_at(s, slot).type).redial if why != M_CUT_OFF else 0.0)


@jitted
def block(s: Centre, slot: int) -> None:
    """Turned away: no place to wait, or no line."""
    add(s, slot, M_BLOCKED, 1.0)
    hang_up(s, slot)
    again_or_gone(s, slot, type_at(s, contact_at(s, slot).type).redial_blocked)


@jitted
def again_or_gone(s: Centre, slot: int, probability: float) -> None:
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    place = contact.tries + 8 * contact.hops
    if contact.tries > 0 and probability > 0.0 and kind.redial_later <= 1.0:
        probability = kind.redial_later
    if contact.tries < kind.redial_most and uniform(contact.luck, place_of(REDIAL, place)) < probability:
        add(s, slot, M_REDIALLED, 1.0)
        contact.state = REDIALLING
        delay = duration(s, kind.redial_delay, contact.luck, place_of(DELAY, place))
        contact.tries += 1
        schedule(s, slot, s.now + delay)
    else:
        add(s, slot, M_LOST_COST, kind.lost_cost)
        forget(s, slot)


@jitted
def leaves_message(s: Centre, slot: int) -> bool:
    """Who has waited long enough may leave a message: the contact becomes one of another type."""
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    contact.message_at = np.inf
    if uniform(contact.luck, place_of(MESSAGE, contact.tries + 8 * contact.hops)) >= kind.message_share:
        return False
    leave_queue(s, slot)
    add(s, slot, M_MESSAGES, 1.0)
    hang_up(s, slot)
    contact.type = kind.message_to
    contact.came = s.now
    contact.tries = 0
    contact.hops += 1
    return True


@jitted
def cut_off(s: Centre, slot: int) -> None:
    """Closed on somebody who waits."""
    leave_queue(s, slot)
    if contact_at(s, slot).callback != NO_CALLBACK or type_at(s, contact_at(s, slot).type).channel >= DEFERRED:
        never_reached(s, slot)
    elif contact_at(s, slot).answered:
        hang_up(s, slot)
        never_reached(s, slot)
    else:
        lose(s, slot, M_CUT_OFF)
