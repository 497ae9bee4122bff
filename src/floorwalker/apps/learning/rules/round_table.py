"""A round table: who may write, try and share which tip, and when."""

from __future__ import annotations

KIND = "round_table"
TIPS, TRY = "tips", "try"
OPEN, CLOSED = "open", "closed"
LONGEST = 600
MOST_EACH = 10  # tips of one person: a table, not a wall


def may_write(state: str, stage: str) -> bool:
    """Tips come while the table is asked for them."""
    return (state, stage) == (OPEN, TIPS)


def may_try(state: str, stage: str, *, own: bool) -> bool:
    """One says which one will try of what others do; one's own is in use already."""
    return (state, stage) == (OPEN, TRY) and not own


def may_consent(*, author: bool, shared: bool) -> bool:
    """Whether the tip may leave the table with a name: the author says it, also later, until it has left."""
    return author and not shared


def may_share(state: str, *, consented: bool, shared: bool) -> bool:
    """It leaves a table that has begun, once, and only with its author's yes."""
    return state in (OPEN, CLOSED) and consented and not shared
