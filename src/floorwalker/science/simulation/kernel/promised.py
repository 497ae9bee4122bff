"""Calls of the centre's own: promised to those who would wait long, tried again, kept or broken."""

from __future__ import annotations

import numpy as np

from floorwalker.science.simulation.kernel.chains import forget
from floorwalker.science.simulation.kernel.counting import add
from floorwalker.science.simulation.kernel.heap import schedule
from floorwalker.science.simulation.kernel.in_queue import hang_up, wait
from floorwalker.science.simulation.kernel.jit import jitted
from floorwalker.science.simulation.kernel.layout import (
    ACCEPT,
    AT_END,
    KEEP_PLACE,
    LAST_ANSWERS,
    LATER,
    NO_CALLBACK,
    Centre,
)
from floorwalker.science.simulation.kernel.luck import place_of, uniform
from floorwalker.science.simulation.kernel.measured import (
    M_CB_ACCEPTED,
    M_CB_BROKEN,
    M_CB_OFFERED,
    M_LEFT,
    M_LOST_COST,
    M_UNFINISHED,
    M_UNREACHED,
)
from floorwalker.science.simulation.kernel.memory import answer_at, arriving_at, contact_at, span_at, type_at


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
