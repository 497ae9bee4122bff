"""A scenario as a flow: what the customer says, what that sets off, what may be answered, and where it leads.

A *line* of the customer (node) states facts and may hold a moment that sets people off. It is answered by one of
its options, or in own words where the line allows it. Required *steps* are the rubric: an answer meets steps, and
one that builds on a fact counts only where the customer had stated it on the way (active listening).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

SOLVED, AGREED, LOST = "solved", "agreed", "lost"
OUTCOMES = (SOLVED, AGREED, LOST)  # solved at once; a next step agreed; the customer is lost
MOST_TURNS = 60  # of one play


@dataclass(frozen=True)
class Fact:
    """Something the customer states, which a later answer may build on."""

    key: str
    text: str


@dataclass(frozen=True)
class Step:
    """A required step: what a complete handling holds, and what it weighs against the others."""

    key: str
    text: str
    weight: int = 1


@dataclass(frozen=True)
class Moment:
    """What in a line sets emotions off – the customer's words, never a worker's feelings.

    ``controllable``: the agent can keep it from growing; else it can only be borne and named.
    """

    text: str
    controllable: bool
    minutes: int = 5  # of a training in which it is talked over


@dataclass(frozen=True)
class Option:
    """An answer to choose. ``needs``: facts it builds on; without them it leads on but meets no step."""

    key: str
    text: str
    to: str
    steps: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnWords:
    """An answer in own words: meets its steps when every key phrase is said; “sorry / apologise” is either.

    Said or not, it leads to ``to``; where ``otherwise`` is named, words without the phrases lead there.
    """

    phrases: tuple[str, ...]
    to: str
    steps: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True)
class Node:
    """A line of the customer with what follows; ``outcome`` makes it an end."""

    key: str
    line: str
    options: tuple[Option, ...] = ()
    own_words: OwnWords | None = None
    states: tuple[str, ...] = ()  # facts
    moment: Moment | None = None
    outcome: str = ""

    def option(self, key: str) -> Option | None:
        return next((each for each in self.options if each.key == key), None)


@dataclass(frozen=True)
class Flow:
    """A whole scenario."""

    start: str = ""
    nodes: tuple[Node, ...] = ()
    facts: tuple[Fact, ...] = ()
    steps: tuple[Step, ...] = ()
    setting: str = ""  # what the player knows before the first line

    def node(self, key: str) -> Node | None:
        return next((each for each in self.nodes if each.key == key), None)

    def step(self, key: str) -> Step | None:
        return next((each for each in self.steps if each.key == key), None)

    def fact(self, key: str) -> Fact | None:
        return next((each for each in self.facts if each.key == key), None)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(stored: Mapping[str, Any]) -> Flow:
    """A flow as ``to_json`` wrote it. Raises KeyError, TypeError or ValueError on anything else."""
    return Flow(
        start=stored["start"],
        nodes=tuple(_node(each) for each in stored["nodes"]),
        facts=tuple(Fact(each["key"], each["text"]) for each in stored["facts"]),
        steps=tuple(Step(each["key"], each["text"], int(each["weight"])) for each in stored["steps"]),
        setting=stored.get("setting", ""),
    )


def _node(stored: Mapping[str, Any]) -> Node:
    own, moment = stored.get("own_words"), stored.get("moment")
    return Node(
        key=stored["key"],
        line=stored["line"],
        options=tuple(
            Option(each["key"], each["text"], each["to"], tuple(each["steps"]), tuple(each["needs"]))
            for each in stored["options"]
        ),
        own_words=OwnWords(
            tuple(own["phrases"]), own["to"], tuple(own["steps"]), tuple(own["needs"]), own["otherwise"]
        )
        if own
        else None,
        states=tuple(stored["states"]),
        moment=Moment(moment["text"], bool(moment["controllable"]), int(moment["minutes"])) if moment else None,
        outcome=stored["outcome"],
    )


@dataclass(frozen=True)
class Answer:
    """What a player answered: an option, or own words."""

    option: str = ""
    words: str = ""


@dataclass(frozen=True)
class Taken:
    """One turn of a walk: where, what was answered, and what it met."""

    node: str
    answer: Answer
    steps: tuple[str, ...] = ()  # met by it, for the first time
    guessed: tuple[str, ...] = ()  # facts it builds on that nobody had stated yet
    unsaid: tuple[str, ...] = ()  # key phrases missing from own words


@dataclass(frozen=True)
class Walk:
    """How far answers lead, and what they are worth."""

    node: str  # the line that stands now; an end once it is reached
    turns: tuple[Taken, ...] = ()
    met: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()  # facts an answer built on after they were heard
    outcome: str = ""  # of the end reached; empty while it goes on
    completeness: float = 0.0  # 0 to 1: the weight of the steps met against all
    unused: tuple[str, ...] = field(default=())  # facts heard that an answer passed over could have built on

    @property
    def ended(self) -> bool:
        return bool(self.outcome)

    @property
    def complete(self) -> bool:
        """Every required step met, and an end reached that does not lose the customer."""
        return self.ended and self.outcome != LOST and self.completeness >= 1


class NoSuchAnswer(ValueError):
    """The line has no such option, takes no own words, or the flow has ended."""


def begin(flow: Flow) -> Walk:
    """Before the first answer: the first line stands, and its facts are heard. Raises KeyError without a start."""
    return _at(flow, Walk(node=flow.start), flow.start)


def walk(flow: Flow, chosen: Iterable[Answer]) -> Walk:
    """Follow answers through a flow from its start. Raises NoSuchAnswer."""
    found = begin(flow)
    for answer in chosen:
        found = take(flow, found, answer)
    return found


def take(flow: Flow, so_far: Walk, answer: Answer) -> Walk:
    """One more answer. Raises NoSuchAnswer."""
    node = flow.node(so_far.node)
    if node is None or so_far.ended:
        raise NoSuchAnswer(so_far.node)
    if answer.option:
        option = node.option(answer.option)
        if option is None:
            raise NoSuchAnswer(answer.option)
        to, steps, needs, unsaid = option.to, option.steps, option.needs, ()
    else:
        own = node.own_words
        if own is None:
            raise NoSuchAnswer(node.key)
        unsaid = tuple(each for each in own.phrases if not says(answer.words, each))
        to = own.otherwise if unsaid and own.otherwise else own.to
        steps, needs = (() if unsaid else own.steps), (() if unsaid else own.needs)
    guessed = tuple(each for each in needs if each not in so_far.heard)
    met = () if guessed else tuple(each for each in steps if each not in so_far.met)
    could = {need for need in wants(node) if need in so_far.heard}
    used = so_far.used | (frozenset() if guessed else frozenset(needs))
    passed_over = {*so_far.unused, *could} - used
    turned = Walk(
        node=so_far.node,
        turns=(*so_far.turns, Taken(node.key, answer, met, guessed, unsaid)),
        met=so_far.met | set(met),
        heard=so_far.heard,
        used=used,
        unused=tuple(fact.key for fact in flow.facts if fact.key in passed_over),
    )
    return _at(flow, turned, to)


def _at(flow: Flow, walked: Walk, key: str) -> Walk:
    node = flow.node(key)
    if node is None:
        raise NoSuchAnswer(key)
    return Walk(
        node=key,
        turns=walked.turns,
        met=walked.met,
        heard=walked.heard | set(node.states),
        used=walked.used,
        outcome=node.outcome,
        completeness=completeness(flow, walked.met),
        unused=walked.unused,
    )


def completeness(flow: Flow, met: Iterable[str]) -> float:
    """The weight of the required steps met against the weight of all; without steps nothing is complete."""
    whole, done = sum(step.weight for step in flow.steps), set(met)
    return sum(step.weight for step in flow.steps if step.key in done) / whole if whole else 0.0


def wants(node: Node) -> Iterator[str]:
    """Facts the answers of a line build on."""
    for option in node.options:
        yield from option.needs
    if node.own_words:
        yield from node.own_words.needs


def says(words: str, phrase: str) -> bool:
    """Whether a key phrase is said, in whole words, whatever the case, accents and marks; “a / b” is either."""
    said = _plain(words)
    return any(f" {_plain(each)} " in f" {said} " for each in phrase.split("/") if _plain(each))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(re.findall(r"\w+", bare.replace("'", "").replace("’", "")))


def branches_used(flow: Flow, plays: Iterable[Sequence[Answer]]) -> dict[tuple[str, str], int]:
    """How often each option of each line was chosen; own words stand under the empty key. All zeros are listed."""
    counts = {
        (node.key, key): 0
        for node in flow.nodes
        for key in [*(each.key for each in node.options), *([""] if node.own_words else [])]
    }
    for answers in plays:
        for turn in walk(flow, answers).turns:
            counts[turn.node, turn.answer.option] += 1
    return counts
