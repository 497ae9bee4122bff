"""R-10: what the ledger should do, in forty lines without a database: the judge of the proofs."""

from __future__ import annotations

from dataclasses import dataclass, field

UNCOUNTED = ("issued", "waiting")  # everybody else has what they got, and no more


class No(Exception):
    """The ledger should refuse."""


@dataclass
class Model:
    """Balances by name; every operation by its name, so that the same again is the same."""

    balances: dict[str, int] = field(default_factory=dict)
    done: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    ended: dict[str, bool] = field(default_factory=dict)  # what was asked for: spent or not

    def move(self, once: str, giver: str, taker: str, points: int) -> None:
        if once in self.done:
            if self.done[once][1:] != (taker, points):
                raise No("another operation of that name")
            return
        if points < 1:
            raise No("nothing")
        if giver not in UNCOUNTED and self.balances.get(giver, 0) < points:
            raise No("not enough")
        self.done[once] = (giver, taker, points)
        self.balances[giver] = self.balances.get(giver, 0) - points
        self.balances[taker] = self.balances.get(taker, 0) + points

    def end(self, once: str, *, spent: bool) -> None:
        giver, taker, points = self.done[once]
        if self.ended.setdefault(once, spent) != spent:
            raise No("the other way already")
        if f"end {once}" not in self.done:
            self.move(f"end {once}", taker, "redeemed" if spent else self.heir(giver, once), points)

    def reverse(self, once: str) -> None:
        giver, taker, points = self.done[once]
        if f"reverse {once}" not in self.done:
            self.move(f"reverse {once}", self.heir(taker, once), self.home(giver), points)

    def heir(self, account: str, since: str) -> str:
        """Whose the points of an account are after what was brought together since."""
        names = list(self.done)
        for name in names[names.index(since) :]:
            if name.startswith("merge") and self.done[name][0] == account:
                account = self.done[name][1]
        return account

    def home(self, giver: str) -> str:
        return giver

    def merge(self, once: str, giver: str, taker: str) -> None:
        if once not in self.done and self.balances.get(giver, 0):
            self.move(once, giver, taker, self.balances[giver])
