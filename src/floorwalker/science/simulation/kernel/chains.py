"""Linked lists inside the records: free slots, those who wait, agents with a free place, contacts in one hand."""

from __future__ import annotations

from floorwalker.science.simulation.kernel.jit import inlined
from floorwalker.science.simulation.kernel.layout import AT_HEAD, FREE, NO_CALLBACK, Centre
from floorwalker.science.simulation.kernel.memory import (
    agent_at,
    arriving_at,
    contact_at,
    desk_at,
    group_at,
    list_at,
    queue_at,
)


@inlined
def new_contact(s: Centre) -> int:
    """A free slot; the loop has made sure that there is one."""
    slot = int(s.free)
    s.free = contact_at(s, slot).next
    s.in_use += 1
    return slot


@inlined
def forget(s: Centre, slot: int) -> None:
    contact = contact_at(s, slot)
    contact.state = FREE
    contact.next = s.free
    s.free = slot
    s.in_use -= 1


@inlined
def queue_of(s: Centre, slot: int) -> int:
    """Each type has two queues: of those on the line, and of those to be called back."""
    contact = contact_at(s, slot)
    return int(contact.type) + (s.kinds if contact.callback != NO_CALLBACK else 0)


@inlined
def join(s: Centre, slot: int, at_head: int) -> None:
    """Into its queue, by when it came: nearly always at the end."""
    contact, queue = contact_at(s, slot), queue_at(s, queue_of(s, slot))
    before = int(queue.tail)
    while before >= 0 and (at_head == AT_HEAD or contact_at(s, before).came > contact.came):
        before = int(contact_at(s, before).prev)
    after = int(queue.head) if before < 0 else int(contact_at(s, before).next)
    contact.prev = before
    contact.next = after
    if before < 0:
        queue.head = slot
    else:
        contact_at(s, before).next = slot
    if after < 0:
        queue.tail = slot
    else:
        contact_at(s, after).prev = slot
    queue.length += 1
    s.waiting += 1
    arriving_at(s, contact.type).waiting += 1


@inlined
def quit_queue(s: Centre, slot: int) -> None:
    contact, queue = contact_at(s, slot), queue_at(s, queue_of(s, slot))
    if contact.prev < 0:
        queue.head = contact.next
    else:
        contact_at(s, contact.prev).next = contact.next
    if contact.next < 0:
        queue.tail = contact.prev
    else:
        contact_at(s, contact.next).prev = contact.prev
    queue.length -= 1
    s.waiting -= 1
    arriving_at(s, contact.type).waiting -= 1


@inlined
def offer_hands(s: Centre, agent: int) -> None:
    """The agent has a free place: at the end of the list of those with as much in hand."""
    which = int(group_at(s, agent_at(s, agent).group).first_list + agent_at(s, agent).in_hand)
    one, chain = agent_at(s, agent), list_at(s, which)
    one.list = which
    one.prev = chain.tail
    one.next = -1
    if chain.tail < 0:
        chain.head = agent
    else:
        agent_at(s, chain.tail).next = agent
    chain.tail = agent
    chain.length += 1
    desk_at(s, one.group).places += 1


@inlined
def take_hands(s: Centre, agent: int) -> None:
    """The agent is in no list any more."""
    one = agent_at(s, agent)
    if one.list < 0:
        return
    chain = list_at(s, one.list)
    if one.prev < 0:
        chain.head = one.next
    else:
        agent_at(s, one.prev).next = one.next
    if one.next < 0:
        chain.tail = one.prev
    else:
        agent_at(s, one.next).prev = one.prev
    chain.length -= 1
    one.list = -1
    desk_at(s, one.group).places -= 1


@inlined
def hold(s: Centre, slot: int, agent: int) -> None:
    """One more contact in the agent's hand."""
    contact, one = contact_at(s, slot), agent_at(s, agent)
    contact.agent = agent
    contact.mate_prev = -1
    contact.mate_next = one.first
    if one.first >= 0:
        contact_at(s, one.first).mate_prev = slot
    one.first = slot
    one.in_hand += 1


@inlined
def let_go(s: Centre, slot: int) -> None:
    contact = contact_at(s, slot)
    one = agent_at(s, contact.agent)
    if contact.mate_prev < 0:
        one.first = contact.mate_next
    else:
        contact_at(s, contact.mate_prev).mate_next = contact.mate_next
    if contact.mate_next >= 0:
        contact_at(s, contact.mate_next).mate_prev = contact.mate_prev
    one.in_hand -= 1
