"""Where clients who share agents expect different things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

LEVERS = (
    "overtime",
    "extra_shifts",
    "cross_skill",
    "overflow_site",
    "callback_offer",
    "queue_message",
    "shorter_wrap_up",
    "move_off_phone",
    "priority_change",
)


@dataclass(frozen=True)
class Agreed:
    """What matters of an expectation when agents are shared."""

    client_id: int
    service_share: float
    service_seconds: int
    abandon_ceiling: float | None
    callback_allowed: bool
    levers: frozenset[str]


@dataclass(frozen=True)
class Shared:
    """Agents of one skill at one site answer for several clients."""

    site_id: int
    skill_id: int
    client_ids: frozenset[int]


@dataclass(frozen=True)
class Conflict:
    """Two clients on the same agents, and what they agreed differently: kinds and the values of each."""

    site_id: int
    skill_id: int
    first: int
    second: int
    kinds: tuple[tuple[str, object, object], ...]


def shared_agents(queues: Sequence[tuple[int, int, int | None]]) -> list[Shared]:
    """Groups of agents that several clients share, from queues as (client, site, skill); no skill is any agent."""
    groups: dict[tuple[int, int], set[int]] = {}
    for client, site, skill in queues:
        groups.setdefault((site, skill or 0), set()).add(client)
    for (site, skill), clients in list(groups.items()):
        if skill and (site, 0) in groups:  # a queue without a skill takes from every group of its site
            clients |= groups[site, 0]
    return [Shared(site, skill, frozenset(c)) for (site, skill), c in sorted(groups.items()) if len(c) > 1]


def conflicts(shared: Sequence[Shared], agreed: Mapping[int, Agreed]) -> list[Conflict]:
    """Pairs of clients on the same agents whose expectations differ, in order."""
    found = []
    for group in shared:
        for first, second in combinations(sorted(group.client_ids & set(agreed)), 2):
            kinds = tuple(_differences(agreed[first], agreed[second]))
            if kinds:
                found.append(Conflict(group.site_id, group.skill_id, first, second, kinds))
    return found


def _differences(one: Agreed, other: Agreed) -> list[tuple[str, object, object]]:
    kinds: list[tuple[str, object, object]] = []
    targets = (one.service_share, one.service_seconds), (other.service_share, other.service_seconds)
    if targets[0] != targets[1]:
        kinds.append(("service", *targets))
    if one.abandon_ceiling != other.abandon_ceiling:
        kinds.append(("abandon", one.abandon_ceiling, other.abandon_ceiling))
    if one.callback_allowed != other.callback_allowed:
        kinds.append(("callback", one.callback_allowed, other.callback_allowed))
    if one.levers != other.levers:
        kinds.append(
            ("levers", tuple(sorted(one.levers - other.levers)), tuple(sorted(other.levers - one.levers)))
        )
    return kinds
