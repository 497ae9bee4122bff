"""Changing a flow piece by piece; every function gives a new flow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from floorwalker.apps.learning.rules.flow import Fact, Flow, Node, Option, OwnWords, Step

T = TypeVar("T", Step, Fact)
EMPTY = Flow()


def fresh_key(taken: Iterable[str], text: str, otherwise: str) -> str:
    """A key none of the others has, made of the first words of a text; it never changes afterwards."""
    words = "-".join(re.findall(r"[a-z0-9]+", text.lower())[:4])[:32].strip("-") or otherwise
    known, number, key = set(taken), 2, words
    while key in known:
        key, number = f"{words}-{number}", number + 1
    return key


def with_node(flow: Flow, node: Node) -> Flow:
    """The line where one of its key stands, or else as the last; the first line of a flow is its start."""
    keys = [each.key for each in flow.nodes]
    if node.key in keys:
        nodes = tuple(node if each.key == node.key else each for each in flow.nodes)
    else:
        nodes = (*flow.nodes, node)
    return replace(flow, nodes=nodes, start=flow.start if flow.node(flow.start) else nodes[0].key)


def with_new_line(flow: Flow, line: str, outcome: str = "") -> tuple[Flow, str]:
    """A line of the customer at the end of the list, and its key."""
    key = fresh_key((each.key for each in flow.nodes), line, "line")
    return with_node(flow, Node(key, line.strip(), outcome=outcome)), key


def without_node(flow: Flow, key: str) -> Flow:
    """Without a line; answers that led to it lead nowhere now, which the check says beside each."""
    nodes = tuple(each for each in flow.nodes if each.key != key)
    return replace(flow, nodes=nodes, start=flow.start if flow.start != key else (nodes[0].key if nodes else ""))


def started_at(flow: Flow, key: str) -> Flow:
    """Begin with this line, which then stands first."""
    first = [each for each in flow.nodes if each.key == key]
    return replace(flow, start=key, nodes=(*first, *(each for each in flow.nodes if each.key != key)))


def with_option(flow: Flow, key: str, option: Option) -> Flow:
    """An answer to a line: in the place of the one of its key, or else the last."""
    node = _node(flow, key)
    known = node.option(option.key) is not None
    options = tuple(option if each.key == option.key else each for each in node.options)
    return with_node(flow, replace(node, options=options if known else (*options, option)))


def without_option(flow: Flow, key: str, option: str) -> Flow:
    node = _node(flow, key)
    return with_node(flow, replace(node, options=tuple(each for each in node.options if each.key != option)))


def moved_option(flow: Flow, key: str, option: str, by: int) -> Flow:
    """An answer one place up (-1) or down (+1)."""
    node = _node(flow, key)
    options = list(node.options)
    at = next((place for place, each in enumerate(options) if each.key == option), None)
    if at is not None and 0 <= at + by < len(options):
        options[at], options[at + by] = options[at + by], options[at]
    return with_node(flow, replace(node, options=tuple(options)))


def with_own_words(flow: Flow, key: str, own: OwnWords | None) -> Flow:
    return with_node(flow, replace(_node(flow, key), own_words=own))


def with_step(flow: Flow, step: Step) -> Flow:
    return replace(flow, steps=_put(flow.steps, step))


def with_fact(flow: Flow, fact: Fact) -> Flow:
    return replace(flow, facts=_put(flow.facts, fact))


def without_step(flow: Flow, key: str) -> Flow:
    """Without a step, in the rubric and in every answer that met it."""
    nodes = tuple(
        replace(
            node,
            options=tuple(replace(each, steps=_less(each.steps, key)) for each in node.options),
            own_words=replace(node.own_words, steps=_less(node.own_words.steps, key)) if node.own_words else None,
        )
        for node in flow.nodes
    )
    return replace(flow, steps=tuple(each for each in flow.steps if each.key != key), nodes=nodes)


def without_fact(flow: Flow, key: str) -> Flow:
    """Without a fact, in the lines that stated it and the answers that built on it."""
    nodes = tuple(
        replace(
            node,
            states=_less(node.states, key),
            options=tuple(replace(each, needs=_less(each.needs, key)) for each in node.options),
            own_words=replace(node.own_words, needs=_less(node.own_words.needs, key)) if node.own_words else None,
        )
        for node in flow.nodes
    )
    return replace(flow, facts=tuple(each for each in flow.facts if each.key != key), nodes=nodes)


def _less(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(each for each in keys if each != key)


def _put(things: tuple[T, ...], thing: T) -> tuple[T, ...]:
    if any(each.key == thing.key for each in things):
        return tuple(thing if each.key == thing.key else each for each in things)
    return (*things, thing)


def _node(flow: Flow, key: str) -> Node:
    found = flow.node(key)
    if found is None:
        raise KeyError(key)
    return found


def differences(before: Flow, after: Flow) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """What is new, changed and gone among lines, steps and facts, by key."""
    pairs = {
        "lines": (before.nodes, after.nodes),
        "steps": (before.steps, after.steps),
        "facts": (before.facts, after.facts),
    }
    found = {}
    for name, (old, new) in pairs.items():
        was = {each.key: each for each in old}
        now = {each.key: each for each in new}
        found[name] = (
            [key for key in now if key not in was],
            [key for key in now if key in was and now[key] != was[key]],
            [key for key in was if key not in now],
        )
    return found
