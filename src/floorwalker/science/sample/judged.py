"""Contacts of a made-up centre that were listened to: transcripts, and what lenient and strict evaluators gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from floorwalker.science.errors import InvalidInput
from floorwalker.science.sample.centre import Centre
from floorwalker.science.sample.sayings import (
    CLOSINGS,
    LOOKALIKES,
    OPENINGS,
    PLAIN,
    PLANTED,
    REASONS,
    Saying,
)
from floorwalker.science.sample.staff import Agent
from floorwalker.science.sample.streams import stream

_AGENT_SD, _CONTACT_SD, _REST_SD, _ITEM_SD = 6.0, 6.0, 6.0, 14.0
_LENIENCY = (7.0, -7.0, 0.0, 3.0, -3.0)  # the first is lenient, the second strict; then in turn
_TWICE = 0.1  # share of judged contacts that a second evaluator scores
_PLANT, _LOOKALIKE = 0.35, 0.15  # chance of a phrase, of words that only look like one


@dataclass(frozen=True)
class Turn:
    """One thing said, ``at`` seconds into the contact."""

    speaker: str
    at: int
    text: str


@dataclass(frozen=True)
class Conversation:
    """A contact with its transcript; ``start`` in UTC seconds, lengths in seconds."""

    key: str
    agent: str
    queue: str
    channel: str
    start: int
    seconds: int
    hold_seconds: int
    reason: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Judged:
    """One evaluation: points of each item, 0 to 100, before a form makes answers of them."""

    conversation: str
    evaluator: str
    points: Mapping[str, float]


@dataclass(frozen=True)
class QualityTruth:
    """What was planted, in points of 100; ``labels`` are (conversation, number of the turn, phrase)."""

    merit: Mapping[str, float]
    leniency: Mapping[str, float]
    hard: Mapping[str, float]
    labels: frozenset[tuple[str, int, str]]


@dataclass(frozen=True)
class JudgedContacts:
    """Conversations and evaluations, and the truth behind them for tests alone."""

    conversations: tuple[Conversation, ...]
    evaluations: tuple[Judged, ...]
    truth: QualityTruth = field(repr=False)


def judged_contacts(
    centre: Centre,
    *,
    items: tuple[str, ...],
    evaluators: tuple[str, ...],
    each: int,
    days: int = 28,
    judged: float = 0.5,
    seed: int,
) -> JudgedContacts:
    """``each`` contacts of each agent in the last ``days`` days of the history, a share ``judged`` of them scored.

    ``items`` and ``evaluators`` are the names of a form's items and of who scores; evaluators lie apart in
    leniency, the first gives most, the second least. Raises InvalidInput.
    """
    if not items or not evaluators or each < 1 or days < 1 or not 0 <= judged <= 1:
        raise InvalidInput("there must be items, evaluators, contacts and days; the share judged is 0 to 1")
    conversations: list[Conversation] = []
    labels: set[tuple[str, int, str]] = set()
    for agent in centre.people:
        rng = stream(seed, "conversations", centre.name, agent.id)
        for number in range(each):
            made, planted = _conversation(centre, agent, number, days, rng)
            conversations.append(made)
            labels |= {(made.key, place, phrase) for place, phrase in planted}
    rng = stream(seed, "evaluations", centre.name)
    truth = QualityTruth(
        _planted([agent.id for agent in centre.people], _AGENT_SD, rng),
        {name: _LENIENCY[place % len(_LENIENCY)] for place, name in enumerate(evaluators)},
        _planted(list(items), _ITEM_SD, rng),
        frozenset(labels),
    )
    return JudgedContacts(tuple(conversations), tuple(_evaluations(conversations, truth, judged, rng)), truth)


def _planted(names: list[str], deviation: float, rng: np.random.Generator) -> dict[str, float]:
    drawn = rng.normal(0, deviation, len(names))
    return dict(zip(names, (drawn - drawn.mean()).tolist(), strict=True))


def _conversation(
    centre: Centre, agent: Agent, number: int, days: int, rng: np.random.Generator
) -> tuple[Conversation, list[tuple[int, str]]]:
    """One contact of an agent, and the phrases planted in it by the number of their turn."""
    queue = next(each for each in centre.queues if each.name == agent.queue)
    grid = centre.demand[queue.name].grid
    open_days = [day for day in grid.dates[-days:] if queue.hours[day.weekday()]]
    day = open_days[int(rng.integers(len(open_days)))]
    opens, closes = queue.hours[day.weekday()] or (540, 1020)
    minute = int(rng.integers(opens, max(opens + 1, closes - 15)))
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(queue.zone)) + timedelta(minutes=minute)
    reason = str(rng.choice(sorted(REASONS)))
    said = _said(reason, rng)
    turns, at = [], 0
    for saying in said:
        turns.append(Turn(saying.speaker, at, saying.text))
        at += int(rng.integers(5, 25))
    hold = int(rng.integers(20, 120)) if rng.random() < 0.3 else 0
    key = f"{agent.id}-{number:04d}"
    where = (agent.id, queue.name, queue.channel)
    made = Conversation(key, *where, int(start.timestamp()), at + hold, hold, reason, tuple(turns))
    return made, [(place, saying.trigger) for place, saying in enumerate(said) if saying.trigger]


def _said(reason: str, rng: np.random.Generator) -> list[Saying]:
    middle = [_one(PLAIN, rng) for _ in range(int(rng.integers(3, 7)))]
    if rng.random() < _PLANT:
        middle.insert(int(rng.integers(len(middle) + 1)), _one(PLANTED, rng))
    if rng.random() < _LOOKALIKE:
        middle.insert(int(rng.integers(len(middle) + 1)), _one(LOOKALIKES, rng))
    return [_one(OPENINGS, rng), _one(REASONS[reason], rng), *middle, *CLOSINGS]


def _one(sayings: tuple[Saying, ...], rng: np.random.Generator) -> Saying:
    return sayings[int(rng.integers(len(sayings)))]


def _evaluations(
    conversations: list[Conversation], truth: QualityTruth, share: float, rng: np.random.Generator
) -> list[Judged]:
    found = []
    names = list(truth.leniency)
    for each in conversations:
        if rng.random() >= share:
            continue
        luck = rng.normal(0, _CONTACT_SD)
        who = rng.permutation(len(names))[: 2 if rng.random() < _TWICE and len(names) > 1 else 1]
        for evaluator in (names[int(place)] for place in who):
            level = 75 + truth.merit[each.agent] + truth.leniency[evaluator] + luck + rng.normal(0, _REST_SD)
            noise = rng.normal(0, 12, len(truth.hard))
            reached = np.clip(level + np.array(list(truth.hard.values())) + noise, 0, 100)
            found.append(Judged(each.key, evaluator, dict(zip(truth.hard, reached.tolist(), strict=True))))
    return found
