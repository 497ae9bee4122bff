"""What happens in quality."""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.kernel.events import Event


@dataclass(frozen=True)
class ReviewReleased(Event):
    """The evaluation of a contact is shown to its agent, at a moment; ``day`` is that of the contact."""

    review: int
    agent: int
    evaluator: int
    score: float
    all_points: float
    why: str
    day: str
    at: str


@dataclass(frozen=True)
class ReviewClosed(Event):
    """A review was talked through and closed, with what went well and what to improve."""

    review: int
    agent: int
    evaluator: int
    score: float


@dataclass(frozen=True)
class DisputeDecided(Event):
    """A dispute was answered; the score stands or was changed. ``why`` and ``day`` as at the release."""

    review: int
    agent: int
    evaluator: int
    decider: int
    outcome: str
    score_before: float
    score_after: float
    why: str
    day: str


@dataclass(frozen=True)
class FormPutInForce(Event):
    """Contacts are evaluated with a version of a form from now on; without a client, those of all clients."""

    form: int
    client: int | None


@dataclass(frozen=True)
class SelfEvaluationMissed(Event):
    """The days for an agent's own evaluation passed without it; the review went on."""

    review: int
    agent: int
