"""States of a session off the phones, and who may move it."""

from __future__ import annotations

from collections.abc import Mapping

ASKED, OWED, PLACED, DELIVERED, LET_GO, DECLINED = "asked", "owed", "placed", "delivered", "let_go", "declined"
FELL_AWAY = "fell_away"
ENDED = (DELIVERED, LET_GO, FELL_AWAY, DECLINED)

# From, to: who may. "agent" is the one whose time it is, "lead" whoever plans or leads them,
# "work" the room whose work they were for.
MOVES: Mapping[tuple[str, str], tuple[str, ...]] = {
    (ASKED, OWED): ("lead",),
    (ASKED, DECLINED): ("lead",),
    (ASKED, LET_GO): ("agent",),
    (ASKED, FELL_AWAY): ("work",),
    (OWED, PLACED): ("lead",),
    (OWED, DELIVERED): ("work",),  # what the minutes were for was handed in
    (OWED, LET_GO): ("agent",),  # nobody else: a debt is forgiven by whom it is owed to
    (OWED, FELL_AWAY): ("work",),  # what the minutes were for is asked no more
    (PLACED, OWED): ("lead",),  # lost to a surge: it stays owed
    (PLACED, PLACED): ("lead",),  # moved
    (PLACED, DELIVERED): ("lead", "agent", "work"),
    (PLACED, LET_GO): ("agent",),
    (PLACED, FELL_AWAY): ("work",),
}

LONGEST_MINUTES = 8 * 60


def may_move(state: str, to: str, side: str) -> bool:
    """Whether ``side`` may bring a session from ``state`` to ``to``."""
    return side in MOVES.get((state, to), ())


def valid_minutes(minutes: int) -> bool:
    """A session takes 5 minutes to a working day, in steps of 5."""
    return 5 <= minutes <= LONGEST_MINUTES and minutes % 5 == 0
