"""Whether a model can come to rest, said before it runs: work nobody gives up, against the agents who may do it.

Where callers give up, every queue comes to rest by itself. Where nobody does, each set of types needs more agent
time in the groups that take them than it brings work (Hall's condition); a linear programme looks at all sets.
"""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.science.simulation.behaviour import AtClose
from floorwalker.science.simulation.contact_type import Channel, ContactType
from floorwalker.science.simulation.model import Model
from floorwalker.science.simulation.steady_state import WAITED_FOR
from floorwalker.science.simulation.workload import (
    HOUR,
    contacts_with_transfers,
    seconds_of_work,
    staffed_seconds,
)

TOLERANCE = 1e-6  # contacts left over, as a share of all: below it is rounding


@dataclass(frozen=True)
class Overload:
    """Types that bring more work than the groups that take them can ever do.

    ``work_seconds``: the least agent time these types need; ``staffed_seconds``: what ``groups`` have in the whole
    run; ``unserved``: contacts left over at the end even with every agent busy all the time.
    """

    types: tuple[str, ...]
    groups: tuple[str, ...]
    work_seconds: float
    staffed_seconds: float
    unserved: float
    run_seconds: float

    @property
    def agents_needed(self) -> float:
        """Agents busy all the time on average."""
        return self.work_seconds / self.run_seconds

    @property
    def agents_present(self) -> float:
        """Agents present on average."""
        return self.staffed_seconds / self.run_seconds

    def __str__(self) -> str:
        types, groups = ", ".join(self.types), ", ".join(self.groups)
        if not self.groups:
            return f"{types}: no agent takes these {self.unserved:,.0f} contacts, and nobody of them gives up"
        return (
            f"{types}: {self.work_seconds / HOUR:,.1f} hours of work keep {self.agents_needed:,.1f} agents busy, "
            f"but {groups} have {self.agents_present:,.1f} on average. Nobody gives up, so at least "
            f"{self.unserved:,.0f} contacts are left over and waits grow with the length of the run"
        )


def overloads(model: Model) -> tuple[Overload, ...]:
    """Sets of types that can never be done with the agents there are; empty where the model can come to rest.

    A bound: it takes every agent as busy from the first second to the last and callers with patience as gone.
    Who passes may still have long queues in a busy hour.
    """
    contacts = contacts_with_transfers(model)
    waiting = [kind for kind in model.types if contacts[kind.name] > 0 and _waits_for_ever(model, kind)]
    taken = {
        kind.name: {
            group.name: seconds_of_work(model, kind, group, skill)
            for group in model.groups
            for skill in group.skills
            if skill.type == kind.name and staffed_seconds(model, group) > 0
        }
        for kind in waiting
    }
    found = [
        Overload((name,), (), 0.0, 0.0, contacts[name], sum(model.periods.lengths_seconds))
        for name, groups in taken.items()
        if not groups
    ]
    served = {name: groups for name, groups in taken.items() if groups}
    return (*found, *_beyond_capacity(model, contacts, served))


def never_lost(model: Model) -> tuple[str, ...]:
    """Calls and chats of which none is lost whatever the staff: nobody gives up, is turned away or cut off."""
    return tuple(
        kind.name
        for kind in model.types
        if kind.channel in WAITED_FOR and kind.callback is None and _waits_for_ever(model, kind)
    )


def _waits_for_ever(model: Model, kind: ContactType) -> bool:
    """Whether nothing takes a contact of this type out of its queue but an agent."""
    return (
        kind.patience.kind == "infinite"
        and kind.channel is not Channel.OUTBOUND
        and kind.balking == 0
        and kind.capacity is None
        and model.routing.lines is None
        and kind.message is None
        and (kind.hours is None or kind.hours.at_close is AtClose.SERVE)
    )


def _beyond_capacity(
    model: Model, contacts: dict[str, float], taken: dict[str, dict[str, float]]
) -> tuple[Overload, ...]:
    """The set of types whose queue grows whatever the routing, by the prices of the best allotment."""
    pairs = [(name, group, work) for name, groups in taken.items() for group, work in groups.items() if work > 0]
    if not pairs:
        return ()
    import numpy as np
    from scipy.optimize import linprog

    types = list(dict.fromkeys(name for name, _, _ in pairs))
    groups = list(dict.fromkeys(group for _, group, _ in pairs))
    staffed = {name: staffed_seconds(model, model.group(name)) for name in groups}
    limits = np.zeros((len(types) + len(groups), len(pairs)))
    for place, (name, group, work) in enumerate(pairs):
        limits[types.index(name), place] = 1.0
        limits[len(types) + groups.index(group), place] = work
    bounds = np.array([*(contacts[name] for name in types), *(staffed[name] for name in groups)])
    best = linprog(-np.ones(len(pairs)), A_ub=limits, b_ub=bounds, method="highs")
    left = sum(contacts[name] for name in types) - float(np.asarray(best.x).sum())
    if left <= TOLERANCE * max(1.0, sum(contacts.values())):
        return ()
    price = -best.ineqlin.marginals  # what one contact, or one agent-second, more would let be served
    short = tuple(name for name, worth in zip(types, price, strict=False) if worth < 1 - 1e-9)
    full = tuple(name for name, worth in zip(groups, price[len(types) :], strict=True) if worth > 1e-12)
    work = sum(contacts[name] * min(taken[name].values()) for name in short)
    run = sum(model.periods.lengths_seconds)
    return (Overload(short, full, work, sum(staffed[name] for name in full), left, run),)
