"""R-11: sixteen processes move points at once, abort at random, are killed: nothing is lost or doubled.

What the database's own death does to them is in ``test_ledger_deaths``.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from floorwalker.apps.recognition import services
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel.access import SYSTEM
from tests.apps.recognition.ledger_crowd import ENOUGH, PATIENCE_SECONDS, WORKERS, Crowd, judge
from tests.apps.recognition.ledger_moves import EACH, Field, a_field
from tests.people import NOW, Cast, make_cast
from tests.racing import at_once, clean

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def field(people: Cast) -> Field:
    """Four people with points, a budget, and incentives to announce."""
    return a_field(people)


@pytest.fixture
def agents(field: Field) -> list[int]:
    return field.agents


def crowd_for(seconds: float, folder: Path, field: Field) -> Crowd:
    crowd = Crowd(folder, field)
    try:
        crowd.wait_for(1)  # they are starting
        until, patience = time.monotonic() + seconds, time.monotonic() + seconds + PATIENCE_SECONDS
        while time.monotonic() < until or (len(crowd.done()) < ENOUGH and time.monotonic() < patience):
            time.sleep(seconds / 12)
            crowd.kill_one()
    finally:
        crowd.end()
    return crowd


def test_sixteen_processes_for_five_seconds(tmp_path: Path, field: Field) -> None:
    """R-11, the short one: a dozen kills."""
    judge(crowd_for(5, tmp_path, field), field)


@pytest.mark.prove
def test_sixteen_processes_for_a_minute(tmp_path: Path, field: Field) -> None:
    """R-11, the long one."""
    judge(crowd_for(60, tmp_path, field), field)


def test_sixteen_ask_for_the_last_points_and_one_gets_them(agents: list[int]) -> None:
    """Four hundred points, sixteen who want them all at the same moment."""
    done, refused = clean(
        at_once(
            *(
                lambda n=n: ledger.redeem(
                    agent_id=agents[0], points=EACH, ref="", why="mug", once=f"last:{n}", by=SYSTEM, at=NOW
                )
                for n in range(WORKERS)
            )
        )
    )
    assert (len(done), {each.code for each in refused}) == (1, {"points_not_enough"})
    assert services.balance(agents[0]) == 0


def test_the_same_operation_sixteen_times_at_once_happens_once(agents: list[int]) -> None:
    """All of them get the one entry."""
    done, refused = clean(
        at_once(
            *(
                lambda: ledger.redeem(
                    agent_id=agents[0], points=EACH, ref="", why="mug", once="twins", by=SYSTEM, at=NOW
                )
                for _ in range(WORKERS)
            )
        )
    )
    assert (len({each.pk for each in done}), refused) == (1, [])
    assert services.balance(agents[0]) == 0


def test_points_between_two_in_both_directions_never_wait_in_a_ring(agents: list[int]) -> None:
    """Merges of A into B and of B into A at the same moment: the order of ids lets them all through."""
    pairs = [(agents[0], agents[1]), (agents[1], agents[0])] * 8
    done, refused = clean(
        at_once(
            *(
                lambda n=n, pair=pair: services.bring_together(
                    agent_id=pair[0], into=pair[1], once=f"ring:{n}", by=SYSTEM, at=NOW
                )
                for n, pair in enumerate(pairs)
            )
        )
    )
    assert (len(done), refused) == (16, [])
    assert services.balance(agents[0]) + services.balance(agents[1]) == 2 * EACH


def test_thanks_with_points_in_both_directions_never_wait_in_a_ring(people: Cast, agents: list[int]) -> None:
    """Two thank each other at the same moment: both accounts are locked at once, in the order of ids."""
    pair = (people.agent, people.colleague)
    done, refused = clean(
        at_once(
            *(
                lambda n=n, one=one, other=other: services.give_kudos(
                    thanks_id=n, to=other.agent.pk, by=one.actor, at=NOW
                )
                for n, (one, other) in enumerate([pair, pair[::-1]] * 3)
            )
        )
    )
    assert len(done) + len(refused) == 6
    assert {each.code for each in refused} <= {"points_kudos_spent"}


def test_a_gift_and_the_taking_back_of_another_never_wait_in_a_ring(people: Cast, field: Field) -> None:
    """The one goes from the budget to the agent, the other back: the order of ids lets them all through."""
    by, agent = people.supervisor.actor, field.team[0]
    told = {"budget_id": field.budget, "agent_id": agent, "points": 3, "why": "Stayed.", "by": by, "at": NOW}
    before = [services.give(**told, once=f"before {n}").pk for n in range(8)]
    done, refused = clean(
        at_once(
            *(lambda n=n: services.give(**told, once=f"now {n}") for n in range(8)),
            *(lambda pk=pk: services.reverse(entry=pk, why="Wrong.", by=by, at=NOW) for pk in before),
        )
    )
    assert (len(done), refused) == (16, [])
    assert services.balance(agent) == EACH + 8 * 3


def test_the_naive_way_spends_points_twice(agents: list[int]) -> None:
    """Read, look, write, without locks: what the ledger is for. The table is this test's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE naive_points (balance integer NOT NULL); INSERT INTO naive_points VALUES (400)"
        )
    spent: list[int] = []
    everybody_has_looked = threading.Barrier(WORKERS)

    def spend() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT balance FROM naive_points")
            (there,) = cursor.fetchone()
            everybody_has_looked.wait(timeout=50)
            if there >= EACH:
                cursor.execute("UPDATE naive_points SET balance = %s", [there - EACH])
                spent.append(EACH)

    try:
        at_once(*(spend for _ in range(WORKERS)))
        assert sum(spent) > EACH
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE naive_points")
