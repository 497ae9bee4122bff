"""What the ledger should do, in forty lines without a database: the judge of the proofs."""

from __future__ import annotations

from dataclasses import dataclass, field


class No(Exception):
    """The ledger should refuse."""


@dataclass
class Model:
    """Balances by name; every operation by its name, so that the same again is the same."""

    balances: dict[str, int] = field(default_factory=dict)
    done: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    ended: dict[str, bool] = field(default_factory=dict)  # what was asked for: spent or not
    reversed: set[str] = field(default_factory=set)

    def move(self, once: str, giver: str, taker: str, points: int) -> None:
        if once in self.done:
            if self.done[once][1:] != (taker, points):
                raise No("another operation of that name")
            return
        if points < 1:
            raise No("nothing")
        if giver.startswith("agent") and self.balances.get(giver, 0) < points:
            raise No("not enough")
        self.done[once] = (giver, taker, points)
        self.balances[giver] = self.balances.get(giver, 0) - points
        self.balances[taker] = self.balances.get(taker, 0) + points

    def end(self, once: str, *, spent: bool) -> None:
        giver, taker, points = self.done[once]
        self.move(f"end {once}", taker, "redeemed" if spent else giver, points)

    def reverse(self, once: str) -> None:
        giver, taker, points = self.done[once]
        self.move(f"reverse {once}", taker, giver, points)

    def merge(self, once: str, giver: str, taker: str) -> None:
        if once not in self.done and self.balances.get(giver, 0):
            self.move(once, giver, taker, self.balances[giver])
