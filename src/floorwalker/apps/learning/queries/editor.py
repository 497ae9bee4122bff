"""A version of a scenario made ready to be read and written: lines with numbers, flaws at their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from floorwalker.apps.learning import words
from floorwalker.apps.learning.models import ScenarioVersion
from floorwalker.apps.learning.rules.checking import OWN, Flaw, chance_of, flaws
from floorwalker.apps.learning.rules.flow import Fact, Flow, Node, Step, Walk
from floorwalker.kernel.look import percent_words

Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class AnswerLine:
    """An answer as the outline shows it; ``key`` is empty for own words."""

    key: str
    text: str
    to: str
    to_name: str
    steps: list[str]
    needs: list[str]
    flaws: list[str]
    phrases: tuple[str, ...] = ()
    otherwise: str = ""
    otherwise_name: str = ""
    chosen: int | None = None


@dataclass(frozen=True)
class LineRow:
    """A line of the customer with everything that stands beside it."""

    number: int
    node: Node
    states: list[str]
    answers: list[AnswerLine]
    flaws: list[str]
    outcome: str
    first: bool

    @property
    def wrong(self) -> int:
        return len(self.flaws) + sum(len(each.flaws) for each in self.answers)


@dataclass(frozen=True)
class Named:
    """A step or fact of the lists beside the lines."""

    thing: Step | Fact
    flaws: list[str]
    at: list[tuple[int, str]]  # numbers and keys of the lines that meet or state it


@dataclass(frozen=True)
class MapRow:
    """A line in the map: how deep it lies, and by which answer it is reached."""

    depth: int
    number: int
    key: str
    said: str
    by: str
    outcome: str
    again: bool  # shown above already
    wrong: int


@dataclass(frozen=True)
class Sheet:
    """The whole version."""

    flow: Flow
    lines: list[LineRow]
    steps: list[Named]
    facts: list[Named]
    flaws: list[str]  # of the whole
    all_flaws: list[tuple[str, str, str]]  # anchor, place, words
    map: list[MapRow]
    by_chance: str = ""  # how often answers at random complete it
    moments: list[LineRow] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.all_flaws

    @property
    def first_gap(self) -> LineRow | None:
        """The line to go on with: the first that something is missing at."""
        return next((row for row in self.lines if row.wrong), None)


def sheet_of(flow: Flow, chosen: Counts | None = None) -> Sheet:
    """Every line with its number, each flaw beside what it is about; ``chosen`` how often answers were."""
    found = flaws(flow)
    lines = [_row(flow, number, node, found, chosen) for number, node in enumerate(flow.nodes, start=1)]
    share = chance_of(flow) if flow.steps and flow.nodes else None
    return Sheet(
        flow,
        lines,
        [_named(flow, step, found, _meeting(flow, step.key)) for step in flow.steps],
        [_named(flow, fact, found, _stating(flow, fact.key)) for fact in flow.facts],
        [words.flaw_words(flow, each) for each in found if not each.node and not _thing(flow, each)],
        [(_anchor(flow, each), words.place_words(flow, each), words.flaw_words(flow, each)) for each in found],
        map_of(flow, {row.node.key: row.wrong for row in lines}),
        percent_words(share, digits=0 if share > 0.1 else 1) if share is not None else "",
        [row for row in lines if row.node.moment],
    )


def _row(flow: Flow, number: int, node: Node, found: list[Flaw], chosen: Counts | None) -> LineRow:
    def about(option: str) -> list[str]:
        return [words.flaw_words(flow, each) for each in found if each.node == node.key and each.option == option]

    def times(key: str) -> int | None:
        return None if chosen is None else chosen.get((node.key, key), 0)

    answers = [
        AnswerLine(
            each.key, each.text, each.to, words.line_name(flow, each.to), _texts(flow, each.steps),
            _facts(flow, each.needs), about(each.key), chosen=times(each.key),
        )
        for each in node.options
    ]  # fmt: skip
    if own := node.own_words:
        answers.append(
            AnswerLine(
                "", "", own.to, words.line_name(flow, own.to), _texts(flow, own.steps), _facts(flow, own.needs),
                about(OWN), own.phrases, own.otherwise,
                words.line_name(flow, own.otherwise) if own.otherwise else "", times(""),
            )
        )  # fmt: skip
    return LineRow(
        number,
        node,
        _facts(flow, node.states),
        answers,
        about(""),
        words.outcome_name(node.outcome) if node.outcome else "",
        node.key == flow.start,
    )


def _texts(flow: Flow, keys: tuple[str, ...]) -> list[str]:
    return [step.text if (step := flow.step(key)) else key for key in keys]


def _facts(flow: Flow, keys: tuple[str, ...]) -> list[str]:
    return [fact.text if (fact := flow.fact(key)) else key for key in keys]


def _thing(flow: Flow, flaw: Flaw) -> bool:
    return bool(flow.step(flaw.what) or flow.fact(flaw.what))


def _anchor(flow: Flow, flaw: Flaw) -> str:
    if flaw.node:
        return f"line-{flaw.node}"
    return "steps" if flow.step(flaw.what) or flaw.code == "no_steps" else "facts" if _thing(flow, flaw) else ""


def _named(flow: Flow, thing: Step | Fact, found: list[Flaw], at: list[tuple[int, str]]) -> Named:
    wrong = [words.flaw_words(flow, each) for each in found if not each.node and each.what == thing.key]
    return Named(thing, wrong, at)


def _meeting(flow: Flow, key: str) -> list[tuple[int, str]]:
    return [
        (number, node.key)
        for number, node in enumerate(flow.nodes, start=1)
        if any(key in each.steps for each in (*node.options, *filter(None, [node.own_words])))
    ]


def _stating(flow: Flow, key: str) -> list[tuple[int, str]]:
    return [(number, node.key) for number, node in enumerate(flow.nodes, start=1) if key in node.states]


def map_of(flow: Flow, wrong: Mapping[str, int]) -> list[MapRow]:
    """The lines as they follow from the first, each unfolded once; what no answer reaches comes last."""
    rows: list[MapRow] = []
    shown: set[str] = set()

    def row(key: str, depth: int, by: str, again: bool) -> MapRow:
        node = flow.node(key)
        said = words.short(node.line) if node else ""
        outcome = words.outcome_name(node.outcome) if node and node.outcome else ""
        number = words.number_of(flow, key)
        return MapRow(depth, number, key if node else "", said, by, outcome, again, wrong.get(key, 0))

    waiting = [(flow.start, 0, "")] if flow.node(flow.start) else []
    while waiting or len(shown) < len(flow.nodes):
        if not waiting:
            waiting = [(next(node.key for node in flow.nodes if node.key not in shown), 0, "")]
        key, depth, by = waiting.pop()
        node = flow.node(key)
        rows.append(row(key, depth, by, key in shown))
        if node is None or key in shown:
            continue
        shown.add(key)
        ways = [(each.to, depth + 1, words.short(each.text)) for each in node.options]
        if own := node.own_words:
            ways += [(to, depth + 1, "…") for to in dict.fromkeys([own.to, own.otherwise]) if to]
        waiting += ways[::-1]
    return rows


def as_json(version: ScenarioVersion) -> bytes:
    """A version as a file holds it."""
    return json.dumps(version.flow.to_json(), ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True)
class Told:
    """What a preview tells of the answers so far."""

    met: list[str]
    missed: list[str]
    turns: list[tuple[str, str, list[str], list[str], list[str]]]  # line, answer, met, guessed, unsaid
    passed_over: list[str]
    outcome: str


def preview_of(flow: Flow, walked: Walk) -> Told:
    """The steps met and missed by the answers of a preview, turn by turn."""
    turns = []
    for turn in walked.turns:
        node = flow.node(turn.node)
        option = node.option(turn.answer.option) if node else None
        said = option.text if option else turn.answer.words
        turns.append(
            (
                node.line if node else "",
                said,
                _texts(flow, turn.steps),
                _facts(flow, turn.guessed),
                list(turn.unsaid),
            )
        )
    return Told(
        [step.text for step in flow.steps if step.key in walked.met],
        [step.text for step in flow.steps if step.key not in walked.met],
        turns,
        _facts(flow, walked.unused),
        words.outcome_name(walked.outcome) if walked.outcome else "",
    )
