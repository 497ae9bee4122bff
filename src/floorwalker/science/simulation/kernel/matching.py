"""How contacts find agents: which group takes a contact, which contact an agent takes."""

from __future__ import annotations

from floorwalker.science.simulation.kernel.jit import inlined, jitted
from floorwalker.science.simulation.kernel.layout import (
    AGAINST_TARGET,
    BY_PRIORITY,
    CHAT,
    CHOICE,
    DEFERRED,
    FEWEST_SKILLS,
    FIRST_COME,
    LONGEST_WAIT,
    OUTBOUND,
    PRIORITY,
    PROPORTIONAL,
    RANDOM,
    Centre,
)
from floorwalker.science.simulation.kernel.luck import place_of, uniform
from floorwalker.science.simulation.kernel.memory import (
    agent_at,
    arriving_at,
    contact_at,
    desk_at,
    group_at,
    list_at,
    queue_at,
    skill_at,
    taker_at,
    type_at,
)

LEAST_TARGET = 1e-9  # seconds: a target of none makes every wait infinitely late, not undefined


@inlined
def free_list(s: Centre, group: int, channel: int) -> int:
    """The list of the group's agents who may take one more, those with the least in hand first; -1: nobody."""
    if desk_at(s, group).places == 0:
        return -1
    first = int(group_at(s, group).first_list)
    if list_at(s, first).length > 0:
        return first
    if channel == CHAT:
        for level in range(1, group_at(s, group).chats):
            if list_at(s, first + level).length > 0:
                return first + level
    return -1


@inlined
def open_list(s: Centre, edge: int, channel: int, waited_since: float) -> int:
    """The list this skill would take a contact from now, after overflow and reservation; -1: none."""
    skill = skill_at(s, edge)
    which = free_list(s, skill.group, channel)
    if which < 0:
        return -1
    if skill.keep_idle > 0 and list_at(s, group_at(s, skill.group).first_list).length <= skill.keep_idle:
        return -1
    if skill.after > 0.0 and waited_since + skill.after > s.now:
        return -1
    return which


@inlined
def workable(s: Centre, of: int) -> bool:
    """Work nobody waits for is taken only while its type is open."""
    return bool(type_at(s, of).channel < DEFERRED or arriving_at(s, of).open != 0)


@inlined
def find_agent(s: Centre, slot: int) -> int:
    """The skill by which the contact is taken now, or -1. The agent is the head of :func:`open_list`."""
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    if not workable(s, contact.type):
        return -1
    policy = s.agent_choice
    if policy >= RANDOM:
        return by_lot(s, slot, policy == PROPORTIONAL)
    best, best_rank, best_since = -1, 0, 0.0
    for place in range(kind.first_taker, kind.first_taker + kind.takers):
        edge = int(taker_at(s, place))
        which = open_list(s, edge, kind.channel, contact.queued)
        if which < 0:
            continue
        group = skill_at(s, edge).group
        rank = which - group_at(s, group).first_list  # what they have in hand
        if policy == FEWEST_SKILLS:
            rank += group_at(s, group).skills << 20
        elif policy == BY_PRIORITY:
            rank += skill_at(s, edge).priority << 20
        since = agent_at(s, list_at(s, which).head).since
        if best < 0 or rank < best_rank or (rank == best_rank and since < best_since):
            best, best_rank, best_since = edge, rank, since
    return best


@jitted
def by_lot(s: Centre, slot: int, weighed: bool) -> int:
    """A group drawn among those that may, each alike or by its agents free for the contact."""
    contact = contact_at(s, slot)
    kind = type_at(s, contact.type)
    total = 0.0
    for round_ in range(2):
        lot = 0.0
        if round_ == 1:
            lot = total * uniform(contact.luck, place_of(CHOICE, contact.hops + contact.attempts + contact.tries))
        for place in range(kind.first_taker, kind.first_taker + kind.takers):
            edge = int(taker_at(s, place))
            if open_list(s, edge, kind.channel, contact.queued) < 0:
                continue
            weight = float(free_agents(s, edge, kind.channel)) if weighed else 1.0
            if round_ == 0:
                total += weight
            else:
                lot -= weight
                if lot < 0.0:
                    return edge
        if total == 0.0:
            return -1
    return -1


@inlined
def free_agents(s: Centre, edge: int, channel: int) -> int:
    group = skill_at(s, edge).group
    return int(desk_at(s, group).places if channel == CHAT else list_at(s, group_at(s, group).first_list).length)


@inlined
def pick_contact(s: Centre, agent: int) -> int:
    """The skill by which a free agent takes somebody who waits, or -1; who it is stands in ``s.picked``.

    The agent is in no list now.
    """
    one = agent_at(s, agent)
    if s.waiting == 0:
        return -1
    group, policy = group_at(s, one.group), s.queue_choice
    best, best_rank, best_score = -1, 0, 0.0
    kinds = s.kinds
    for edge in range(group.first_skill, group.first_skill + group.skills):
        of = skill_at(s, edge).type
        if arriving_at(s, of).waiting == 0 or not may_take(s, agent, edge):
            continue
        for queue in (of, of + kinds):
            head = next_of(s, edge, queue)
            if head < 0:
                continue
            rank = rank_of(s, edge, queue >= kinds)
            score = score_of(s, head, policy)
            if best < 0 or rank < best_rank or (rank == best_rank and score < best_score):
                best, best_rank, best_score = edge, rank, score
                s.picked = head
    return best


@inlined
def next_of(s: Centre, edge: int, queue: int) -> int:
    """Who of a queue this skill would take now, or -1: its head, where all came in the order they wait in."""
    head = int(queue_at(s, queue).head)
    if head >= 0 and type_at(s, skill_at(s, edge).type).shuffled:
        return next_of_shuffled(s, edge, head)
    if head >= 0 and contact_at(s, head).queued + skill_at(s, edge).after > s.now:
        return -1
    return head


@jitted
def next_of_shuffled(s: Centre, edge: int, head: int) -> int:
    """The same where some kept their place: the first who may be taken, or of these who waits longest here."""
    by_arrival = s.queue_choice == FIRST_COME or s.queue_choice == PRIORITY
    best, slot = -1, head
    while slot >= 0:
        queued = contact_at(s, slot).queued
        if queued + skill_at(s, edge).after <= s.now and (best < 0 or queued < contact_at(s, best).queued):
            best = slot
            if by_arrival:
                return best
        slot = int(contact_at(s, slot).next)
    return best


@inlined
def may_take(s: Centre, agent: int, edge: int) -> bool:
    """Whether a free agent may take a contact by this skill now: channel, hours, reservation."""
    skill, one = skill_at(s, edge), agent_at(s, agent)
    if not workable(s, skill.type) or (one.in_hand > 0 and type_at(s, skill.type).channel != CHAT):
        return False
    if skill.keep_idle > 0:
        idle = list_at(s, group_at(s, skill.group).first_list).length + (one.in_hand == 0)
        return bool(idle > skill.keep_idle)
    return True


@inlined
def rank_of(s: Centre, edge: int, callback: bool) -> int:
    """Lower first. The centre's own calls come after all who wait; priorities count where the policy says so."""
    skill = skill_at(s, edge)
    kind = type_at(s, skill.type)
    rank = 0
    if s.queue_choice == PRIORITY:
        rank = int(skill.priority) + (kind.priority_change if callback else 0)
    if kind.channel == OUTBOUND:
        rank += 1 << 40
    return rank


@inlined
def score_of(s: Centre, head: int, policy: int) -> float:
    """Lower first: among equals in rank."""
    contact = contact_at(s, head)
    if policy in (FIRST_COME, PRIORITY):
        return float(contact.came)
    if policy == LONGEST_WAIT:
        return float(contact.queued)
    kind, wait = type_at(s, contact.type), s.now - contact.queued
    if policy == AGAINST_TARGET:
        return float(-wait / max(kind.target, LEAST_TARGET))
    return float(-(kind.base_score + kind.score_rate * wait))
