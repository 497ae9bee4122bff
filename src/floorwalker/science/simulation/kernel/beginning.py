"""Before the first second: all slots free, nobody at work, nothing counted, each type's first contact known."""

from __future__ import annotations

from typing import Any

from floorwalker.science.simulation.kernel.arriving import find_next, look_ahead
from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import COUNTS, FREE, NEVER, Centre
from floorwalker.science.simulation.kernel.memory import (
    agent_at,
    arriving_at,
    contact_at,
    desk_at,
    forget_counts,
    group_at,
    list_at,
    queue_at,
    type_at,
)


@jitted
def begin(s: Centre, counting: int) -> None:
    """Everything as it is before the first second: all slots free, nobody at work, nothing counted."""
    s.now = 0.0
    s.begun = 0.0
    s.period = 0
    s.counting = counting
    s.row = 0 if counting else s.periods
    s.turn = 0
    s.pending = 0
    s.order = 0
    s.waiting = 0
    s.lines = 0
    s.in_use = 0
    s.events = 0
    s.free = -1
    free_slots(s, 0)
    for place in range(2 * s.kinds):
        empty(queue_at(s, place))
    for place in range(s.list_count):
        empty(list_at(s, place))
    for place in range(s.group_count):
        desk = desk_at(s, place)
        desk.staffed = 0
        desk.busy = 0
        desk.surplus = 0
        desk.places = 0
        desk.off = -1
    send_off(s)
    forget_counts(s)
    first_arrivals(s)


@inlined
def empty(chain: Any) -> None:
    chain.head = -1
    chain.tail = -1
    chain.length = 0


@jitted
def free_slots(s: Centre, since: int) -> None:
    """Slots from ``since`` on are free; the first of them is used first."""
    for slot in range(s.slots - 1, since - 1, -1):
        contact_at(s, slot).state = FREE
        contact_at(s, slot).place = -1
        contact_at(s, slot).next = s.free
        s.free = slot


@jitted
def send_off(s: Centre) -> None:
    for agent in range(s.agent_count - 1, -1, -1):
        one = agent_at(s, agent)
        one.next = -1
        one.prev = -1
        one.list = -1
        one.in_hand = 0
        one.first = -1
        one.at_work = 0
        one.leaving = 0
        one.whole = 0
        one.since = 0.0
        one.busy_from = 0.0
        one.staffed_from = 0.0
        one.staffed = 0.0
        one.busy = 0.0
        one.ring = 0.0
        one.value = 0.0
        one.answered = 0.0
        one.callbacks = 0.0
        if not group_at(s, one.group).named:
            one.next = desk_at(s, one.group).off
            desk_at(s, one.group).off = agent


@jitted
def first_arrivals(s: Centre) -> None:
    """Each type's first contact. Keys and expected contacts were set by who began the run."""
    for of in range(s.kinds):
        arriving = arriving_at(s, of)
        arriving.mark = 0.0
        arriving.period = 0
        arriving.number = 0
        arriving.left = 0
        arriving.cursor = -1
        arriving.waiting = 0
        arriving.answers = 0
        arriving.open = type_at(s, of).always_open
        if type_at(s, of).arrivals != NEVER:
            arriving.period = -1 if type_at(s, of).arrivals == COUNTS else 0
        look_ahead(s, of)
    find_next(s)
