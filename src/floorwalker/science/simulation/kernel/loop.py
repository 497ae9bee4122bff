"""The loop: whatever comes next happens, then contacts look for agents and agents for contacts."""

from __future__ import annotations

from typing import Any

import numpy as np

from floorwalker.science.simulation.kernel.arriving import arrive, find_next, look_ahead
from floorwalker.science.simulation.kernel.chains import forget, offer_hands, take_hands
from floorwalker.science.simulation.kernel.counting import begin_counting, turn_period
from floorwalker.science.simulation.kernel.crew import (
    available,
    comes,
    fewer,
    goes,
    more,
    stays,
    still_to_hand_back,
    wanted,
)
from floorwalker.science.simulation.kernel.handling import end_handling, end_ring, plan_end, release, start
from floorwalker.science.simulation.kernel.heap import take_first
from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import (
    AFTER,
    AT_END,
    AT_HEAD,
    BORDER,
    CLOSES,
    COMES,
    COUNTS,
    DEFERRED,
    DONE,
    FREE,
    GOES,
    GROW,
    HANDLING,
    NEVER,
    OPENS,
    PAUSE,
    REDIALLING,
    RINGING,
    STAFF,
    WAITING,
    WARM,
    Centre,
)
from floorwalker.science.simulation.kernel.matching import find_agent, open_list, pick_contact
from floorwalker.science.simulation.kernel.memory import (
    agent_at,
    arriving_at,
    contact_at,
    desk_at,
    entry_at,
    event_at,
    forget_counts,
    group_at,
    list_at,
    queue_at,
    type_at,
)
from floorwalker.science.simulation.kernel.waiting import (
    attempt_failed,
    cut_off,
    due_now,
    give_up,
    leave_queue,
    leaves_message,
    nobody_free,
    offer,
    plan_look,
    wait,
)

NOTHING, NEW, KNOWN, BACK = range(4)  # what a contact that looks for an agent is: newly offered, or known already


@jitted
def run(s: Centre, events: int) -> int:
    """Run on until all is over, no slot is free, or so many events have happened."""
    left = events
    while left > 0:
        if s.free < 0:
            return GROW
        left -= 1
        soonest = s.next_arrival
        source = 0
        if s.pending > 0 and event_at(s, 0).time <= soonest:
            soonest = event_at(s, 0).time
            source = 1
        if s.turn < s.agenda_length and entry_at(s, s.turn).time <= soonest:
            soonest = entry_at(s, s.turn).time
            source = 2
        if soonest == np.inf:
            return finish(s)
        s.now = soonest
        s.events += 1
        slot, freed, how = -1, -1, NOTHING
        if source == 0:
            slot = arrive(s)
            how = NEW if offer(s, slot) else NOTHING
        elif source == 1:
            slot, freed, how = happens(s)
        else:
            slot, freed, how = planned(s)
        if how != NOTHING:
            look_for_agent(s, slot, how)
        if freed >= 0:
            look_for_work(s, freed)
    return PAUSE


@inlined
def look_for_agent(s: Centre, slot: int, how: int) -> None:
    """The contact goes to an agent, or waits as befits it."""
    edge = find_agent(s, slot)
    if edge < 0:
        if how == NEW and type_at(s, contact_at(s, slot).type).channel < DEFERRED:
            nobody_free(s, slot)
        else:
            wait(s, slot, AT_HEAD if how == BACK else AT_END)
        return
    contact = contact_at(s, slot)
    which = open_list(s, edge, type_at(s, contact.type).channel, contact.queued)
    agent = int(list_at(s, which).head)
    take_hands(s, agent)
    start(s, slot, agent, edge)
    if available(s, agent):
        offer_hands(s, agent)


@inlined
def look_for_work(s: Centre, agent: int) -> None:
    """The agent takes whom the policy says, as many as there are places for, or is idle."""
    if not stays(s, agent):
        return
    take_hands(s, agent)
    while available(s, agent):
        edge = pick_contact(s, agent)
        if edge < 0:
            offer_hands(s, agent)
            return
        slot = int(s.picked)
        leave_queue(s, slot)
        start(s, slot, agent, edge)


@inlined
def happens(s: Centre) -> Any:
    """The next event of a contact: which contact then looks for an agent, which agent is freed, and how."""
    slot = take_first(s)
    state = contact_at(s, slot).state
    if state == HANDLING:
        return handled(s, slot)
    if state == WAITING:
        return waited(s, slot)
    if state == AFTER:
        agent = release(s, slot)
        forget(s, slot)
        return -1, agent, NOTHING
    if state == RINGING:
        end_ring(s, slot)
        agent = release(s, slot)
        attempt_failed(s, slot)
        return -1, agent, NOTHING
    if state == REDIALLING:
        contact_at(s, slot).came = s.now
        return slot, -1, NEW if offer(s, slot) else NOTHING
    return slot, -1, KNOWN if due_now(s, slot) else NOTHING


@inlined
def handled(s: Centre, slot: int) -> Any:
    """Handling is over: what is passed on is offered, the agent finishes or is free."""
    how, passed = NOTHING, end_handling(s, slot)
    if passed >= 0 and offer(s, passed):
        how = NEW
    if contact_at(s, slot).work > 0.0:
        plan_end(s, slot)
        return passed, -1, how
    agent = release(s, slot)
    forget(s, slot)
    return passed, agent, how


@inlined
def waited(s: Centre, slot: int) -> Any:
    """Who waits gives up, leaves a message, or may now go to another group."""
    contact, now = contact_at(s, slot), s.now
    if now >= contact.gives_up:
        give_up(s, slot)
        return -1, -1, NOTHING
    if now >= contact.message_at and leaves_message(s, slot):
        return slot, -1, NEW if offer(s, slot) else NOTHING
    if find_agent(s, slot) >= 0:
        leave_queue(s, slot)
        return slot, -1, KNOWN
    plan_look(s, slot)
    return -1, -1, NOTHING


@jitted
def planned(s: Centre) -> Any:
    """The next entry of the agenda; one that moves many agents or contacts is gone through one at a time."""
    entry = entry_at(s, s.turn)
    which, over = entry.which, True
    slot, freed, how = -1, -1, NOTHING
    if entry.kind == BORDER:
        turn_period(s, which)
    elif entry.kind == WARM:
        begin_counting(s)
    elif entry.kind == STAFF:
        slot, freed, over = staff_changes(s, which, entry.value)
    elif entry.kind == COMES:
        freed = comes(s, which)
    elif entry.kind == GOES:
        slot, over = goes_one(s, which)
    elif entry.kind == CLOSES:
        over = closes(s, which)
    elif entry.kind == OPENS:
        slot, over = opens(s, which)
        how = KNOWN if slot >= 0 else NOTHING
    if slot >= 0 and how == NOTHING:
        how = BACK
    s.turn += over
    return slot, freed, how


@jitted
def staff_changes(s: Centre, group: int, target: int) -> Any:
    """A counted group's number changes by one towards its target."""
    slot = still_to_hand_back(s, group)
    if slot >= 0:
        return slot, -1, False
    there = wanted(s, group)
    if there > target:
        return fewer(s, group), -1, False
    if there < target:
        return -1, more(s, group), there + 1 == target
    return -1, -1, True


@jitted
def goes_one(s: Centre, agent: int) -> Any:
    """A named agent goes, handing back one contact at a time where the group does."""
    if agent_at(s, agent).at_work == 0:
        return -1, True
    slot = goes(s, agent)
    return slot, slot < 0


@jitted
def closes(s: Centre, of: int) -> bool:
    """A type closes; those who wait are cut off one at a time where it says so. True when that is done."""
    arriving_at(s, of).open = 0
    if type_at(s, of).drops == 0 or type_at(s, of).channel >= DEFERRED:
        return True
    for queue in (of, of + s.kinds):
        head = int(queue_at(s, queue).head)
        if head >= 0:
            cut_off(s, head)
            return False
    return True


@jitted
def opens(s: Centre, of: int) -> Any:
    """A type opens; work that has waited for it goes to idle agents, one at a time."""
    arriving_at(s, of).open = 1
    arriving_at(s, of).answers = 0  # what was answered before the night tells no wait of today
    head = int(queue_at(s, of).head)
    if head >= 0 and find_agent(s, head) >= 0:
        leave_queue(s, head)
        return head, False
    return -1, True


@jitted
def finish(s: Centre) -> int:
    """Nothing can happen any more: who still waits is cut off, work still there is left over."""
    for of in range(s.kinds):
        for queue in (of, of + s.kinds):
            while queue_at(s, queue).head >= 0:
                cut_off(s, int(queue_at(s, queue).head))
    return DONE


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
