"""One type of contact: how it comes, how long it takes and waits, what else it may do, what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.simulation.arrivals import Arrivals
from floorwalker.science.simulation.durations import Deterministic, Duration, Infinite, Patience

AT_ONCE, FOR_EVER, EIGHTY_IN_TWENTY = Deterministic(0.0), Infinite(), ServiceTarget(0.8, 20.0)


class Channel(StrEnum):
    """How a contact occupies an agent and whether somebody waits for it."""

    CALL = "call"  # takes an agent wholly; the caller waits
    CHAT = "chat"  # takes one of the agent's places for chats; the customer waits
    DEFERRED = "deferred"  # takes an agent wholly; nobody waits, but it is due (mail, cases)
    OUTBOUND = "outbound"  # the centre calls; some do not answer


class AtClose(StrEnum):
    """What becomes of those who wait when a type closes. Deferred work always stays for the next opening."""

    SERVE = "serve"  # until the last has been served or gave up
    DROP = "drop"  # they are cut off and count as abandoned


@dataclass(frozen=True)
class Redial:
    """Those who gave up, or were blocked, may try again after ``delay``, at most ``most`` times.

    ``keep_patience``, ``keep_handling``: the same draw again (True) or a new one. A redial counts as a contact
    offered of its own; measures tell first tries apart.
    """

    probability: float
    delay: Duration
    most: int = 3
    keep_patience: bool = False
    keep_handling: bool = True
    blocked_probability: float | None = None  # None: the same as after giving up

    def __post_init__(self) -> None:
        share(self.probability, "probability")
        if self.blocked_probability is not None:
            share(self.blocked_probability, "blocked_probability")
        if self.most < 1:
            raise InvalidInput(f"most is {self.most}; give 1 or more, or leave the redial out")


@dataclass(frozen=True)
class Message:
    """Who has waited ``after_seconds`` may leave a message: the call ends, one of ``becomes`` is due instead."""

    after_seconds: float
    probability: float
    becomes: str  # name of a deferred or outbound type

    def __post_init__(self) -> None:
        at_least_zero(self.after_seconds, "after_seconds")
        share(self.probability, "probability")


@dataclass(frozen=True)
class Transfer:
    """After handling, this share goes on to another type, behind those who wait or by the time it first came."""

    to: str
    probability: float
    keep_place: bool = False

    def __post_init__(self) -> None:
        share(self.probability, "probability")


class Promise(StrEnum):
    """What a callback promises."""

    KEEP_PLACE = "keep-place"  # called when the place in the queue comes up
    WINDOW = "window"  # called within a window of time


@dataclass(frozen=True)
class Callback:
    """Offered on arrival when the queue is long or the wait expected long (either suffices; None: not looked at).

    The expected wait is contacts of the type ahead x the mean time between its last 20 answers. A promise is
    kept when an attempt begins no later than promised (``KEEP_PLACE``: whenever the place comes up, but before
    close), late when after it, broken when none was made. ``WINDOW``: from ``window_from_seconds`` to
    ``window_to_seconds`` after the offer.
    """

    accepted: float
    queue_length: int | None = None
    expected_wait_seconds: float | None = None
    promise: Promise = Promise.KEEP_PLACE
    window_from_seconds: float = 0.0
    window_to_seconds: float = 7_200.0
    attempts: int = 2
    unanswered: float = 0.1
    ring_seconds: float = 20.0  # what an attempt nobody answers costs the agent
    again_after_seconds: float = 900.0
    priority_change: int = 0  # added to the priority of the skill while it is a callback; below 0: sooner

    def __post_init__(self) -> None:
        share(self.accepted, "accepted")
        share(self.unanswered, "unanswered")
        if self.queue_length is None and self.expected_wait_seconds is None:
            raise InvalidInput("a callback needs queue_length, expected_wait_seconds, or both: when it is offered")
        for name in ("window_from_seconds", "window_to_seconds", "ring_seconds", "again_after_seconds"):
            at_least_zero(getattr(self, name), name)
        if self.window_to_seconds <= self.window_from_seconds:
            raise InvalidInput("window_to_seconds is not after window_from_seconds; give a window of some length")
        if self.attempts < 1:
            raise InvalidInput(f"attempts is {self.attempts}; give 1 or more")


@dataclass(frozen=True)
class Outbound:
    """How a type of channel OUTBOUND is called: by an agent who is idle, never while contacts wait for that agent.

    ``Skill.keep_idle`` is the threshold: so many agents of the group stay free for those who call.
    """

    unanswered: float = 0.5
    ring_seconds: float = 25.0
    attempts: int = 1
    again_after_seconds: float = 3_600.0

    def __post_init__(self) -> None:
        share(self.unanswered, "unanswered")
        at_least_zero(self.ring_seconds, "ring_seconds")
        at_least_zero(self.again_after_seconds, "again_after_seconds")
        if self.attempts < 1:
            raise InvalidInput(f"attempts is {self.attempts}; give 1 or more")


@dataclass(frozen=True)
class Value:
    """What a contact is worth: ``answered`` when answered within ``within_seconds`` (None: whenever answered),
    conversion times margin or the value of a customer saved; ``lost`` is the cost of one that was not answered."""

    answered: float = 0.0
    lost: float = 0.0
    within_seconds: float | None = None


@dataclass(frozen=True)
class Hours:
    """A type is open from ``opens`` to ``closes``, seconds since the start of the run, one pair an opening."""

    spans: tuple[tuple[float, float], ...]
    at_close: AtClose = AtClose.SERVE

    def __post_init__(self) -> None:
        before = 0.0
        for place, (opens, closes) in enumerate(self.spans):
            if not before <= opens < closes:
                span = f"spans[{place}] opens at {opens:g} s and closes at {closes:g} s"
                raise InvalidInput(f"{span}; spans ascend and do not overlap")
            before = closes


@dataclass(frozen=True)
class ContactType:
    """One type of contact.

    ``handling`` is what the contact itself takes, ``after_contact`` the work after it (the contact is gone, the
    agent is not free). ``handling_factors`` multiply both, period by period. ``balking`` is the share that leaves
    at once when nobody is free. ``short_abandon_seconds``: who gives up sooner is counted apart.
    ``base_score``, ``score_per_second``: for the queue choice by score. ``capacity``: places to wait.
    ``due_seconds``: deferred work is on time when it is finished so long after it came.
    """

    name: str
    arrivals: Arrivals
    handling: Duration
    after_contact: Duration = AT_ONCE
    handling_factors: tuple[float, ...] | None = None
    patience: Patience = FOR_EVER
    balking: float = 0.0
    short_abandon_seconds: float = 0.0
    target: ServiceTarget = EIGHTY_IN_TWENTY
    channel: Channel = Channel.CALL
    redial: Redial | None = None
    message: Message | None = None
    callback: Callback | None = None
    outbound: Outbound | None = None
    transfers: tuple[Transfer, ...] = ()
    hours: Hours | None = None
    capacity: int | None = None
    due_seconds: float | None = None
    base_score: float = 0.0
    score_per_second: float = 1.0
    value: Value = Value()

    def __post_init__(self) -> None:
        share(self.balking, "balking")
        at_least_zero(self.short_abandon_seconds, "short_abandon_seconds")
        if self.capacity is not None and self.capacity < 0:
            raise InvalidInput(f"capacity is {self.capacity}; give 0 or more places to wait")
        if sum(transfer.probability for transfer in self.transfers) > 1 + 1e-9:
            raise InvalidInput(f"the transfers of {self.name!r} add up to more than 1")
        if (self.channel is Channel.OUTBOUND) != (self.outbound is not None):
            raise InvalidInput(f"{self.name!r}: outbound is given for channel 'outbound', and only for it")


def share(value: float, name: str) -> None:
    """Refuse what is no share of 0 to 1."""
    if not 0 <= value <= 1:
        raise InvalidInput(f"{name} is {value:g}; give a share from 0 to 1")


def at_least_zero(value: float, name: str) -> None:
    """Refuse what is negative or not finite."""
    if not 0 <= value < float("inf"):
        raise InvalidInput(f"{name} is {value:g}; give a finite number, 0 or more")
