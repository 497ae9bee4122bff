"""Agents who come, go and become free."""

from __future__ import annotations

from floorwalker.science.simulation.kernel.chains import take_hands
from floorwalker.science.simulation.kernel.counting import add, count_staffed
from floorwalker.science.simulation.kernel.handling import interrupt, release
from floorwalker.science.simulation.kernel.heap import unschedule
from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import HANDLING, ONE_LESS, ONE_MORE, Centre
from floorwalker.science.simulation.kernel.measured import M_HANDED_BACK
from floorwalker.science.simulation.kernel.memory import agent_at, contact_at, desk_at, group_at, list_at


@inlined
def available(s: Centre, agent: int) -> bool:
    """At work and with a place for one more."""
    one = agent_at(s, agent)
    return bool(one.at_work and not one.leaving and not one.whole and one.in_hand < group_at(s, one.group).chats)


@inlined
def stays(s: Centre, agent: int) -> bool:
    """Freed of a contact: True when the agent goes on, False when the agent's time is over."""
    one = agent_at(s, agent)
    if one.leaving == 0 and desk_at(s, one.group).surplus == 0:
        return True
    return still_here(s, agent)


@jitted
def still_here(s: Centre, agent: int) -> bool:
    one = agent_at(s, agent)
    desk = desk_at(s, one.group)
    if one.in_hand > 0:
        return not one.leaving
    if not one.leaving:
        if desk.surplus == 0:
            return True
        desk.surplus -= 1
    go_off(s, agent)
    return False


@jitted
def go_off(s: Centre, agent: int) -> None:
    """Nothing in hand: away."""
    take_hands(s, agent)
    one = agent_at(s, agent)
    one.at_work = 0
    one.leaving = 0
    count_staffed(s, one.group, ONE_LESS)
    if s.period < s.periods:
        one.staffed += s.now - one.staffed_from
    if not group_at(s, one.group).named:
        one.next = desk_at(s, one.group).off
        desk_at(s, one.group).off = agent


@jitted
def come_on(s: Centre, agent: int) -> None:
    """At work from now on; the loop lets the agent look for work."""
    one = agent_at(s, agent)
    one.at_work = 1
    one.leaving = 0
    one.since = s.now
    one.staffed_from = s.now
    count_staffed(s, one.group, ONE_MORE)


@jitted
def comes(s: Centre, agent: int) -> int:
    """A named agent's time begins; one who is still finishing just stays. The agent, if now free for work."""
    if agent_at(s, agent).at_work:
        agent_at(s, agent).leaving = 0
        return agent if available(s, agent) else -1
    come_on(s, agent)
    return agent


@jitted
def goes(s: Centre, agent: int) -> int:
    """A named agent's time is over: at once when idle, else after, or handing back, what is in hand.

    Gives a contact handed back, or -1; the loop comes again until nothing is left to hand back.
    """
    one = agent_at(s, agent)
    one.leaving = 1
    take_hands(s, agent)
    if one.in_hand == 0:
        go_off(s, agent)
        return -1
    return hand_back(s, agent) if group_at(s, one.group).hands_back else -1


@jitted
def hand_back(s: Centre, agent: int) -> int:
    """Take one contact in handling out of the agent's hand; after-contact work is finished."""
    slot = agent_at(s, agent).first
    while slot >= 0 and contact_at(s, slot).state != HANDLING:
        slot = contact_at(s, slot).mate_next
    if slot < 0:
        return -1
    unschedule(s, slot)
    interrupt(s, slot)
    contact_at(s, slot).queued = s.now
    add(s, slot, M_HANDED_BACK, 1.0)
    release(s, slot)
    still_here(s, agent)
    return int(slot)


@jitted
def fewer(s: Centre, group: int) -> int:
    """One agent of a counted group is too many: the one idle longest goes, else the next to be free.

    Gives a contact handed back, or -1.
    """
    own, desk = group_at(s, group), desk_at(s, group)
    head = int(list_at(s, own.first_list).head)
    if head >= 0:
        go_off(s, head)
        return -1
    if own.chats == 1 and not own.hands_back:
        desk.surplus += 1
        return -1
    agent = least_in_hand(s, group)
    take_hands(s, agent)
    agent_at(s, agent).leaving = 1
    return hand_back(s, agent) if own.hands_back else -1


@jitted
def still_to_hand_back(s: Centre, group: int) -> int:
    """A contact in the hand of one who goes and hands back what is in hand, or -1."""
    own = group_at(s, group)
    if own.hands_back and own.chats > 1:
        for agent in range(own.first_agent, own.first_agent + own.agents):
            if agent_at(s, agent).leaving and agent_at(s, agent).at_work:
                slot = hand_back(s, agent)
                if slot >= 0:
                    return slot
    return -1


@jitted
def least_in_hand(s: Centre, group: int) -> int:
    """Who of a group will be free soonest, as far as the number in hand tells."""
    own, best = group_at(s, group), -1
    for agent in range(own.first_agent, own.first_agent + own.agents):
        one = agent_at(s, agent)
        if one.at_work and not one.leaving and (best < 0 or one.in_hand < agent_at(s, best).in_hand):
            best = agent
    return best


@jitted
def more(s: Centre, group: int) -> int:
    """One agent more in a counted group: one about to go stays, or one comes. The agent, if now free for work."""
    own, desk = group_at(s, group), desk_at(s, group)
    if desk.surplus > 0:
        desk.surplus -= 1
        return -1
    if own.chats > 1 or own.hands_back:
        for agent in range(own.first_agent, own.first_agent + own.agents):
            if agent_at(s, agent).leaving:
                agent_at(s, agent).leaving = 0
                return agent if available(s, agent) else -1
    agent = int(desk.off)
    desk.off = agent_at(s, agent).next
    come_on(s, agent)
    return agent


@jitted
def wanted(s: Centre, group: int) -> int:
    """Agents of a counted group who will stay."""
    own, desk = group_at(s, group), desk_at(s, group)
    staying = desk.staffed - desk.surplus
    if own.chats > 1 or own.hands_back:
        for agent in range(own.first_agent, own.first_agent + own.agents):
            staying -= agent_at(s, agent).leaving
    return int(staying)
