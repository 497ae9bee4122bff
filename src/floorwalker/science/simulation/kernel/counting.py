"""What is counted, and when. A contact counts in the period it was offered in, an agent's time by the s."""

from __future__ import annotations

from math import ceil, log

from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import BINS, DEFERRED, EXACT_BINS, FINE, NO_CALLBACK, Centre
from floorwalker.science.simulation.kernel.measured import (
    G_ANSWERED,
    G_BUSY,
    G_CALLBACKS,
    G_CALLERS,
    G_RING,
    G_STAFFED,
    G_VALUE,
    G_WAIT,
    G_WITHIN,
    M_ABANDONED,
    M_ABANDONED_WITHIN,
    M_ANSWERED,
    M_ANSWERED_WITHIN,
    M_CB_ANSWERED,
    M_QUEUE,
    M_SHORT,
    M_VALUE,
    M_WAIT,
    M_WAIT_LOST,
    M_WAITED,
)
from floorwalker.science.simulation.kernel.memory import (
    agent_at,
    arriving_at,
    contact_at,
    count_group,
    count_group_wait,
    count_taken,
    count_type,
    count_wait,
    desk_at,
    forget_counts,
    skill_at,
    type_at,
)

PER_BIN = 1.0 / log(1.0 + FINE)
LAST_EXACT = float(EXACT_BINS - 1)


@inlined
def one_if(true: bool) -> float:
    return 1.0 if true else 0.0


@inlined
def add(s: Centre, slot: int, measure: int, amount: float) -> None:
    contact = contact_at(s, slot)
    count_type(s, contact.type, contact.row, measure, amount)


@inlined
def bin_of(wait: float) -> int:
    """0 for no wait at all; then (k-1, k] seconds; from 120 s on bins 1.5 % wide."""
    if wait <= 0.0:
        return 0
    if wait <= LAST_EXACT:
        return ceil(wait)
    return min(EXACT_BINS + int(log(wait / LAST_EXACT) * PER_BIN), BINS - 1)


@inlined
def count_queue(s: Centre, of: int, change: int) -> None:
    """The integral of the queue's length: who comes is taken off until now, who goes is added up to now."""
    count_type(s, of, s.period, M_QUEUE, -change * (s.now - s.begun))


@inlined
def count_busy(s: Centre, group: int, change: int) -> None:
    desk_at(s, group).busy += change
    count_group(s, group, s.period, G_BUSY, -change * (s.now - s.begun))


@inlined
def count_staffed(s: Centre, group: int, change: int) -> None:
    desk_at(s, group).staffed += change
    count_group(s, group, s.period, G_STAFFED, -change * (s.now - s.begun))


@inlined
def count_answer(s: Centre, slot: int, edge: int) -> None:
    """A contact is answered now by its agent: wait, time target, value."""
    contact = contact_at(s, slot)
    of, row, now_in = contact.type, contact.row, s.row
    kind, skill, agent = type_at(s, of), skill_at(s, edge), agent_at(s, contact.agent)
    wait, group = s.now - contact.queued, skill.group
    if row < s.periods:
        count_taken(s, of, group)
    count_group(s, group, now_in, G_ANSWERED, 1.0)
    agent.answered += 1.0
    in_time = wait <= kind.value_within
    if contact.callback != NO_CALLBACK:
        count_type(s, of, row, M_CB_ANSWERED, 1.0)
        count_group(s, group, now_in, G_CALLBACKS, 1.0)
        agent.callbacks += 1.0
        in_time = s.now <= contact.promised
    else:
        within = one_if(wait <= kind.target)
        count_type(s, of, row, M_ANSWERED, 1.0)
        count_type(s, of, row, M_WAIT, wait)
        count_type(s, of, row, M_ANSWERED_WITHIN, within)
        count_type(s, of, row, M_WAITED, one_if(wait > 0.0))
        if row < s.periods:
            count_wait(s, of, row, 0, bin_of(wait))
        if kind.channel < DEFERRED:
            count_group(s, group, now_in, G_CALLERS, 1.0)
            count_group(s, group, now_in, G_WAIT, wait)
            count_group(s, group, now_in, G_WITHIN, within)
            if s.in_detail:
                agent.callers += 1.0
                agent.waited += wait
                agent.within += within
                if now_in < s.periods:
                    count_group_wait(s, group, bin_of(wait))
    worth = skill.offer_worth  # an offer is made to whoever is answered, in time or not
    if in_time:
        worth += kind.value * skill.value_factor
    if worth != 0.0:
        count_type(s, of, row, M_VALUE, worth)
        count_group(s, group, now_in, G_VALUE, worth)
        agent.value += worth


@inlined
def count_loss(s: Centre, slot: int, why: int) -> None:
    """Somebody left without an answer; ``why`` is a measure of its own, or that of short waits."""
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    wait = s.now - contact.queued
    count_type(s, contact.type, contact.row, M_ABANDONED, 1.0)
    if why != M_SHORT:
        count_type(s, contact.type, contact.row, why, 1.0)
    elif wait < kind.short:
        count_type(s, contact.type, contact.row, M_SHORT, 1.0)
    count_type(s, contact.type, contact.row, M_WAIT_LOST, wait)
    count_type(s, contact.type, contact.row, M_ABANDONED_WITHIN, one_if(wait <= kind.target))
    count_type(s, contact.type, contact.row, M_WAITED, 1.0)
    if contact.row < s.periods:
        count_wait(s, contact.type, contact.row, 1, bin_of(wait))


@jitted
def count_ring(s: Centre, agent: int, seconds: float) -> None:
    group = agent_at(s, agent).group
    count_group(s, group, s.row, G_RING, seconds)
    agent_at(s, agent).ring += seconds


@jitted
def turn_period(s: Centre, period: int) -> None:
    """The clock passes a border: what runs on is closed in the old period and opened in the new one."""
    last, length = int(s.period), s.now - s.begun
    for kind in range(s.kinds):
        count_type(s, kind, last, M_QUEUE, length * arriving_at(s, kind).waiting)
    for group in range(s.group_count):
        count_group(s, group, last, G_STAFFED, length * desk_at(s, group).staffed)
        count_group(s, group, last, G_BUSY, length * desk_at(s, group).busy)
    s.period = period
    s.begun = s.now
    periods = s.periods
    s.row = min(period, periods - 1) if s.counting else periods
    if period == periods:
        close_agents(s)


@jitted
def close_agents(s: Centre) -> None:
    """At the end: what agents have done up to now; later is not counted."""
    now = s.now
    for one in range(s.agent_count):
        agent = agent_at(s, one)
        if agent.at_work:
            agent.staffed += now - agent.staffed_from
        if agent.in_hand > 0:
            agent.busy += now - agent.busy_from


@jitted
def begin_counting(s: Centre) -> None:
    """The warm-up is over: forget what was counted; contacts of before stay uncounted."""
    s.counting = 1
    s.row = min(s.period, s.periods - 1)
    forget_counts(s)
    since = s.now - s.begun
    for kind in range(s.kinds):
        count_type(s, kind, s.period, M_QUEUE, -since * arriving_at(s, kind).waiting)
    for group in range(s.group_count):
        count_group(s, group, s.period, G_STAFFED, -since * desk_at(s, group).staffed)
        count_group(s, group, s.period, G_BUSY, -since * desk_at(s, group).busy)
    for one in range(s.agent_count):
        agent = agent_at(s, one)
        agent.staffed_from = s.now
        agent.busy_from = s.now
        agent.staffed = 0.0
        agent.busy = 0.0
        agent.ring = 0.0
        agent.value = 0.0
        agent.answered = 0.0
        agent.callbacks = 0.0
        agent.callers = 0.0
        agent.waited = 0.0
        agent.within = 0.0
