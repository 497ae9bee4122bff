"""What the rules of learning found, in sentences for who reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from floorwalker.apps.learning.rules import checking, editing
from floorwalker.apps.learning.rules.checking import OWN, Flaw
from floorwalker.apps.learning.rules.flow import AGREED, LOST, SOLVED, Flow, Node
from floorwalker.kernel.look import percent_words

OUTCOME: dict[str, Any] = {
    SOLVED: gettext_lazy("solved"),
    AGREED: gettext_lazy("a next step is agreed"),
    LOST: gettext_lazy("the customer is lost"),
}
SHORT = 48


def outcome_name(outcome: str) -> str:
    return str(OUTCOME.get(outcome, outcome))


def short(text: str, most: int = SHORT) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def number_of(flow: Flow, key: str) -> int:
    """The number a line is called by: its place in the list."""
    return next((place for place, node in enumerate(flow.nodes, start=1) if node.key == key), 0)


def line_name(flow: Flow, key: str) -> str:
    """“3: It is 4711.”, or that it is nowhere."""
    node = flow.node(key)
    if node is None:
        return _("nowhere")
    said = short(node.line) or _("(no words yet)")
    return _("%(n)d: %(line)s") % {"n": number_of(flow, key), "line": said}


def flaw_words(flow: Flow, flaw: Flaw) -> str:
    """What is wrong, in a sentence that stands beside its place."""
    step, fact = flow.step(flaw.what), flow.fact(flaw.what)
    values = {
        "what": short((step and step.text) or (fact and fact.text) or flaw.what),
        "most": checking.MOST_OPTIONS,
        "lines": checking.MOST_NODES,
        "steps": checking.MOST_STEPS,
        "bound": percent_words(checking.EASIEST),
        "share": percent_words(float(flaw.what)) if flaw.code == "too_easy" else "",
    }
    return str(FLAWS[flaw.code]) % values


FLAWS: dict[str, Any] = {
    "no_start": gettext_lazy("No line is the first. Add what the customer says first."),
    "no_steps": gettext_lazy("Nothing counts yet: name at least one required step."),
    "too_long": gettext_lazy("More than %(lines)d lines or %(steps)d steps or facts: make two scenarios of it."),
    "key_twice": gettext_lazy("The key “%(what)s” stands twice or is empty; each needs one of its own."),
    "step_without_words": gettext_lazy("The step says nothing. Write what is to be done."),
    "fact_without_words": gettext_lazy("The fact says nothing. Write what the customer states."),
    "step_without_weight": gettext_lazy("A step weighs at least 1."),
    "line_without_words": gettext_lazy("The customer says nothing here. Write the line."),
    "moment_without_words": gettext_lazy("Say what in this line sets emotions off, or take the moment away."),
    "unknown_fact": gettext_lazy("The fact “%(what)s” is not in the list of facts."),
    "unknown_step": gettext_lazy("The step “%(what)s” is not in the list of steps."),
    "unknown_outcome": gettext_lazy("“%(what)s” is no way to end; choose solved, agreed or lost."),
    "end_goes_on": gettext_lazy("This line is an end and has answers. Take them away, or let it be no end."),
    "dead_end": gettext_lazy("A dead end: no answer leads on. Add answers, or make it an end."),
    "too_many_answers": gettext_lazy("More than %(most)d answers do not fit on a phone."),
    "answer_without_words": gettext_lazy("This answer says nothing. Write it, or take it away."),
    "no_phrases": gettext_lazy("Name at least one key phrase that own words must hold."),
    "to_nowhere": gettext_lazy("This answer leads to no line. Choose where it leads."),
    "unreachable": gettext_lazy("No answer leads here. Let one lead here, or take the line away."),
    "no_way_out": gettext_lazy("A circle nobody can leave: from here no answer leads to an end."),
    "step_never_met": gettext_lazy("No way meets this step. Let an answer that can be reached meet it."),
    "fact_unstated": gettext_lazy("It builds on “%(what)s”, which no line states."),
    "fact_too_late": gettext_lazy("It builds on “%(what)s”, which no line before it states."),
    "too_many_ways": gettext_lazy(
        "Too many ways to check: steps and facts come together in thousands of orders. Make two scenarios of it."
    ),
    "no_way": gettext_lazy(
        "No way completes it: there is none that meets every step and does not lose the customer."
    ),
    "single_way": gettext_lazy(
        "A single way completes it, so players would only learn it by heart. Let a second way meet every step."
    ),
    "too_easy": gettext_lazy(
        "Too easy: who answers at random completes it in %(share)s of plays, and more than %(bound)s teaches"
        " nothing. Add answers that lead elsewhere or meet less."
    ),
}


def place_words(flow: Flow, flaw: Flaw) -> str:
    """Where it is, for a list of everything: the line, and the answer in it."""
    if not flaw.node:
        return short((flow.step(flaw.what) or flow.fact(flaw.what) or Node("", "")).__dict__.get("text", ""))
    name = _("line %(line)s") % {"line": line_name(flow, flaw.node)}
    node = flow.node(flaw.node)
    option = node.option(flaw.option) if node else None
    if flaw.option == OWN:
        return _("%(line)s, own words") % {"line": name}
    return _("%(line)s, “%(answer)s”") % {"line": name, "answer": short(option.text)} if option else name


def changes_words(before: Flow | None, after: Flow) -> str:
    """What is different from the version before, in one line."""
    if before is None:
        return ""
    counted: list[tuple[str, Callable[[int], str]]] = [
        ("lines", lambda n: ngettext("%d line", "%d lines", n) % n),
        ("steps", lambda n: ngettext("%d step", "%d steps", n) % n),
        ("facts", lambda n: ngettext("%d fact", "%d facts", n) % n),
    ]
    found = editing.differences(before, after)
    parts = []
    for name, words in counted:
        for keys, said in zip(found[name], (_("%s new"), _("%s changed"), _("%s gone")), strict=True):
            if keys:
                parts.append(said % words(len(keys)))
    return ", ".join(parts) or _("nothing but its order")


SLOT: dict[str, Any] = {
    "opening": gettext_lazy("What this training is about, and what everybody brings along"),
    "moment": gettext_lazy("A moment that sets emotions off"),
    "play": gettext_lazy("Play scenarios, and talk them over"),
    "closing": gettext_lazy("What everybody takes along"),
}


def slot_name(kind: str) -> str:
    return str(SLOT[kind])
