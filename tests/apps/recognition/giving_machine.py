"""R-10 between limited accounts: a budget, incentives held ready, thanks of which a month has few."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from floorwalker.apps.recognition import services
from floorwalker.apps.recognition.models import Account, Budget, Entry, Incentive
from floorwalker.kernel.access import SYSTEM
from tests.apps.recognition.giving_model import KUDOS_A_MONTH, MONTHLY, Giving, Promised
from tests.apps.recognition.ledger_machine import AGENTS, Machine, names, points, who
from tests.apps.recognition.ledger_model import No
from tests.people import NOW

MOST_INCENTIVES = 6
days = st.sampled_from([0, 1, 31])
team = st.sampled_from(AGENTS[:2])  # whom the budget is for


def month(at: datetime) -> str:
    return f"{at:%Y-%m}"


class GivingMachine(Machine):
    """Fill, give, hold, pay, release and thank beside what the ledger does anyway."""

    budget: Budget

    def __init__(self) -> None:
        super().__init__()
        self.model = Giving()
        self.incentives: list[int] = []
        world, by = self.cast.world, self.cast.manager.actor
        self.budget = services.open_budget(
            name="North One", owner_id=self.cast.supervisor.user.pk, site_id=world.north.pk,
            team_id=world.north_one.pk, monthly_points=MONTHLY, by=by, at=NOW,
        )  # fmt: skip
        self.model.fill(month(NOW))
        services.set_points(points={}, kudos_a_month=KUDOS_A_MONTH, by=by, at=NOW)
        for by_hand in (True, False):
            self.write(5, 2, 1, by_hand)

    @property
    def lead(self) -> Any:
        return self.cast.supervisor.actor

    @rule(day=days)
    def fill(self, day: int) -> None:
        at = NOW + timedelta(days=day)
        once = f"fill {month(at)}"
        self.both(
            once, lambda: services.fill(budget=self.budget, by=SYSTEM, at=at), lambda: self.model.fill(month(at))
        )

    @rule(key=team, n=points, name=names, day=days)
    def give(self, key: str, n: int, name: int, day: int) -> None:
        once, at = f"gift {name}", NOW + timedelta(days=day)

        def real() -> Entry:
            return services.give(
                budget_id=self.budget.pk, agent_id=self.agent(key).pk, points=n, why="Stayed.", once=once,
                by=self.lead, at=at,
            )  # fmt: skip

        self.both(once, real, lambda: self.model.give(once, f"agent {key}", n, month(at)))

    @rule(n=st.integers(1, 8), places=st.integers(1, 4), most=st.integers(1, 2), by_hand=st.booleans())
    def plan(self, n: int, places: int, most: int, by_hand: bool) -> None:
        if len(self.incentives) < MOST_INCENTIVES:
            self.write(n, places, most, by_hand)

    def write(self, n: int, places: int, most: int, by_hand: bool) -> None:
        found = services.plan_incentive(
            budget_id=self.budget.pk, name="Try", what="Practise.", points=n, places=places, most_each=most,
            occasion="by_hand" if by_hand else "practice", first_day=NOW.date(),
            last_day=NOW.date() + timedelta(days=60), by=self.lead, at=NOW,
        )  # fmt: skip
        self.model.incentives[found.pk] = Promised(n, places, min(most, places), by_hand)
        self.incentives.append(found.pk)

    def one(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(self.incentives))

    @rule(data=st.data(), day=days)
    def announce(self, data: st.DataObject, day: int) -> None:
        n, at = self.one(data), NOW + timedelta(days=day)

        def real() -> None:
            services.announce_incentive(incentive_id=n, by=self.lead, at=at)

        self.both(f"held {n}", real, lambda: self.model.announce(n, month(at)))

    @rule(key=st.sampled_from(AGENTS[:3]), name=names)
    def pay(self, key: str, name: int) -> None:
        """Whatever runs and pays by itself; for who is of another team that is nothing."""
        agent = self.agent(key)
        paid = services.pay_incentives(occasion="practice", agent_ids=[agent.pk], about=str(name), at=NOW)
        expected = []
        for n in self.incentives if key in AGENTS[:2] else []:
            promised, once = self.model.incentives[n], f"paid {n} {name} {key}"
            if promised.state == "running" and not promised.by_hand and once not in self.model.done:
                with suppress(No):
                    self.model.pay(n, once, f"agent {key}")
                    expected.append(once)
        type(self).steps += 1
        assert len(paid) == len(expected)
        self.entries.update(zip(expected, paid, strict=True))

    @rule(data=st.data(), key=team, day=days)
    def name_winner(self, data: st.DataObject, key: str, day: int) -> None:
        n, at = self.one(data), NOW + timedelta(days=day)
        once = f"hand {n} {key} {day}"

        def real() -> Entry:
            return services.name_winner(incentive_id=n, agent_id=self.agent(key).pk, by=self.lead, at=at)

        self.both(once, real, lambda: self.model.name_winner(n, once, f"agent {key}"))

    @rule(data=st.data(), finished=st.booleans())
    def over(self, data: st.DataObject, finished: bool) -> None:
        n = self.one(data)
        if self.model.incentives[n].state == "draft" and not finished:
            return  # a draft that is called off is gone

        def real() -> None:
            if finished:
                services.finish_incentive(incentive_id=n, by=self.lead, at=NOW)
            else:
                services.cancel_incentive(incentive_id=n, why="Over.", by=self.lead, at=NOW)

        state = "ended" if finished else "cancelled"
        self.both(f"released {n}", real, lambda: self.model.over(n, state, by_hand_only=finished))

    @rule(giver=who, taker=who, name=names, day=days)
    def kudos(self, giver: str, taker: str, name: int, day: int) -> None:
        if giver == taker:
            return
        at = NOW + timedelta(days=day)

        def real() -> Entry | None:
            by = getattr(self.cast, giver).actor
            return services.give_kudos(thanks_id=name, to=self.agent(taker).pk, by=by, at=at)

        def model() -> None:
            self.model.kudos(name, giver, taker, at.date().isoformat())

        self.both(f"kudos {name} {taker}", real, model)

    @invariant()
    def limited(self) -> None:
        """What the budget and every incentive hold is what the model says, to the point."""
        balance = Account.objects.values_list("balance", flat=True)
        assert balance.get(pk=self.budget.account_id) == self.model.balances.get("budget", 0)
        held = dict(Incentive.objects.filter(pk__in=self.incentives).values_list("pk", "held__balance"))
        for n, there in held.items():
            assert (there or 0) == self.model.balances.get(f"held {n}", 0)
            assert (there is None) == (self.model.incentives[n].state == "draft")
