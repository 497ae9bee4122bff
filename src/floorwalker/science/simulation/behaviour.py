"""What a contact may do beside waiting: call again, leave a message, be called back, move on; what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation.checks import (
    MOST_ATTEMPTS,
    MOST_COUNTED,
    MOST_TRIES,
    ascending_spans,
    at_least,
    at_least_zero,
    finite,
    share,
)
from floorwalker.science.simulation.durations import Duration


@dataclass(frozen=True)
class Redial:
    """Those who gave up, or were blocked, may try again.

    A redial counts as a contact offered of its own; measures tell first tries apart.
    """

    probability: float
    """Share of those who gave up that try again."""
    delay: Duration
    """How long until they do."""
    most: int = 3
    """Tries after the first at most, 1 to 7."""
    keep_patience: bool = False
    """Whether the next try has the patience of the last one, or a new draw."""
    keep_handling: bool = True
    """Whether the next try would take as long as the last one, or a new draw."""
    blocked_probability: float | None = None
    """Share of the blocked that try again; null: the same as of those who gave up."""
    later_probability: float | None = None
    """Share that tries once more after a redial that failed as well; null: the same as the first time."""

    def __post_init__(self) -> None:
        share(self.probability, "probability")
        if self.blocked_probability is not None:
            share(self.blocked_probability, "blocked_probability")
        if self.later_probability is not None:
            share(self.later_probability, "later_probability")
        at_least(1, self.most, "most", ", or leave the redial out", at_most=MOST_TRIES)


@dataclass(frozen=True)
class Message:
    """Who has waited long may leave a message: the call ends and a piece of other work is due instead."""

    after_seconds: float
    """The wait after which the message is offered."""
    probability: float
    """Share of those offered it who leave one."""
    becomes: str
    """Name of the deferred or outbound type it becomes."""

    def __post_init__(self) -> None:
        at_least_zero(self.after_seconds, "after_seconds")
        share(self.probability, "probability")


@dataclass(frozen=True)
class Transfer:
    """After handling, a share goes on to another type."""

    to: str
    """Name of the type."""
    probability: float
    """Share of the handled contacts that go there."""
    keep_place: bool = False
    """Whether they queue by the time they first came, or behind those who wait."""

    def __post_init__(self) -> None:
        share(self.probability, "probability")


class Promise(StrEnum):
    """What a callback promises."""

    KEEP_PLACE = "keep-place"  # called when the place in the queue comes up
    WINDOW = "window"  # called within a window of time


@dataclass(frozen=True)
class Callback:
    """Offered on arrival when the queue is long or the wait expected long; either suffices, one must be given.

    The expected wait is contacts of the type ahead × the mean time between its last 20 answers. A promise is
    kept when an attempt begins no later than promised (``keep-place``: whenever the place comes up, but before
    close), late when after it, broken when none was made. Who takes one stays among the offered and is neither
    answered nor abandoned: for a service level of the offered they were not answered in time.
    """

    accepted: float
    """Share of those offered a callback who take it."""
    queue_length: int | None = None
    """Offered from so many waiting contacts of the type on; null: not looked at."""
    expected_wait_seconds: float | None = None
    """Offered from this expected wait on; null: not looked at."""
    promise: Promise = Promise.KEEP_PLACE
    """Called when the place in the queue comes up, or within a window of time."""
    window_from_seconds: float = 0.0
    """The window begins so long after the offer."""
    window_to_seconds: float = 7_200.0
    """The window ends so long after the offer."""
    attempts: int = 2
    """Attempts at most, 1 to 15."""
    unanswered: float = 0.1
    """Share of attempts nobody answers."""
    ring_seconds: float = 20.0
    """What an attempt nobody answers costs the agent."""
    again_after_seconds: float = 900.0
    """How long after an attempt nobody answered the next one is due."""
    priority_change: int = 0
    """Added to the priority of the skill while it is a callback; below 0: sooner."""

    def __post_init__(self) -> None:
        share(self.accepted, "accepted")
        share(self.unanswered, "unanswered")
        if self.queue_length is None and self.expected_wait_seconds is None:
            raise InvalidInput("a callback needs queue_length, expected_wait_seconds, or both: when it is offered")
        for name in ("window_from_seconds", "window_to_seconds", "ring_seconds", "again_after_seconds"):
            at_least_zero(getattr(self, name), name)
        if self.queue_length is not None:
            at_least(0, self.queue_length, "queue_length", " waiting contacts")
        if self.expected_wait_seconds is not None:
            at_least_zero(self.expected_wait_seconds, "expected_wait_seconds")
        if self.window_to_seconds <= self.window_from_seconds:
            raise InvalidInput(
                f"window_to_seconds is {self.window_to_seconds:g}; "
                f"give more than window_from_seconds, {self.window_from_seconds:g}"
            )
        at_least(1, self.attempts, "attempts", at_most=MOST_ATTEMPTS)
        at_least(-MOST_COUNTED, self.priority_change, "priority_change")


@dataclass(frozen=True)
class Outbound:
    """How a type of channel ``outbound`` is called: by an agent who is idle, never while contacts wait for them.

    ``keep_idle`` of a skill is the threshold: so many agents of the group stay free for those who call.
    """

    unanswered: float = 0.5
    """Share of attempts nobody answers."""
    ring_seconds: float = 25.0
    """What an attempt nobody answers costs the agent."""
    attempts: int = 1
    """Attempts at most, 1 to 15."""
    again_after_seconds: float = 3_600.0
    """How long after an attempt nobody answered the next one is due."""

    def __post_init__(self) -> None:
        share(self.unanswered, "unanswered")
        at_least_zero(self.ring_seconds, "ring_seconds")
        at_least_zero(self.again_after_seconds, "again_after_seconds")
        at_least(1, self.attempts, "attempts", at_most=MOST_ATTEMPTS)


@dataclass(frozen=True)
class Value:
    """What a contact is worth, in money."""

    answered: float = 0.0
    """Gained by one answered in time: conversion × margin, or the value of a customer saved."""
    lost: float = 0.0
    """Cost of one that was not answered."""
    within_seconds: float | None = None
    """In time means answered within this wait; null: whenever answered. A callback: its promise was kept."""

    def __post_init__(self) -> None:
        finite(self.answered, "answered")
        finite(self.lost, "lost")
        if self.within_seconds is not None:
            at_least_zero(self.within_seconds, "within_seconds")


@dataclass(frozen=True)
class Offer:
    """What may be offered in a contact beyond what it came for: something more, or a reason to stay.

    Each answered contact of the type is one in which an offer fits or does not. The time an offer takes belongs to
    the handling of those who make it.
    """

    appropriate: float
    """Share of the answered contacts in which an offer fits; in the others the matter is to be resolved."""
    accepted: float
    """Share of the fitting offers made that are taken."""
    made: float = 1.0
    """Share of the contacts in which an offer fits where it is made; a skill may say another for its group."""
    margin: float = 0.0
    """Gained by one that is taken, costs deducted; of a save, what the customer who stays is worth."""
    pushy: float = 0.0
    """Share of the contacts in which no offer fits where one is made all the same."""
    pushy_cost: float = 0.0
    """What one made where it does not fit costs."""

    def __post_init__(self) -> None:
        for name in ("appropriate", "accepted", "made", "pushy"):
            share(getattr(self, name), name)
        finite(self.margin, "margin")
        at_least_zero(self.pushy_cost, "pushy_cost")


class AtClose(StrEnum):
    """What becomes of those who wait when a type closes. Deferred work always stays for the next opening."""

    SERVE = "serve"  # until the last has been served or gave up
    DROP = "drop"  # they are cut off and count as abandoned


@dataclass(frozen=True)
class Hours:
    """When a type is open."""

    spans: tuple[tuple[float, float], ...]
    """Openings: from and to in seconds since the start of the run, ascending, without overlap."""
    at_close: AtClose = AtClose.SERVE
    """What becomes of those who wait when it closes: served to the last, or cut off."""

    def __post_init__(self) -> None:
        ascending_spans(self.spans, "spans")
