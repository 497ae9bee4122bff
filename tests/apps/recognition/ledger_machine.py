"""R-10: a random machine drives the ledger and its model; after every step they agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import Account, Entry
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import Refused
from tests.apps.recognition.ledger_model import Model, No
from tests.people import NOW, Cast

AGENTS = ("agent", "colleague", "other_team_agent", "stranger")
who = st.sampled_from(AGENTS)
points = st.integers(min_value=-1, max_value=30)
names = st.integers(min_value=0, max_value=60)  # few, so that operations come twice
GIVEN = ("award", "gift", "paid", "hand", "kudos")  # what can be taken back


class Machine(RuleBasedStateMachine):
    """Grant, ask, deliver, decline, reverse, merge, forget – in any order, many of them twice."""

    cast: Cast
    model: Any
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.model = Model()
        self.entries: dict[str, Entry] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def agent(self, key: str) -> Agent:
        found = getattr(self.cast, key).agent
        assert found is not None
        return found  # type: ignore[no-any-return]

    def both(self, once: str, real: Callable[[], Any], model: Callable[[], None]) -> None:
        """Do it here and there: both do it, or both refuse."""
        type(self).steps += 1
        try:
            model()
            expected = True
        except No:
            expected = False
        try:
            with transaction.atomic():
                entry = real()
            assert expected, "the ledger did what the model refuses"
            if entry is not None:
                self.entries.setdefault(once, entry)
        except Refused as refusal:
            assert not expected, f"the ledger refused what the model does: {refusal}"

    @rule(key=who, n=points, name=names)
    def award(self, key: str, n: int, name: int) -> None:
        once = f"award {name}"

        def real() -> Entry:
            return services.award(
                to=self.agent(key).pk, source="arena", points=n, ref="", why="won", once=once, at=NOW, by=SYSTEM
            )

        self.both(once, real, lambda: self.model.move(once, "issued", f"agent {key}", n))

    @rule(key=who, n=points, name=names)
    def ask(self, key: str, n: int, name: int) -> None:
        once = f"ask {name} {key}"

        def real() -> Entry:
            return ledger.redeem(
                agent_id=self.agent(key).pk, points=n, ref="", why="mug", once=once, by=SYSTEM, at=NOW
            )

        self.both(once, real, lambda: self.model.move(once, f"agent {key}", "waiting", n))

    @rule(data=st.data(), spent=st.booleans())
    def end(self, data: st.DataObject, spent: bool) -> None:
        asked = [once for once in self.entries if once.startswith("ask")]
        if not asked:
            return
        once = data.draw(st.sampled_from(asked))
        entry = Entry.objects.select_related("giver", "taker").get(pk=self.entries[once].pk)

        def real() -> Entry:
            return ledger.end_redeeming(asked=entry, spent=spent, why="mug", by=SYSTEM, at=NOW)

        self.both(f"end {once}", real, lambda: self.model.end(once, spent=spent))

    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        awards = [once for once in self.entries if once.startswith(GIVEN)]
        if not awards:
            return
        once = data.draw(st.sampled_from(awards))

        def real() -> Entry:
            entry = self.entries[once]
            return services.reverse(entry=entry.pk, why="wrong", by=SYSTEM, at=entry.at)

        self.both(f"reverse {once}", real, lambda: self.model.reverse(once))

    @rule(giver=who, taker=who, name=names)
    def merge(self, giver: str, taker: str, name: int) -> None:
        if giver == taker:
            return
        once = f"merge {name} {giver} {taker}"

        def real() -> Entry | None:
            return services.bring_together(
                agent_id=self.agent(giver).pk, into=self.agent(taker).pk, once=once, by=SYSTEM, at=NOW
            )

        self.both(once, real, lambda: self.model.merge(once, f"agent {giver}", f"agent {taker}"))

    @rule(key=who)
    def forget(self, key: str) -> None:
        type(self).steps += 1
        services.forget_words(agent_id=self.agent(key).pk, by=SYSTEM, at=NOW)

    @invariant()
    def agree(self) -> None:
        """The sum is zero, balances are the model's, and history played again gives the balances."""
        assert sum(self.model.balances.values()) == 0
        for key in AGENTS:
            assert services.balance(self.agent(key).pk) == self.model.balances.get(f"agent {key}", 0)
        assert queries.drifted() == []

    @invariant()
    def whole(self) -> None:
        """As many operations here as there; what was issued is with agents, waits, or is spent."""
        rows = Entry.objects.order_by()
        assert rows.count() == len(self.model.done)
        given = dict(rows.values_list("giver__kind").annotate(n=Sum("points")))
        taken = dict(rows.values_list("taker__kind").annotate(n=Sum("points")))
        kinds = Account.Kind.values
        sums = {kind: taken.get(kind, 0) - given.get(kind, 0) for kind in kinds}
        assert sum(sums.values()) == 0
        for kind in ("issued", "waiting", "redeemed", "budget", "held"):
            assert sums[kind] == sum(n for key, n in self.model.balances.items() if key.split()[0] == kind)
