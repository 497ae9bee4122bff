"""R-10 between limited accounts: budgets, incentives and thanks with points, on top of the model of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field

from tests.apps.recognition.ledger_model import Model, No

MONTHLY, KUDOS_A_MONTH, KUDOS_POINTS, KUDOS_A_DAY = 120, 2, 5, 3


@dataclass
class Promised:
    """An incentive as its people know it."""

    points: int
    places: int
    most: int
    by_hand: bool
    state: str = "draft"


@dataclass
class Giving(Model):
    """A budget filled once a month, what is held of it for incentives, and so many thanks a month."""

    incentives: dict[int, Promised] = field(default_factory=dict)
    thanked: dict[str, tuple[str, str]] = field(default_factory=dict)  # who thanked, and the day

    @contextmanager
    def wholly(self) -> Iterator[None]:
        """All of it, or nothing of it."""
        before = deepcopy(vars(self))
        try:
            yield
        except No:
            vars(self).update(before)
            raise

    def fill(self, month: str) -> None:
        missing = MONTHLY - self.balances.get("budget", 0)
        if f"budget {month}" not in self.done and missing > 0:
            self.move(f"budget {month}", "issued", "budget", missing)

    def give(self, once: str, agent: str, points: int, month: str) -> None:
        with self.wholly():
            self.fill(month)
            self.move(once, "budget", agent, points)

    def announce(self, n: int, month: str) -> None:
        found = self.incentives[n]
        if found.state == "running":
            return
        with self.wholly():
            self.fill(month)
            self.expect(n, "draft")
            self.move(f"held {n}", "budget", f"held {n}", found.points * found.places)
            self.incentives[n].state = "running"

    def expect(self, n: int, state: str) -> None:
        if self.incentives[n].state != state:
            raise No(f"not {state}")

    def paid(self, n: int) -> list[str]:
        """Who was paid, once for each time, without what was taken back."""
        paid = [(once, taker) for once, (giver, taker, _) in self.done.items() if giver == f"held {n}"]
        return [taker for once, taker in paid if taker != "budget" and f"reverse {once}" not in self.done]

    def pay(self, n: int, once: str, agent: str) -> None:
        found, paid = self.incentives[n], self.paid(n)
        if once not in self.done:
            if len(paid) >= found.places or paid.count(agent) >= found.most:
                raise No("no place left")
            self.move(once, f"held {n}", agent, found.points)

    def name_winner(self, n: int, once: str, agent: str) -> None:
        self.expect(n, "running")
        if not self.incentives[n].by_hand:
            raise No("pays by itself")
        self.pay(n, once, agent)

    def over(self, n: int, state: str, *, by_hand_only: bool) -> None:
        """Called off or finished: what is not owed goes home."""
        if state == "cancelled" == self.incentives[n].state:
            return
        self.expect(n, "running")
        if by_hand_only and not self.incentives[n].by_hand:
            raise No("pays by itself")
        if rest := self.balances[f"held {n}"]:
            self.move(f"released {n}", f"held {n}", "budget", rest)
        self.incentives[n].state = state

    def home(self, giver: str) -> str:
        held, _, n = giver.partition("held ")
        return "budget" if n and not held and self.incentives[int(n)].state != "running" else giver

    def kudos(self, name: int, giver: str, taker: str, day: str) -> None:
        once = f"kudos {name} {taker}"
        counted = [each for each in self.thanked if f"reverse {each}" not in self.done]
        mine = [
            each for each in counted if self.thanked[each][0] == giver and self.thanked[each][1][:7] == day[:7]
        ]
        if len(mine) >= KUDOS_A_MONTH:
            raise No("all of the month are given")
        that_day = [each for each in self.thanked if each.split()[-1] == taker and self.thanked[each][1] == day]
        if once not in self.done and len(that_day) < KUDOS_A_DAY:
            self.move(once, "issued", f"agent {taker}", KUDOS_POINTS)
            self.thanked[once] = (giver, day)
