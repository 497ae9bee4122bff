"""What keeps a flow from being played: each flaw with its place, in the order of the flow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from floorwalker.apps.learning.rules.flow import OUTCOMES, Flow, Node
from floorwalker.apps.learning.rules.paths import (
    TooManyWays,
    Ways,
    different_ways,
    leads_to,
    share_by_chance,
    steps_met,
    ways,
)

EASIEST = 1 / 3  # completed by answers at random more often than this, a scenario teaches nothing
MOST_NODES, MOST_OPTIONS, MOST_STEPS, MOST_FACTS = 80, 6, 20, 20
OWN = "own"  # the place of own words among the answers of a line


@dataclass(frozen=True)
class Flaw:
    """What is wrong, at which line, answer or step (empty: the whole). ``code`` is worded by the pages."""

    code: str
    node: str = ""
    option: str = ""
    what: str = ""  # a step, a fact, or a number


def flaws(flow: Flow) -> list[Flaw]:
    """All that keeps a flow from being put in force; ways are followed once every answer leads somewhere."""
    found = _in_place(flow)
    if any(each.code in BROKEN for each in found):
        return found
    reached = _reached(flow, flow.start)
    found += [Flaw("unreachable", node.key) for node in flow.nodes if node.key not in reached]
    found += [
        Flaw("no_way_out", node.key)
        for node in flow.nodes
        if node.key in reached and not any(not leads_to(flow_node) for flow_node in _lines(flow, node.key))
    ]
    return found if not flow.steps else [*found, *_of_ways(flow)]


# With one of these the ways of a flow cannot be followed.
BROKEN = frozenset({"no_start", "to_nowhere", "key_twice", "unknown_step", "unknown_fact", "too_long"})


def _in_place(flow: Flow) -> list[Flaw]:
    """What can be told without following any way."""
    return [*_of_the_whole(flow), *(flaw for node in flow.nodes for flaw in _of_line(flow, node))]


def _of_the_whole(flow: Flow) -> Iterator[Flaw]:
    if flow.node(flow.start) is None:
        yield Flaw("no_start")
    if not flow.steps:
        yield Flaw("no_steps")
    if len(flow.nodes) > MOST_NODES or len(flow.steps) > MOST_STEPS or len(flow.facts) > MOST_FACTS:
        yield Flaw("too_long")
    for things in (flow.nodes, flow.steps, flow.facts):
        for key, times in Counter(each.key for each in things).items():
            if times > 1 or not key:
                yield Flaw("key_twice", what=key)
    yield from (Flaw("step_without_words", what=each.key) for each in flow.steps if not each.text.strip())
    yield from (Flaw("fact_without_words", what=each.key) for each in flow.facts if not each.text.strip())
    yield from (Flaw("step_without_weight", what=each.key) for each in flow.steps if each.weight < 1)


def _of_line(flow: Flow, node: Node) -> Iterator[Flaw]:
    if not node.line.strip():
        yield Flaw("line_without_words", node.key)
    if node.moment and not node.moment.text.strip():
        yield Flaw("moment_without_words", node.key)
    yield from (Flaw("unknown_fact", node.key, what=key) for key in node.states if flow.fact(key) is None)
    yield from _of_end(node) if node.outcome else _of_answers(flow, node)


def _of_end(node: Node) -> Iterator[Flaw]:
    if node.outcome not in OUTCOMES:
        yield Flaw("unknown_outcome", node.key, what=node.outcome)
    if leads_to(node):
        yield Flaw("end_goes_on", node.key)


def _of_answers(flow: Flow, node: Node) -> Iterator[Flaw]:
    if not leads_to(node):
        yield Flaw("dead_end", node.key)
    if len(node.options) > MOST_OPTIONS:
        yield Flaw("too_many_answers", node.key)
    for key, times in Counter(each.key for each in node.options).items():
        if times > 1 or not key:
            yield Flaw("key_twice", node.key, what=key)
    for option in node.options:
        if not option.text.strip():
            yield Flaw("answer_without_words", node.key, option.key)
        yield from _of_answer(flow, node, option.key, (option.to,), option.steps, option.needs)
    if own := node.own_words:
        if not any(phrase.replace("/", "").strip() for phrase in own.phrases):
            yield Flaw("no_phrases", node.key, OWN)
        to = (own.to, *([own.otherwise] if own.otherwise else []))
        yield from _of_answer(flow, node, OWN, to, own.steps, own.needs)


def _of_answer(
    flow: Flow, node: Node, key: str, to: tuple[str, ...], steps: tuple[str, ...], needs: tuple[str, ...]
) -> Iterator[Flaw]:
    yield from (Flaw("to_nowhere", node.key, key) for each in to if flow.node(each) is None)
    yield from (Flaw("unknown_step", node.key, key, each) for each in steps if flow.step(each) is None)
    yield from (Flaw("unknown_fact", node.key, key, each) for each in needs if flow.fact(each) is None)
    stated = {fact for each in flow.nodes for fact in each.states}
    for each in needs:
        if flow.fact(each) is not None and each not in stated:
            yield Flaw("fact_unstated", node.key, key, each)


def _reached(flow: Flow, start: str) -> set[str]:
    """Lines some answers lead to, the first among them."""
    found, waiting = {start}, [start]
    while waiting:
        node = flow.node(waiting.pop())
        for to in leads_to(node) if node else []:
            if to not in found:
                found.add(to)
                waiting.append(to)
    return found


def _lines(flow: Flow, start: str) -> list[Node]:
    return [node for node in flow.nodes if node.key in _reached(flow, start)]


def _of_ways(flow: Flow) -> Iterator[Flaw]:
    with suppress(TooManyWays):  # then only those that can still complete are followed
        yield from _never(flow, ways(flow, prune=False))
    try:
        found = ways(flow)
    except TooManyWays:
        yield Flaw("too_many_ways")
        return
    complete = different_ways(found)
    if complete < 2:
        yield Flaw("single_way" if complete else "no_way")
        return
    share = share_by_chance(found)
    if share > EASIEST:
        yield Flaw("too_easy", what=f"{share:.4f}")


def _never(flow: Flow, found: Ways) -> Iterator[Flaw]:
    met = steps_met(found)
    yield from (Flaw("step_never_met", what=step.key) for step in flow.steps if step.key not in met)
    for node in flow.nodes:
        standing = [state for state in found.edges if state.node == node.key]
        answers = [(each.key, each.needs) for each in node.options]
        answers += [(OWN, node.own_words.needs)] if node.own_words else []
        stated = {fact for each in flow.nodes for fact in each.states}
        for key, needs in answers:
            for fact in needs:
                if fact in stated and standing and not any(fact in state.heard for state in standing):
                    yield Flaw("fact_too_late", node.key, key, fact)


def chance_of(flow: Flow) -> float | None:
    """How often answers at random complete a flow that has no flaw in its lines; None while it cannot be said."""
    if any(each.code in BROKEN for each in _in_place(flow)):
        return None
    try:
        return share_by_chance(ways(flow))
    except TooManyWays:
        return None
