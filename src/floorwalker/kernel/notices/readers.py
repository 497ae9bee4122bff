"""Who reads, said by the room that knows users, and when not to write, by the one that knows schedules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from floorwalker.kernel.access import Actor


@dataclass(frozen=True)
class Reader:
    """A person a notice goes to."""

    actor: Actor
    email: str
    name: str
    zone: str
    language: str = "en"


@dataclass
class Resolvers:
    reader: Callable[[int], Reader | None] | None = None
    quiet: Callable[[int, datetime], datetime] | None = None
    quiet_many: Callable[[Sequence[int], datetime], Mapping[int, datetime]] | None = None


RESOLVERS = Resolvers()


def read_by(resolve: Callable[[int], Reader | None]) -> None:
    """Say how a user's id becomes a reader; ``None`` for who can no longer sign in."""
    RESOLVERS.reader = resolve


def quiet_by(
    resolve: Callable[[int, datetime], datetime],
    many: Callable[[Sequence[int], datetime], Mapping[int, datetime]] | None = None,
) -> None:
    """Say when a person may next be written to: the moment itself in paid time, else the start of the next.

    ``many`` says it for a crowd at once; whom it leaves out may be written to at the moment itself.
    """
    RESOLVERS.quiet, RESOLVERS.quiet_many = resolve, many


def reader_of(user_id: int) -> Reader | None:
    return RESOLVERS.reader(user_id) if RESOLVERS.reader else None


def not_before(user_id: int, at: datetime) -> datetime:
    """The first moment from ``at`` on at which an e-mail does not reach into somebody's free time."""
    return max(at, RESOLVERS.quiet(user_id, at)) if RESOLVERS.quiet else at


def not_before_for(users: Sequence[int], at: datetime) -> dict[int, datetime]:
    """The same for each of many."""
    if RESOLVERS.quiet_many is None:
        return {user: not_before(user, at) for user in users}
    told = RESOLVERS.quiet_many(users, at) if users else {}
    return {user: max(at, told.get(user, at)) for user in users}
