"""The loop: whatever comes next happens, then contacts look for agents and agents for contacts."""

from __future__ import annotations

from typing import Any

import numpy as np

from floorwalker.science.simulation.kernel.agenda import planned
from floorwalker.science.simulation.kernel.arriving import arrive
from floorwalker.science.simulation.kernel.chains import forget, offer_hands, take_hands
from floorwalker.science.simulation.kernel.crew import available, stays
from floorwalker.science.simulation.kernel.handling import end_handling, end_ring, plan_end, release, start
from floorwalker.science.simulation.kernel.heap import take_first
from floorwalker.science.simulation.kernel.in_queue import leave_queue, plan_look, wait
from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import (
    AFTER,
    AT_END,
    AT_HEAD,
    BACK,
    DEFERRED,
    DONE,
    GROW,
    HANDLING,
    KNOWN,
    NEW,
    NOTHING,
    PAUSE,
    REDIALLING,
    RINGING,
    WAITING,
    Centre,
)
from floorwalker.science.simulation.kernel.matching import find_agent, open_list, pick_contact
from floorwalker.science.simulation.kernel.memory import contact_at, entry_at, event_at, list_at, queue_at, type_at
from floorwalker.science.simulation.kernel.promised import attempt_failed, due_now
from floorwalker.science.simulation.kernel.waiting import cut_off, give_up, leaves_message, nobody_free, offer


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
def finish(s: Centre) -> int:
    """Nothing can happen any more: who still waits is cut off, work still there is left over."""
    for of in range(s.kinds):
        for queue in (of, of + s.kinds):
            while queue_at(s, queue).head >= 0:
                cut_off(s, int(queue_at(s, queue).head))
    return DONE
