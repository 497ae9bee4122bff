"""What the check of a flow finds, held against every path tried one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from floorwalker.apps.learning.rules import editing
from floorwalker.apps.learning.rules.checking import EASIEST, flaws
from floorwalker.apps.learning.rules.flow import (
    Answer,
    Fact,
    Flow,
    Node,
    Option,
    OwnWords,
    Step,
    Walk,
    begin,
    take,
)
from floorwalker.apps.learning.rules.paths import State, different_ways, share_by_chance, steps_met, ways
from tests.factories.learning import small_flow

FLOW = small_flow()


def codes(flow: Flow) -> set[tuple[str, str, str]]:
    return {(each.code, each.node, each.option or each.what) for each in flaws(flow)}


def test_a_sound_flow_has_no_flaw() -> None:
    """The flow of the tests can be put in force."""
    assert flaws(FLOW) == []


END = Node("end", "Bye.", outcome="solved")


@pytest.mark.parametrize(
    ("flow", "flaw"),
    [
        (replace(FLOW, start="nobody"), ("no_start", "", "")),
        (replace(FLOW, steps=()), ("no_steps", "", "")),
        (editing.with_node(FLOW, Node("found", "Thanks.")), ("dead_end", "found", "")),
        (editing.with_node(FLOW, Node("island", "Hello?", outcome="solved")), ("unreachable", "island", "")),
        (editing.with_option(FLOW, "late", Option("void", "Go.", "void")), ("to_nowhere", "late", "void")),
        (editing.with_step(FLOW, Step("never", "Never asked for")), ("step_never_met", "", "never")),
        (
            editing.with_option(
                editing.with_fact(FLOW, Fact("name", "Their name")),
                "late",
                Option("name", "Dear …", "angry", needs=("name",)),
            ),
            ("fact_unstated", "late", "name"),
        ),
        (editing.with_node(FLOW, Node("found", "Thanks.", (Option("a", "b", "gone"),), outcome="solved")),
         ("end_goes_on", "found", "")),
        (editing.with_node(FLOW, replace(FLOW.nodes[1], line=" ")), ("line_without_words", "angry", "")),
        (editing.with_own_words(FLOW, "angry", OwnWords((" / ",), "number")), ("no_phrases", "angry", "own")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_each_flaw_is_found_at_its_place(flow: Flow, flaw: tuple[str, str, str]) -> None:
    """One thing is broken at a time, and named where it stands."""
    assert flaw in codes(flow)


def test_a_circle_nobody_can_leave_is_found() -> None:
    """Two lines that lead to each other and to nothing else; a circle with a way out is fine."""
    round_and_round = (
        Node("one", "One.", (Option("a", "a", "two"),)),
        Node("two", "Two.", (Option("a", "a", "one"),)),
    )
    flow = editing.with_option(FLOW, "late", Option("round", "Round.", "one"))
    flow = replace(flow, nodes=(*flow.nodes, *round_and_round))
    assert {("no_way_out", "one", ""), ("no_way_out", "two", "")} <= codes(flow)
    out = editing.with_option(flow, "two", Option("out", "Out.", "gone"))
    assert not [each for each in flaws(out) if each.code == "no_way_out"]


def test_a_fact_stated_only_afterwards_comes_too_late() -> None:
    """An answer at the first line cannot build on what the last one says."""
    first = replace(FLOW.nodes[0], states=())
    last = replace(FLOW.nodes[3], states=("gift",))
    assert ("fact_too_late", "number", "own") in codes(editing.with_node(editing.with_node(FLOW, first), last))


def test_a_single_winning_way_is_refused_and_going_in_circles_is_no_second_one() -> None:
    """Only one order of answers completes; a line that leads back to where one stood adds none."""
    one = editing.without_option(FLOW, "angry", "back")
    assert ("single_way", "", "") in codes(one)
    circle = editing.with_option(one, "angry", Option("again", "Say it again.", "late"))
    assert ("single_way", "", "") in codes(circle)


def test_what_any_way_completes_is_refused_with_its_share() -> None:
    """Every answer meets the only step: nobody could fail."""
    step = Step("sorry", "Say sorry")
    options = (Option("a", "Sorry", "end", ("sorry",)), Option("b", "So sorry", "end", ("sorry",)),
               Option("c", "Well", "end"))  # fmt: skip
    flow = Flow("hi", (Node("hi", "Hi.", options), END), (), (step,))
    assert [(each.code, float(each.what)) for each in flaws(flow)] == [
        ("too_easy", pytest.approx(2 / 3, abs=1e-4))
    ]


def test_what_nobody_can_complete_is_said_so() -> None:
    """Two steps on two ways that never meet."""
    options = (Option("a", "A", "end", ("a",)), Option("b", "B", "end", ("b",)))
    flow = Flow("hi", (Node("hi", "Hi.", options), END), (), (Step("a", "A"), Step("b", "B")))
    assert {each.code for each in flaws(flow)} == {"no_way"}


def drawn(seed: int) -> Flow:
    """A small flow at random: up to five lines, circles, facts and own words, every answer leading somewhere."""
    draw = random.Random(seed)
    keys = [f"n{number}" for number in range(draw.randint(2, 4))]
    steps, facts = ("s", "t")[: draw.randint(1, 2)], ("f",)

    def some(things: tuple[str, ...], chance: float) -> tuple[str, ...]:
        return tuple(each for each in things if draw.random() < chance)

    nodes = []
    for key in keys:
        options = tuple(
            Option(f"o{n}", "words", draw.choice([*keys, "won", "lost"]), some(steps, 0.6), some(facts, 0.3))
            for n in range(draw.randint(1, 3))
        )
        own = OwnWords(("sorry",), draw.choice([*keys, "won"]), some(steps, 0.5)) if draw.random() < 0.3 else None
        nodes.append(Node(key, "line", options, own, some(facts, 0.4)))
    ends = (Node("won", "Bye.", outcome="solved"), Node("lost", "Bye.", outcome="lost"))
    return Flow("n0", (*nodes, *ends), (Fact("f", "F"),), tuple(Step(each, each) for each in steps))


def answers(flow: Flow, found: Walk) -> Iterator[Answer]:
    node = flow.node(found.node)
    assert node is not None
    yield from (Answer(option=each.key) for each in node.options)
    if node.own_words:
        yield from (Answer(words="sorry"), Answer(words="well"))


def tried(flow: Flow, found: Walk, seen: frozenset[State]) -> Iterator[Walk]:
    """Every way that comes to no state twice, one by one, by the rules of playing themselves."""
    if found.ended:
        yield found
        return
    at = State(found.node, found.met, found.heard)
    for answer in answers(flow, found):
        after = take(flow, found, answer)
        if State(after.node, after.met, after.heard) not in seen | {at}:
            yield from tried(flow, after, seen | {at})


def chance(flow: Flow, found: Walk, left: int) -> Fraction:
    """The share that completes within so many answers at random, by trying all."""
    if found.ended or left == 0:
        return Fraction(found.complete)
    given = [each for each in answers(flow, found) if each.words != "sorry"]
    return sum((chance(flow, take(flow, found, each), left - 1) for each in given), Fraction(0)) / len(given)


def test_ways_agree_with_trying_every_path() -> None:
    """How many different ways complete, and which steps any way meets: 400 flows, path by path.

    Both phrasings of own words that lead to the same state are one way, as is what differs only in the words.
    """
    several = {0: 0, 1: 0, 2: 0}
    for seed in range(400):
        flow = drawn(seed)
        every = list(tried(flow, begin(flow), frozenset()))
        complete = {
            tuple(
                (turn.node, turn.answer.option, turn.steps if not turn.answer.option else ())
                for turn in each.turns
            )
            for each in every
            if each.complete
        }
        found = different_ways(ways(flow))
        several[found] += 1
        if not any(node.own_words for node in flow.nodes):
            assert found == min(len(complete), 2), seed
        else:
            assert bool(found) == bool(complete), seed
            assert found <= len({each.turns for each in every if each.complete}), seed
        assert steps_met(ways(flow, prune=False)) >= {step for each in every for step in each.met}, seed
    assert min(several.values()) > 20, "the flows drawn show every case"


def test_the_share_by_chance_agrees_with_trying_every_path() -> None:
    """Within what eight answers leave open, on 60 flows drawn, circles among them."""
    for seed in range(60):
        flow = drawn(seed)
        exact = share_by_chance(ways(flow))
        least = float(chance(flow, begin(flow), 7))
        assert least <= exact + 1e-9, seed
        open_still = _unfinished(flow, begin(flow), 7)
        assert exact <= least + float(open_still) + 1e-9, seed


def _unfinished(flow: Flow, found: Walk, left: int) -> Fraction:
    if found.ended:
        return Fraction(0)
    if left == 0:
        return Fraction(1)
    given = [each for each in answers(flow, found) if each.words != "sorry"]
    return sum((_unfinished(flow, take(flow, found, each), left - 1) for each in given), Fraction(0)) / len(given)


def test_the_small_flow_is_completed_by_chance_less_often_than_allowed() -> None:
    """Own words decide it, and who taps at random says none."""
    assert share_by_chance(ways(FLOW)) <= EASIEST


def test_a_long_flow_is_checked_in_few_states() -> None:
    """Fifteen steps in a row, each of which may be left out: states without hope are not followed."""
    steps = tuple(Step(f"s{n}", f"Step {n}") for n in range(15))
    nodes = tuple(
        Node(f"n{n}", f"Line {n}", (Option("do", "Do it.", f"n{n + 1}", (f"s{n}",)),
             Option("also", "Do it as well.", f"n{n + 1}", (f"s{n}",)), Option("skip", "Skip.", f"n{n + 1}")))
        for n in range(15)
    )  # fmt: skip
    flow = Flow("n0", (*nodes, Node("n15", "Thank you.", outcome="solved")), (), steps)
    found = ways(flow)
    assert len(found.edges) < 40 and different_ways(found) == 2
    assert share_by_chance(found) == pytest.approx((2 / 3) ** 15)
    assert flaws(flow) == []
