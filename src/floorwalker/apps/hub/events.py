"""What happens in the hub."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class SayingMoved(Event):
    """Something that was said has reached its owner, or moved on; who said it is not told."""

    saying_id: int
    kind: str
    state: str
    topic_id: int
    owner_id: int


@dataclass(frozen=True)
class AnswerAccepted(Event):
    """Whoever asked has accepted an answer of a colleague; both are agents, named by their agent ids."""

    answer_id: int
    question_id: int
    author_id: int
    asker_id: int


@dataclass(frozen=True)
class PracticeReused(Event):
    """An agent says “I used this” of what works for another; once a pair of post and person."""

    post_id: int
    author_id: int
    by_id: int
