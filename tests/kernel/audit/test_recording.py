"""What is done is written down in one chain, by the transaction that does it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction

from floorwalker.apps.people.models import Site
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.audit import heads
from floorwalker.kernel.models import Entry
from floorwalker.kernel.roles import Role
from tests.people import Cast

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ADA = Actor(kind="user", id=7, name="Ada", user_id=7)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    """Heads are noted in a folder of the test's."""
    settings.HOME = tmp_path


def record(number: int = 12, **facts: Any) -> None:
    audit.record(by=ADA, verb="schedules.publish", about=("schedules.publication", number), facts=facts, at=AT)


@pytest.mark.django_db
def test_an_entry_says_who_did_what_when_and_why() -> None:
    """All that was said is kept, and sealed."""
    record(why="week 14")
    audit.seal()
    entry = Entry.objects.get()
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("user", 7, "Ada")
    assert (entry.verb, entry.about_kind, entry.about_id) == ("schedules.publish", "schedules.publication", "12")
    assert (entry.at, entry.facts) == (AT, {"why": "week 14"})
    assert entry.seq == 1 and entry.previous == "0" * 64 and len(entry.hash or "") == 64


@pytest.mark.django_db
def test_an_address_of_any_length_that_is_not_theirs_is_written_down(cast: Cast) -> None:
    """Somebody who makes up a long address is told there is nothing, and that they asked is kept."""
    for path in (f"/people/agents/{'9' * 300}/", f"/promises/{'x' * 300}/"):
        assert cast.client(cast.planner).get(path).status_code == 404
        assert path.startswith(Entry.objects.filter(verb="access.denied").latest("pk").about_id)


@pytest.mark.django_db
def test_facts_of_every_kind_can_be_verified() -> None:
    """Whatever the database makes of a number or a letter, the chain still fits."""
    record(
        whole=3.0, large=1e22, small=1e-7, endless=float("inf"), half=0.5, amount=Decimal("1.10"),
        day=date(2026, 3, 1), moment=AT, length=timedelta(minutes=90), role=Role.AGENT, many={3, 1, 2},
        pair=(1, None), deep={"yes": True}, text="é ☎ \x00 \ud800", empty="",
    )  # fmt: skip
    audit.seal()
    assert audit.verify().whole
    facts = Entry.objects.get().facts
    assert (facts["many"], facts["role"], facts["length"], facts["amount"]) == ([1, 2, 3], "agent", 5400, "1.10")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["password", "newPassword", "api_key", "token", "reset-token", "secret", "session_key"]
)
def test_a_secret_is_refused(key: str) -> None:
    """The audit never forgets and is read by people."""
    with pytest.raises(audit.SecretInAudit, match="leave out"):
        record(**{key: "hunter2"})
    with pytest.raises(audit.SecretInAudit):
        record(settings={key: "hunter2"})


@pytest.mark.django_db
def test_the_name_of_a_secret_thing_is_none() -> None:
    """Which token, and that a password was changed, may be said."""
    said = {"token_id": 3, "token_name": "payroll", "password_changed": True}
    record(**said)
    assert Entry.objects.get().facts == said


@pytest.mark.django_db
def test_a_read_is_written_down_unless_it_is_ones_own() -> None:
    """Who looked at somebody else's record is kept for them."""
    audit.seen(by=ADA, about=("coaching.note", 3), person=7, at=AT)
    audit.seen(by=ADA, about=("coaching.note", 3), person=8, at=AT)
    entry = Entry.objects.get()
    assert (entry.verb, entry.person) == ("coaching.note.seen", 8)


@pytest.mark.django_db(transaction=True)
def test_what_does_not_happen_is_not_written_down() -> None:
    """And what cannot be written down does not happen (R-22)."""
    with pytest.raises(RuntimeError, match="in the transaction"):
        record()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record()
        raise ZeroDivisionError
    assert not Entry.objects.exists()
    with pytest.raises(audit.SecretInAudit), transaction.atomic():
        Site.objects.create(name="North", zone="UTC")
        record(password="x")
    assert not Site.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_entry SET verb = 'x'",
        "UPDATE kernel_entry SET hash = hash",
        "DELETE FROM kernel_entry",
        "INSERT INTO kernel_entry SELECT * FROM kernel_entry",
    ],
)
def test_the_database_refuses_every_change(statement: str) -> None:
    """Whoever asks, short of switching the guard off."""
    record()
    audit.seal()
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_database_refuses_to_empty_the_table() -> None:
    """The guard the tests' own cleaning up switches off, switched on."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_entry ENABLE TRIGGER kernel_entry_no_truncate")
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE kernel_entry")


def together(*works: Callable[[], None]) -> list[Exception]:
    """Run works in threads of their own; what went wrong."""
    troubles: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            troubles.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return troubles


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain() -> None:
    """Eight actors, ten actions each, at the same time: no gap, no fork."""

    def act() -> None:
        for number in range(10):
            with transaction.atomic():
                record(number)
                record(number)

    assert together(*[act] * 8) == []
    verdict = audit.verify()
    assert (verdict.whole, verdict.entries) == (True, 160)


@dataclass
class TwoSites:
    """Two actions that write an entry and then both a row the other has: in opposite order of entry and row."""

    ahead: threading.Barrier

    def entry_first(self, seal: Callable[[], None]) -> None:
        with transaction.atomic():
            record()
            seal()
            self.ahead.wait(5)
            Site.objects.update(country="PT")

    def row_first(self, seal: Callable[[], None]) -> None:
        with transaction.atomic():
            Site.objects.update(country="ES")
            self.ahead.wait(5)
            record()
            seal()


@pytest.mark.django_db(transaction=True)
def test_the_chain_makes_nobody_wait_for_ever() -> None:
    """One writes its entry before a row, the other after it: both are done, as sealing waits for the commit."""
    Site.objects.create(name="North", zone="UTC")
    two = TwoSites(threading.Barrier(2))
    nothing = lambda: None  # noqa: E731
    assert together(lambda: two.entry_first(nothing), lambda: two.row_first(nothing)) == []
    assert audit.verify().entries == 2


@pytest.mark.django_db(transaction=True)
def test_sealing_at_once_would_make_them_wait_for_ever() -> None:
    """The naive twin: sealed while the action still goes on, one of the two dies in a deadlock."""
    Site.objects.create(name="North", zone="UTC")
    two = TwoSites(threading.Barrier(2))
    (trouble,) = together(lambda: two.entry_first(audit.seal), lambda: two.row_first(audit.seal))
    assert isinstance(trouble, OperationalError) and "deadlock" in str(trouble)


@pytest.mark.django_db(transaction=True)
def test_the_head_goes_outside() -> None:
    """Noted in a file, signed; a later cut is measured against it."""
    with transaction.atomic():
        audit.record(by=SYSTEM, verb="tests.count", about=("tests.number", 1), at=AT)
    head = heads.note(AT)
    assert head is not None and head.seq == 1
    assert list(heads.noted()) == [head]
