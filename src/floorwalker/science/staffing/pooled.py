"""Agents by group from formulas alone: the flow of work split among groups, with one queue's safety on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, exp, inf

import numpy as np

from floorwalker.science.queueing import Definition, Goals, ServiceTarget, smallest_staff
from floorwalker.science.simulation import (
    WAITED_FOR,
    AgentGroup,
    ContactType,
    Model,
    contacts_expected,
    contacts_with_transfers,
    seconds_of_work,
)


@dataclass(frozen=True)
class Work:
    """What one steady period asks for: contacts a second of each type, those handed on included."""

    model: Model
    rates: dict[str, float]

    @classmethod
    def of(cls, model: Model) -> Work:
        """The work of a model of one period."""
        seconds = sum(model.periods.lengths_seconds)
        return cls(model, {name: count / seconds for name, count in contacts_with_transfers(model).items()})

    @property
    def aimed(self) -> tuple[ContactType, ...]:
        """The types with a target to meet: somebody waits for them, and some come."""
        return tuple(kind for kind in self.model.types if kind.channel in WAITED_FOR and self.rates[kind.name] > 0)

    def seconds(self, kind: ContactType, group: AgentGroup) -> float:
        """Agent-seconds one contact of a type takes in a group (inf: the group does not take it)."""
        taking = (skill for skill in group.skills if skill.type == kind.name)
        return next((seconds_of_work(self.model, kind, group, skill) for skill in taking), inf)


def pooled_staff(
    work: Work, costs: Mapping[str, float], most: Mapping[str, int], *, favoured: float = 0.0
) -> dict[str, int]:
    """Fewest agents by the cheapest split of the work, as if all of them sat in one room with every skill.

    The safety above the bare work is that of one pooled queue, shared out by work. It is where a search starts,
    and what is wrong for a rare language, a small group that overflows or a slow generalist. ``favoured``: up to
    so large a share the split takes groups of many skills to be cheaper than they are.
    """
    kinds = [kind for kind in work.model.types if work.rates[kind.name] > 0]
    load = {kind.name: work.rates[kind.name] * _fastest(work, kind) for kind in kinds}
    total = sum(load.values())
    if not total:
        return dict.fromkeys(work.model.group_names, 0)
    aimed = work.aimed
    rate = sum(work.rates[kind.name] for kind in aimed)
    safety = 1.0
    if rate:
        pooled = sum(load[kind.name] for kind in aimed)
        target = max((kind.target for kind in aimed), key=lambda each: (each.share, -each.seconds))
        patient = sum(work.rates[kind.name] * min(kind.patience.mean_seconds, 1e9) for kind in aimed) / rate
        goals = Goals(ServiceTarget(target.share, target.seconds, target.definition))
        patience = None if patient > 1e6 else patient
        safety = smallest_staff(rate * 3600, 3600.0, pooled / rate, goals, patience) / pooled
    needed = {kind.name: work.rates[kind.name] * (safety if kind in aimed else 1.0) for kind in kinds}
    price = {
        group.name: costs[group.name] * (1 - favoured * (1 - 1 / max(1, len(group.skills))))
        for group in work.model.groups
    }
    found = _cheapest(work, needed, price, most)
    if found is None:  # the limits are too tight for the formula: as far as they go
        found = _cheapest(work, needed, price, {})
    assert found is not None, "without limits the work always finds agents"
    return {
        name: int(min(most.get(name, 10**9), ceil(value - 1e-9)))
        for name, value in zip(work.model.group_names, found, strict=True)
    }


def least_cost(work: Work, costs: Mapping[str, float], tolerance: float) -> float:
    """No staff that meets the targets costs less: the bare work of those who must be answered, at its cheapest.

    At most the share of impatient contacts may give up in time without counting; the others are to be answered
    up to the target's share.
    """
    needed = {}
    first, seconds = contacts_expected(work.model), sum(work.model.periods.lengths_seconds)
    for kind in work.aimed:
        share = max(0.0, kind.target.share - tolerance)
        early = _gone_within(kind, kind.target.seconds)
        if kind.target.definition is Definition.ALL_OFFERED:
            answered = share
        elif kind.target.definition is Definition.LATE_ABANDONS:
            answered = share * (1 - early)
        elif kind.target.definition is Definition.QUICK_ABANDONS_MET:
            answered = max(0.0, share - early)
        else:  # of those answered: nothing says how many that must be
            answered = 0.0
        if kind.message is None and kind.callback is None:
            needed[kind.name] = answered * first[kind.name] / seconds
    found = _cheapest(work, needed, costs, {}, fastest=True)
    return (
        0.0
        if found is None
        else sum(costs[name] * value for name, value in zip(work.model.group_names, found, strict=True))
    )


def _cheapest(
    work: Work,
    needed: Mapping[str, float],
    costs: Mapping[str, float],
    most: Mapping[str, int],
    *,
    fastest: bool = False,
) -> list[float] | None:
    """Agents by group (fractions) that carry ``needed`` contacts a second of each type, at the least cost."""
    from scipy.optimize import linprog

    groups = work.model.groups
    kinds = [kind for kind in work.model.types if needed.get(kind.name, 0.0) > 0]
    pairs = [
        (i, g, work.seconds(kind, group))
        for i, kind in enumerate(kinds)
        for g, group in enumerate(groups)
        if work.seconds(kind, group) < inf
    ]
    columns = len(groups) + len(pairs)
    # Of equals the group with fewer skills is taken first, so that generalists are left for what needs them.
    even = 0.0 if fastest else 1e-6
    price = np.zeros(columns)
    price[: len(groups)] = [costs[group.name] + even * len(group.skills) for group in groups]
    holds = np.zeros((len(groups), columns))
    carries = np.zeros((len(kinds), columns))
    for n, (i, g, seconds) in enumerate(pairs):
        holds[g, len(groups) + n] = seconds
        carries[i, len(groups) + n] = -1.0
    for g in range(len(groups)):
        holds[g, g] = -1.0
    limits = [(0.0, float(most[group.name]) if group.name in most else None) for group in groups]
    found = linprog(
        price,
        A_ub=np.vstack([holds, carries]),
        b_ub=np.concatenate([np.zeros(len(groups)), [-needed[kind.name] for kind in kinds]]),
        bounds=limits + [(0.0, None)] * len(pairs),
    )
    return None if found.x is None else [float(value) for value in found.x[: len(groups)]]


def _fastest(work: Work, kind: ContactType) -> float:
    """Agent-seconds of a contact in the group that is quickest at it; its own where nobody takes it."""
    found = min(work.seconds(kind, group) for group in work.model.groups)
    return found if found < inf else kind.handling.mean_seconds + kind.after_contact.mean_seconds


def _gone_within(kind: ContactType, seconds: float) -> float:
    """At most this share of a type can give up within ``seconds``: whose patience is that short, or who balks."""
    patience = kind.patience
    if patience.kind == "infinite":
        short = 0.0
    elif patience.kind == "exponential":
        short = 1 - exp(-seconds / patience.mean_seconds)
    elif patience.kind == "deterministic":
        short = float(patience.seconds <= seconds)
    elif patience.kind == "empirical":
        short = sum(value <= seconds for value in patience.seconds) / len(patience.seconds)
    else:
        short = 1.0  # no more is claimed than is certain
    return short + (1 - short) * kind.balking
