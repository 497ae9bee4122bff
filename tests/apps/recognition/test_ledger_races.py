"""Sixteen processes move points at once, abort at random and are killed: nothing is lost, doubled or half done."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import Account, Entry
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel.access import SYSTEM
from tests.people import NOW, make_cast
from tests.racing import at_once, clean

WORKERS = 16
ENOUGH = 100  # operations to judge, however slow the machine is
EACH = 400  # points every agent begins with
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agents(transactional_db: None) -> list[int]:
    """Four people, so that sixteen processes are in each other's way all the time."""
    cast = make_cast()
    people = (cast.agent, cast.colleague, cast.other_team_agent, cast.stranger)
    found = [each.agent.pk for each in people if each.agent is not None]
    for pk in found:
        services.award(
            to=pk, source="arena", points=EACH, ref="", why="begin", once=f"begin:{pk}", at=NOW, by=SYSTEM
        )
    return found


class Crowd:
    """Worker processes, each with a file of what the ledger acknowledged."""

    def __init__(self, folder: Path, agents: list[int]) -> None:
        self.folder, self.number = folder, 0
        self.running: list[int] = []
        facts = {key: connection.settings_dict[key] for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
        order = json.dumps({"database": facts, "agents": agents, "folder": str(folder)})
        command = [sys.executable, "-m", "tests.apps.recognition.ledger_worker", order]
        self.nursery = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def begin(self) -> None:
        assert self.nursery.stdin is not None and self.nursery.stdout is not None
        self.number += 1
        self.nursery.stdin.write(f"{self.number}\n")
        self.nursery.stdin.flush()
        self.running.append(int(self.nursery.stdout.readline()))

    def kill_one(self) -> None:
        os.kill(self.running.pop(random.Random(self.number).randrange(len(self.running))), signal.SIGKILL)

    def end(self) -> None:
        for each in self.running:
            os.kill(each, signal.SIGKILL)
        self.nursery.communicate()

    def acknowledged(self) -> list[str]:
        """Complete lines only: the last one of a killed process may be torn."""
        lines = [each.read_text(encoding="utf-8").split("\n")[:-1] for each in self.folder.iterdir()]
        return [line for found in lines for line in found]


def crowd_for(seconds: float, folder: Path, agents: list[int]) -> Crowd:
    crowd = Crowd(folder, agents)
    try:
        for _ in range(WORKERS):
            crowd.begin()
        patience = time.monotonic() + seconds + 60
        while not crowd.acknowledged() and time.monotonic() < patience:  # they are starting
            time.sleep(0.1)
        until = time.monotonic() + seconds
        while time.monotonic() < until or (len(crowd.acknowledged()) < ENOUGH and time.monotonic() < patience):
            time.sleep(seconds / 12)
            crowd.kill_one()
            crowd.begin()
    finally:
        crowd.end()
    return crowd


def judge(crowd: Crowd, agents: list[int]) -> None:
    """What holds whatever happened."""
    with connection.cursor() as cursor:  # what a killed process left open ends before anything is judged
        for _ in range(100):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
            )
            if cursor.fetchone() == (0,):
                break
            time.sleep(0.1)
    acknowledged = crowd.acknowledged()
    stored = set(Entry.objects.values_list("once", flat=True))
    assert len(acknowledged) >= ENOUGH, "hardly anything happened"
    assert set(acknowledged) <= stored, "an acknowledged operation is missing"
    assert not [once for once in stored if once.startswith("aborted")], "an aborted operation is there"
    assert queries.drifted() == []
    asked = Entry.objects.filter(kind="ask").count()
    ends = list(Entry.objects.filter(kind__in=["return", "spend"]).values_list("once", flat=True))
    assert len(ends) == len(set(ends)) <= asked, "something was redeemed twice"
    held = sum(Account.objects.filter(agent__in=agents).values_list("balance", flat=True))  # type: ignore[arg-type]
    rows = list(Entry.objects.values_list("giver__kind", "taker__kind", "points"))
    by_kind = dict.fromkeys(Account.Kind.values, 0)
    for giver, taker, n in rows:
        by_kind[giver] -= n
        by_kind[taker] += n
    assert sum(by_kind.values()) == 0
    assert by_kind["agent"] == held
    assert all(n >= 0 for kind, n in by_kind.items() if kind != "issued")


def test_sixteen_processes_for_five_seconds(tmp_path: Path, agents: list[int]) -> None:
    """The short one: a dozen kills."""
    judge(crowd_for(5, tmp_path, agents), agents)


@pytest.mark.prove
def test_sixteen_processes_for_a_minute(tmp_path: Path, agents: list[int]) -> None:
    """The long one."""
    judge(crowd_for(60, tmp_path, agents), agents)


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
