"""Contacts without an agent: offered, turned away, waiting, giving up, trying again, promised a call."""

from __future__ import annotations

import numpy as np

from floorwalker.science.simulation.kernel.chains import forget, join, quit_queue
from floorwalker.science.simulation.kernel.counting import add, count_loss, count_queue, one_if
from floorwalker.science.simulation.kernel.heap import schedule, unschedule
from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import (
    ACCEPT,
    AT_END,
    BALK,
    DEFERRED,
    DELAY,
    INFINITE,
    KEEP_PLACE,
    LAST_ANSWERS,
    LATER,
    M_BALKED,
    M_BLOCKED,
    M_CB_ACCEPTED,
    M_CB_BROKEN,
    M_CB_OFFERED,
    M_CLOSED,
    M_CUT_OFF,
    M_FIRST,
    M_LEFT,
    M_LOST_COST,
    M_MESSAGES,
    M_OFFERED,
    M_REDIALLED,
    M_SHORT,
    M_UNFINISHED,
    M_UNREACHED,
    MESSAGE,
    NO_CALLBACK,
    ONE_LESS,
    ONE_MORE,
    PATIENCE,
    REDIAL,
    REDIALLING,
    WAITING,
    Centre,
)
from floorwalker.science.simulation.kernel.luck import duration, place_of, uniform
from floorwalker.science.simulation.kernel.memory import (
    answer_at,
    arriving_at,
    contact_at,
    count_type,
    duration_at,
    queue_at,
    skill_at,
    span_at,
    taker_at,
    type_at,
)


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


@inlined
def hang_up(s: Centre, slot: int) -> None:
    s.lines -= contact_at(s, slot).line
    contact_at(s, slot).line = 0


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
def called_back(s: Centre, slot: int) -> bool:
    """Whether a call back is offered and accepted instead of waiting."""
    contact, now = contact_at(s, slot), s.now
    kind = type_at(s, contact.type)
    if not (
        arriving_at(s, contact.type).waiting >= kind.callback_length
        or expected_wait(s, contact.type) >= kind.callback_wait
    ):
        return False
    add(s, slot, M_CB_OFFERED, 1.0)
    if uniform(contact.luck, place_of(ACCEPT, contact.tries + 8 * contact.hops)) >= kind.callback_accepted:
        return False
    add(s, slot, M_CB_ACCEPTED, 1.0)
    hang_up(s, slot)
    contact.callback = kind.callback
    if kind.callback == KEEP_PLACE:
        contact.promised = closing(s, contact.type)
        wait(s, slot, AT_END)
    else:
        contact.promised = now + kind.window_to
        contact.state = LATER
        schedule(s, slot, now + kind.window_from)
    return True


@jitted
def expected_wait(s: Centre, of: int) -> float:
    """Contacts ahead x the mean time between the last answers; 0 while fewer than two were given."""
    arriving, kept = arriving_at(s, of), LAST_ANSWERS
    known = min(arriving.answers, kept)
    if known < 2:
        return 0.0
    newest = answer_at(s, of, (arriving.answers - 1) % kept)
    oldest = answer_at(s, of, (arriving.answers - known) % kept)
    return float(arriving.waiting * (newest - oldest) / (known - 1))


@jitted
def closing(s: Centre, of: int) -> float:
    """When the type closes next."""
    kind, now = type_at(s, of), s.now
    for span in range(kind.first_span, kind.first_span + kind.spans):
        if span_at(s, span, 1) > now:
            return float(span_at(s, span, 1))
    return float(s.end)


@jitted
def opening(s: Centre, of: int) -> float:
    """When the type opens next; infinite when it does not."""
    kind, now = type_at(s, of), s.now
    for span in range(kind.first_span, kind.first_span + kind.spans):
        if now <= span_at(s, span, 0) < s.end:
            return float(span_at(s, span, 0))
    return np.inf


@jitted
def attempt_failed(s: Centre, slot: int) -> None:
    """Nobody answered the centre's call: again later, or never."""
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    if contact.attempts < kind.attempts:
        contact.state = LATER
        schedule(s, slot, s.now + kind.again)
    else:
        add(s, slot, M_UNREACHED, 1.0)
        add(s, slot, M_LOST_COST, kind.lost_cost)
        forget(s, slot)


@jitted
def due_now(s: Centre, slot: int) -> bool:
    """A call of the centre's own falls due: True when it may look for an agent, else put off or given up."""
    contact = contact_at(s, slot)
    if arriving_at(s, contact.type).open:
        contact.queued = s.now
        return True
    moment = opening(s, contact.type)
    if moment < np.inf:
        contact.state = LATER
        schedule(s, slot, moment)
    else:
        never_reached(s, slot)
    return False


@jitted
def never_reached(s: Centre, slot: int) -> None:
    """The end came before this could be taken up: work left over or left unfinished, or a promise broken."""
    contact = contact_at(s, slot)
    if contact.answered != 0:
        add(s, slot, M_UNFINISHED, 1.0)
    elif contact.callback == NO_CALLBACK:
        add(s, slot, M_LEFT, 1.0)
    else:
        add(s, slot, M_CB_BROKEN if contact.attempts == 0 else M_UNREACHED, 1.0)
        add(s, slot, M_LOST_COST, type_at(s, contact.type).lost_cost)
    forget(s, slot)


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
