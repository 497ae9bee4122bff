"""What happens at moments known beforehand: periods turn, agents come and go, types open and close."""

from __future__ import annotations

from typing import Any

from floorwalker.science.simulation.kernel.counting import begin_counting, turn_period
from floorwalker.science.simulation.kernel.crew import comes, fewer, goes, more, still_to_hand_back, wanted
from floorwalker.science.simulation.kernel.in_queue import leave_queue
from floorwalker.science.simulation.kernel.jit import jitted
from floorwalker.science.simulation.kernel.layout import (
    BACK,
    BORDER,
    CLOSES,
    COMES,
    DEFERRED,
    GOES,
    KNOWN,
    NOTHING,
    OPENS,
    STAFF,
    WARM,
    Centre,
)
from floorwalker.science.simulation.kernel.matching import find_agent
from floorwalker.science.simulation.kernel.memory import agent_at, arriving_at, entry_at, queue_at, type_at
from floorwalker.science.simulation.kernel.waiting import cut_off


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
