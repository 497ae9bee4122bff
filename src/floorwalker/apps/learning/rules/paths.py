"""Every way through a flow: which steps can be met, whether more than one way completes it, and how easily.

Ways are followed as states: the line that stands, the steps met and the facts heard that some answer builds on. A
state from which a required step can no longer be met is followed no further: it cannot complete any more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from floorwalker.apps.learning.rules.flow import LOST, Flow, Node, wants

MOST_STATES = 8_000
SAID, UNSAID = "said", "unsaid"


@dataclass(frozen=True)
class State:
    """Where somebody stands, and what of it matters from there."""

    node: str
    met: frozenset[str]
    heard: frozenset[str]


@dataclass(frozen=True)
class Edge:
    """One answer: by its option, or own words with (``said``) or without all key phrases (``unsaid``)."""

    choice: tuple[str, str]  # kind, key
    to: State


@dataclass(frozen=True)
class Ways:
    """The states of a flow and the answers between them; ``good`` are ends that complete it."""

    start: State
    edges: Mapping[State, tuple[Edge, ...]]
    good: frozenset[State]


class TooManyWays(ValueError):
    """More states than can be followed in the time a page has."""


def ways(flow: Flow, *, prune: bool = True) -> Ways:
    """Follow every answer from the start of a flow whose answers all lead somewhere. Raises TooManyWays."""
    nodes = {node.key: node for node in flow.nodes}
    required = frozenset(step.key for step in flow.steps)
    wanted = frozenset(fact for node in flow.nodes for fact in wants(node))
    later = _later_steps(nodes)
    start = State(flow.start, frozenset(), frozenset(nodes[flow.start].states) & wanted)
    edges: dict[State, tuple[Edge, ...]] = {}
    good = set()
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        if state in edges:
            continue
        if len(edges) >= MOST_STATES:
            raise TooManyWays
        node = nodes[state.node]
        if node.outcome:
            edges[state] = ()
            if required and required <= state.met and node.outcome != LOST:
                good.add(state)
            continue
        if prune and not required <= state.met | later[node.key]:
            edges[state] = ()
            continue
        edges[state] = tuple(_edges(nodes, node, state, wanted))
        waiting.extend(edge.to for edge in edges[state])
    return Ways(start, edges, frozenset(good))


def _edges(nodes: Mapping[str, Node], node: Node, state: State, wanted: frozenset[str]) -> list[Edge]:
    def at(to: str, steps: tuple[str, ...] = (), needs: tuple[str, ...] = ()) -> State:
        met = state.met | set(steps) if state.heard >= set(needs) else state.met
        return State(to, met, state.heard | (frozenset(nodes[to].states) & wanted))

    found = [Edge(("option", each.key), at(each.to, each.steps, each.needs)) for each in node.options]
    if own := node.own_words:
        said, unsaid = at(own.to, own.steps, own.needs), at(own.otherwise or own.to)
        found.append(Edge((UNSAID, ""), unsaid))
        if said != unsaid:
            found.append(Edge((SAID, ""), said))
    return found


def leads_to(node: Node) -> list[str]:
    """The lines the answers of a line lead to."""
    found = [each.to for each in node.options]
    if own := node.own_words:
        found += [own.to, *([own.otherwise] if own.otherwise else [])]
    return found


def _later_steps(nodes: Mapping[str, Node]) -> dict[str, frozenset[str]]:
    """For each line the steps some answer from there on could meet."""
    found = {
        key: frozenset(step for each in (*node.options, *filter(None, [node.own_words])) for step in each.steps)
        for key, node in nodes.items()
    }
    changed = True
    while changed:
        changed = False
        for key, node in nodes.items():
            more = found[key].union(*(found[to] for to in leads_to(node) if to in found))
            if more != found[key]:
                found[key], changed = more, True
    return found


def steps_met(found: Ways) -> frozenset[str]:
    """Steps that some way meets; only where the ways were followed to their end (``prune=False``)."""
    return frozenset().union(*(state.met for state in found.edges))


def different_ways(found: Ways) -> int:
    """0, 1 or 2: how many different ways complete a flow, two standing for more.

    Going round in a circle is no other way. The shortest way is found; another exists exactly where, from one of
    its states, the end can be reached by another answer without coming back to a state before it.
    """
    shortest = _shortest(found, found.start, frozenset(), None)
    if shortest is None:
        return 0
    passed: set[State] = set()
    at = found.start
    for edge in shortest:
        if _shortest(found, at, frozenset(passed), edge) is not None:
            return 2
        passed.add(at)
        at = edge.to
    return 1


def _shortest(found: Ways, start: State, without: frozenset[State], not_by: Edge | None) -> list[Edge] | None:
    if start in found.good:
        return [] if not_by is None else None
    came: dict[State, tuple[State, Edge] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        for edge in found.edges[state]:
            if edge.to in came or edge.to in without or (state == start and edge == not_by):
                continue
            came[edge.to] = (state, edge)
            if edge.to in found.good:
                return _back(came, edge.to)
            waiting.append(edge.to)
    return None


def _back(came: Mapping[State, tuple[State, Edge] | None], at: State) -> list[Edge]:
    path = []
    while (step := came[at]) is not None:
        at, edge = step
        path.append(edge)
    return path[::-1]


def share_by_chance(found: Ways) -> float:
    """How often answers given at random complete a flow: each answer of a line as likely as the others.

    Who answers at random says no key phrase. Exact up to 1e-9: in a circle the chance of going round once more
    vanishes.
    """
    order = list(found.edges)[::-1]  # the last found first: most of what they lead to is known by then
    chance = {state: float(state in found.good) for state in order}
    for _ in range(1000):
        moved = 0.0
        for state in order:
            taken = [edge.to for edge in found.edges[state] if edge.choice[0] != SAID]
            if taken:
                now = sum(chance[to] for to in taken) / len(taken)
                moved, chance[state] = max(moved, abs(now - chance[state])), now
        if moved < 1e-9:
            break
    return chance[found.start]
