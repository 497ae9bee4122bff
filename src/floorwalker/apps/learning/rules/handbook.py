"""A kind of contact in a handbook becomes the beginnings of a scenario: its steps are the rubric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from floorwalker.apps.learning.rules import editing
from floorwalker.apps.learning.rules.checking import MOST_STEPS
from floorwalker.apps.learning.rules.flow import AGREED, LOST, SOLVED, Flow, Node, Option, Step
from floorwalker.contacts import HandbookKind, HandbookStep, handbook_flows


def drafts_of(handbook: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """A draft for each kind of contact, by “flow: kind”, where it has a step. Raises NoHandbook."""
    return {
        f"{flow.name}: {kind.name}"[:120]: {
            "about": flow.about[:300],
            "content": draft_of(kind).to_json(),
        }
        for flow in handbook_flows(handbook)
        for kind in flow.kinds
        if kind.steps
    }


def draft_of(kind: HandbookKind) -> Flow:
    """A line for each step, answered by doing it; what the customer says, and all else, is to be written.

    Beside each step stands the answer that leaves it out, still without words, where a rebuttal belongs.
    """
    flow = Flow(setting=" ".join(kind.notes)[:1000])
    steps = []
    for step in kind.steps[:MOST_STEPS]:
        key = editing.fresh_key((each.key for each in steps), step.button, "step")
        steps.append(Step(key, f"{step.button}: {_said(step)}"[:200]))
    lines = [f"line-{number}" for number in range(1, len(steps) + 1)]
    for number, (key, step) in enumerate(zip(lines, steps, strict=True)):
        after = lines[number + 1] if number + 1 < len(lines) else "end"
        options = (
            Option("do", _said(kind.steps[number])[:500], after, (step.key,)),
            Option("leave-out", "", after),
        )
        flow = editing.with_node(flow, Node(key, "", options))
    for key, outcome in (("end", SOLVED), ("next-step", AGREED), ("lost", LOST)):
        flow = editing.with_node(flow, Node(key, "", outcome=outcome))
    return replace(flow, steps=tuple(steps))


def _said(step: HandbookStep) -> str:
    """Its words; where the handbook goes on with a list that is not taken along, no colon hangs at their end."""
    return step.text.rstrip().removesuffix(":").rstrip()
