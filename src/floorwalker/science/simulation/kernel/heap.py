"""What comes next: a binary heap by time, each contact in it at most once and knowing its place.

Knowing its place, a contact that is answered takes its giving up out of the heap, so the heap holds no more than
the contacts of this moment. At equal times the event made first comes first.
"""

from __future__ import annotations

from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import Centre, numbered
from floorwalker.science.simulation.kernel.memory import contact_at, event_at

(TOP,) = numbered(1)


@inlined
def sooner(s: Centre, one: int, time: float, order: int) -> bool:
    return bool(event_at(s, one).time < time or (event_at(s, one).time == time and event_at(s, one).order < order))


@jitted
def lift(s: Centre, place: int, time: float, order: int, slot: int) -> None:
    """Put an entry where it belongs at ``place`` or above."""
    while place > 0:
        parent = (place - 1) >> 1
        if sooner(s, parent, time, order):
            break
        event_at(s, place).time = event_at(s, parent).time
        event_at(s, place).order = event_at(s, parent).order
        event_at(s, place).slot = event_at(s, parent).slot
        contact_at(s, event_at(s, place).slot).place = place
        place = parent
    settle(s, place, time, order, slot)


@jitted
def sink(s: Centre, size: int, place: int, time: float, order: int, slot: int) -> None:
    """Put an entry where it belongs at ``place`` or below."""
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        right = child + 1
        if right < size and sooner(s, right, event_at(s, child).time, event_at(s, child).order):
            child = right
        if not sooner(s, child, time, order):
            break
        event_at(s, place).time = event_at(s, child).time
        event_at(s, place).order = event_at(s, child).order
        event_at(s, place).slot = event_at(s, child).slot
        contact_at(s, event_at(s, place).slot).place = place
        place = child
    settle(s, place, time, order, slot)


@inlined
def settle(s: Centre, place: int, time: float, order: int, slot: int) -> None:
    event_at(s, place).time = time
    event_at(s, place).order = order
    event_at(s, place).slot = slot
    contact_at(s, slot).place = place


@inlined
def schedule(s: Centre, slot: int, time: float) -> None:
    """The contact's next event is at ``time``; one it had before is forgotten."""
    place = contact_at(s, slot).place
    s.order += 1
    if place >= 0:
        move(s, s.pending, place, time, s.order, slot)
    else:
        size = s.pending
        s.pending = size + 1
        lift(s, size, time, s.order, slot)


@jitted
def move(s: Centre, size: int, place: int, time: float, order: int, slot: int) -> None:
    if sooner(s, place, time, order):
        sink(s, size, place, time, order, slot)
    else:
        lift(s, place, time, order, slot)


@inlined
def unschedule(s: Centre, slot: int) -> None:
    """The contact has no next event."""
    place = contact_at(s, slot).place
    if place >= 0:
        contact_at(s, slot).place = -1
        size = s.pending - 1
        s.pending = size
        if place < size:
            last = event_at(s, size)
            move(s, size, place, last.time, last.order, last.slot)


@inlined
def take_first(s: Centre) -> int:
    """The contact whose event is next, taken out."""
    slot = int(event_at(s, 0).slot)
    contact_at(s, slot).place = -1
    size = s.pending - 1
    s.pending = size
    if size > 0:
        last = event_at(s, size)
        sink(s, size, TOP, last.time, last.order, last.slot)
    return slot
