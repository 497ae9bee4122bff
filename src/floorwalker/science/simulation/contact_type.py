"""One type of contact: how it comes, how long it takes and waits, what else it may do, what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.simulation.arrivals import Arrivals
from floorwalker.science.simulation.behaviour import (
    Callback,
    Hours,
    Message,
    Offer,
    Outbound,
    Redial,
    Transfer,
    Value,
)
from floorwalker.science.simulation.checks import at_least, at_least_zero, finite, named, share
from floorwalker.science.simulation.durations import Deterministic, Duration, Infinite, Patience

AT_ONCE, FOR_EVER, EIGHTY_IN_TWENTY = Deterministic(0.0), Infinite(), ServiceTarget(0.8, 20.0)
NOTHING = Value()


class Channel(StrEnum):
    """How a contact occupies an agent and whether somebody waits for it."""

    CALL = "call"  # takes an agent wholly; the caller waits
    CHAT = "chat"  # takes one of the agent's places for chats; the customer waits
    DEFERRED = "deferred"  # takes an agent wholly; nobody waits, but it is due (mail, cases)
    OUTBOUND = "outbound"  # the centre calls; some do not answer


@dataclass(frozen=True)
class ContactType:
    """One type of contact."""

    name: str
    """What it is called; skills, transfers and measures name it so."""
    arrivals: Arrivals
    """When contacts come."""
    handling: Duration
    """What the contact itself takes."""
    after_contact: Duration = AT_ONCE
    """The work after it: the contact is gone, the agent is not free."""
    handling_factors: tuple[float, ...] | None = None
    """Multiply handling and after-contact work period by period, one value a period; null: 1 in each."""
    patience: Patience = FOR_EVER
    """How long somebody waits before giving up."""
    balking: float = 0.0
    """Share that leaves at once when nobody is free."""
    short_abandon_seconds: float = 0.0
    """Who gives up sooner is counted apart."""
    target: ServiceTarget = EIGHTY_IN_TWENTY
    """What good service means for it."""
    channel: Channel = Channel.CALL
    """How it occupies an agent, and whether somebody waits."""
    redial: Redial | None = None
    """Whether those who gave up or were blocked try again; null: nobody does."""
    message: Message | None = None
    """Whether those who wait long may leave a message; null: no."""
    callback: Callback | None = None
    """Whether a callback is offered; null: none."""
    outbound: Outbound | None = None
    """How it is called: for channel ``outbound``, and only for it."""
    transfers: tuple[Transfer, ...] = ()
    """Where handled contacts go on to; the probabilities add up to 1 at most."""
    hours: Hours | None = None
    """When it is open; null: always."""
    capacity: int | None = None
    """Places to wait; who finds none is blocked. Null: without limit."""
    due_seconds: float | None = None
    """Deferred work is on time when it is finished so long after it came; null: never late."""
    base_score: float = 0.0
    """For the queue choice ``score``: what a contact begins with."""
    score_per_second: float = 1.0
    """For the queue choice ``score``: what each second of waiting adds."""
    value: Value = NOTHING
    """What a contact is worth."""
    offer: Offer | None = None
    """What may be offered in it when it is answered; null: nothing."""

    @property
    def worth_known(self) -> bool:
        """Whether the model says what a contact brings or costs."""
        return bool(self.value.answered or self.value.lost or self.offer is not None)

    def __post_init__(self) -> None:
        named(self.name)
        share(self.balking, "balking")
        at_least_zero(self.short_abandon_seconds, "short_abandon_seconds")
        finite(self.base_score, "base_score")
        finite(self.score_per_second, "score_per_second")
        for place, factor in enumerate(self.handling_factors or ()):
            at_least_zero(factor, f"handling_factors[{place}]")
        if self.capacity is not None:
            at_least(0, self.capacity, "capacity", " places to wait")
        if self.due_seconds is not None:
            at_least_zero(self.due_seconds, "due_seconds")
        total = sum(transfer.probability for transfer in self.transfers)
        if total > 1 + 1e-9:
            raise InvalidInput(f"transfers add up to {total:g}; give probabilities that add up to 1 at most")
        if self.channel is Channel.OUTBOUND and self.outbound is None:
            raise InvalidInput("outbound is missing; channel 'outbound' needs it, {} will do")
        if self.channel is not Channel.OUTBOUND and self.outbound is not None:
            raise InvalidInput(f"outbound is given for channel '{self.channel}'; leave it out there")
