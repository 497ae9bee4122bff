"""A contact in an agent's hand: begun, slowed by others in the same hand, ended."""

from __future__ import annotations

import numpy as np

from floorwalker.science.simulation.kernel.chains import hold, let_go, new_contact
from floorwalker.science.simulation.kernel.counting import add, count_answer, count_busy, count_ring
from floorwalker.science.simulation.kernel.heap import schedule
from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import (
    AFTER,
    CHAT,
    DEFERRED,
    FINISH,
    HANDLE,
    HANDLING,
    LAST_ANSWERS,
    MOST_HOPS,
    NO_CALLBACK,
    NOBODY,
    ONE_LESS,
    ONE_MORE,
    OUTBOUND,
    PASS_ON,
    REACH,
    RINGING,
    Centre,
)
from floorwalker.science.simulation.kernel.luck import duration, place_of, uniform
from floorwalker.science.simulation.kernel.measured import (
    M_CB_KEPT,
    M_CB_LATE,
    M_DONE,
    M_DONE_LATE,
    M_HANDLING,
    M_TRANSFERRED,
    M_UNANSWERED,
)
from floorwalker.science.simulation.kernel.memory import (
    agent_at,
    arriving_at,
    contact_at,
    factor_at,
    group_at,
    note_answer,
    skill_at,
    transfer_at,
    type_at,
)


@inlined
def start(s: Centre, slot: int, agent: int, edge: int) -> None:
    """The agent, who is in no list, takes the contact, which waits in no queue."""
    contact, one = contact_at(s, slot), agent_at(s, agent)
    kind = type_at(s, contact.type)
    contact.edge = edge
    contact.since = s.now
    contact.updated = s.now
    share_hand(s, agent)
    if one.in_hand == 0:
        one.busy_from = s.now
        count_busy(s, one.group, ONE_MORE)
    hold(s, slot, agent)
    one.whole = kind.channel != CHAT
    if (kind.channel == OUTBOUND or contact.callback != NO_CALLBACK) and not reached(s, slot):
        contact.state = RINGING
        contact.work = kind.ring
    else:
        contact.state = HANDLING
        contact.work = contact.rest * handling_seconds(s, slot, HANDLE)
        if contact.answered == 0:
            contact.answered = 1
            remember_answer(s, contact.type)
            count_answer(s, slot, edge)
    plan_end(s, slot)
    replan(s, agent, slot)


@inlined
def remember_answer(s: Centre, of: int) -> None:
    """Only types with callbacks look at how quickly contacts are answered."""
    if type_at(s, of).callback != NO_CALLBACK:
        arriving = arriving_at(s, of)
        note_answer(s, of, arriving.answers % LAST_ANSWERS)
        arriving.answers += 1


@jitted
def reached(s: Centre, slot: int) -> bool:
    """One attempt to reach somebody: a callback's first attempt keeps the promise or is late."""
    contact = contact_at(s, slot)
    if contact.answered != 0:
        return True
    kind = type_at(s, contact.type)
    if contact.attempts == 0 and contact.callback != NO_CALLBACK:
        if s.now <= contact.promised:
            add(s, slot, M_CB_KEPT, 1.0)
            contact.promised = np.inf  # kept, however many attempts it takes
        else:
            add(s, slot, M_CB_LATE, 1.0)
    contact.attempts += 1
    place = place_of(REACH, contact.attempts + 4 * contact.hops)
    if uniform(contact.luck, place) >= kind.unanswered:
        return True
    add(s, slot, M_UNANSWERED, 1.0)
    return False


@inlined
def handling_seconds(s: Centre, slot: int, purpose: int) -> float:
    """What the contact takes of this agent: type, period, group and agent multiply."""
    contact, one = contact_at(s, slot), agent_at(s, contact_at(s, slot).agent)
    kind, skill = type_at(s, contact.type), skill_at(s, contact.edge)
    which = kind.after
    if purpose == HANDLE:
        which = skill.handling if skill.handling >= 0 else kind.handling
    again = 0 if kind.keep_handling else contact.tries
    seconds = duration(s, which, contact.luck, place_of(purpose, contact.hops + 8 * again))
    return float(seconds * factor_at(s, contact.type, s.period) * skill.factor * one.pace)


@inlined
def slowness(s: Centre, agent: int) -> float:
    """How many times longer everything in this hand takes."""
    one = agent_at(s, agent)
    return float(1.0 + group_at(s, one.group).slowdown * max(one.in_hand - 1, 0))


@inlined
def plan_end(s: Centre, slot: int) -> None:
    contact = contact_at(s, slot)
    ends = s.now + contact.work * slowness(s, contact.agent)
    schedule(s, slot, ends)


@inlined
def share_hand(s: Centre, agent: int) -> None:
    """Before the number in hand changes: what each contact has been given until now."""
    one = agent_at(s, agent)
    if one.in_hand > 0 and group_at(s, one.group).slowdown > 0.0:
        give_share(s, agent)


@jitted
def give_share(s: Centre, agent: int) -> None:
    slow, now, slot = slowness(s, agent), s.now, agent_at(s, agent).first
    while slot >= 0:
        contact = contact_at(s, slot)
        contact.work = max(0.0, contact.work - (now - contact.updated) / slow)
        contact.updated = now
        slot = contact.mate_next


@inlined
def replan(s: Centre, agent: int, but: int) -> None:
    """After the number in hand changed: the others end sooner or later."""
    one = agent_at(s, agent)
    if group_at(s, one.group).slowdown > 0.0 and one.first >= 0:
        replan_all(s, agent, but)


@jitted
def replan_all(s: Centre, agent: int, but: int) -> None:
    slot = agent_at(s, agent).first
    while slot >= 0:
        if slot != but:
            plan_end(s, slot)
        slot = contact_at(s, slot).mate_next


@inlined
def release(s: Centre, slot: int) -> int:
    """Out of the agent's hand; the agent is given back."""
    agent = int(contact_at(s, slot).agent)
    one = agent_at(s, agent)
    share_hand(s, agent)
    let_go(s, slot)
    if one.in_hand == 0:
        one.whole = 0
        one.since = s.now
        count_busy(s, one.group, ONE_LESS)
        if s.period < s.periods:
            one.busy += s.now - one.busy_from
    replan(s, agent, NOBODY)
    return agent


@inlined
def end_handling(s: Centre, slot: int) -> int:
    """The contact itself is over: it is passed on as a new one (whose slot is given) or gone (-1)."""
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    add(s, slot, M_HANDLING, s.now - contact.since)
    s.lines -= contact.line
    contact.line = 0
    if kind.channel == DEFERRED:
        add(s, slot, M_DONE, 1.0)
        add(s, slot, M_DONE_LATE, 1.0 if s.now > contact.born + kind.due else 0.0)
    passed = -1
    if kind.transfers > 0 and contact.hops < MOST_HOPS:
        passed = pass_on(s, slot)
    contact.state = AFTER
    contact.since = s.now
    contact.updated = s.now
    contact.work = handling_seconds(s, slot, FINISH)
    return passed


@jitted
def pass_on(s: Centre, slot: int) -> int:
    contact = contact_at(s, slot)
    kind, lot = type_at(s, contact.type), uniform(contact.luck, place_of(PASS_ON, contact.hops))
    for way in range(kind.first_transfer, kind.first_transfer + kind.transfers):
        transfer = transfer_at(s, way)
        if lot < transfer.upto:
            add(s, slot, M_TRANSFERRED, 1.0)
            passed = new_contact(s)
            other = contact_at(s, passed)
            other.type = transfer.to
            other.luck = contact.luck
            other.came = contact.came if transfer.keep_place else s.now
            other.place = -1
            other.tries = 0
            other.hops = contact.hops + 1
            return passed
    return -1


@jitted
def interrupt(s: Centre, slot: int) -> None:
    """Handed back in the middle: the share of the handling still needed stays with the contact."""
    contact = contact_at(s, slot)
    slow = slowness(s, contact.agent)
    left = max(0.0, contact.work - (s.now - contact.updated) / slow)
    whole = handling_seconds(s, slot, HANDLE)
    contact.rest = min(1.0, left / whole) if whole > 0.0 else 0.0
    add(s, slot, M_HANDLING, s.now - contact.since)


@jitted
def end_ring(s: Centre, slot: int) -> None:
    count_ring(s, contact_at(s, slot).agent, s.now - contact_at(s, slot).since)
