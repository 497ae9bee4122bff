"""Whoever changes the audit behind the suite's back is found out, and the first entry concerned named (S-50)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor
from floorwalker.kernel.audit import heads
from floorwalker.kernel.audit.chain import verify
from floorwalker.kernel.models import Entry

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ADA = Actor(kind="user", id=7, name="Ada", user_id=7)
ENTRIES = 120


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def chain(db: None, home: Path) -> None:
    """Some entries, their head noted outside, and nobody who guards the table."""
    for number in range(ENTRIES):
        audit.record(
            by=ADA,
            verb="tests.count",
            about=("tests.number", number),
            facts={"number": number, "text": f"é ☎ {number}", "half": number / 2},
            at=AT + timedelta(microseconds=number),
        )
    audit.seal()
    heads.note(AT)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_entry DISABLE TRIGGER USER")


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


EDITS = {
    "at": "at + interval '1 microsecond'",
    "actor_name": "actor_name || '.'",
    "actor_id": "actor_id + 1",
    "actor_user": "NULL",
    "verb": "'tests.forgive'",
    "about_kind": "'tests.letter'",
    "about_id": "about_id || '0'",
    "person": "9",
    "facts": "facts || '{\"number\": -1}'",
    "hash": "repeat('f', 64)",
    "previous": "repeat('f', 64)",
}
CONTENT = (
    "at, actor_kind, actor_id, actor_name, actor_user, verb, about_kind, about_id, person, facts, hash, previous"
)


def edit(seq: int, column: str) -> int:
    run(f"UPDATE kernel_entry SET {column} = {EDITS[column]} WHERE seq = %s", seq)
    return seq


def delete(seq: int) -> int:
    run("DELETE FROM kernel_entry WHERE seq = %s", seq)
    return seq


def delete_and_close_ranks(seq: int) -> int:
    run("DELETE FROM kernel_entry WHERE seq = %s", seq)
    run("UPDATE kernel_entry SET seq = -seq WHERE seq > %s", seq)
    run("UPDATE kernel_entry SET seq = -seq - 1 WHERE seq < 0")
    return seq


def insert(seq: int) -> int:
    """A copy of the entry is pushed in before it."""
    run("UPDATE kernel_entry SET seq = -seq WHERE seq >= %s", seq)
    run("UPDATE kernel_entry SET seq = -seq + 1 WHERE seq < 0")
    run(
        f"INSERT INTO kernel_entry (seq, {CONTENT}) SELECT %s, {CONTENT} FROM kernel_entry WHERE seq = %s",
        seq,
        seq + 1,
    )
    return seq


def insert_beside(seq: int) -> int:
    """A copy without a number."""
    run(f"INSERT INTO kernel_entry (seq, {CONTENT}) SELECT NULL, {CONTENT} FROM kernel_entry WHERE seq = %s", seq)
    return ENTRIES + 1


def swap(seq: int, other: int) -> int:
    run("UPDATE kernel_entry SET seq = -1 WHERE seq = %s", seq)
    run("UPDATE kernel_entry SET seq = %s WHERE seq = %s", seq, other)
    run("UPDATE kernel_entry SET seq = %s WHERE seq = -1", other)
    return min(seq, other)


def cut(seq: int) -> int:
    run("DELETE FROM kernel_entry WHERE seq >= %s", seq)
    return seq


def rewrite(seq: int) -> int:
    """The entry is changed and given a hash that fits it."""
    run("UPDATE kernel_entry SET verb = 'tests.forgive' WHERE seq = %s", seq)
    rehash(seq, seq)
    return seq if seq < ENTRIES else 1  # the last one is betrayed by the head alone, which names what it covers


def rewrite_all_after(seq: int) -> int:
    """The entry is changed, and every one after it is made to fit."""
    run("UPDATE kernel_entry SET verb = 'tests.forgive' WHERE seq = %s", seq)
    rehash(seq, ENTRIES)
    return 1


def rehash(first: int, last: int) -> None:
    """Hashes that fit what the entries now say."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM kernel_entry WHERE seq = %s", [first - 1])
        previous = (cursor.fetchone() or ("0" * 64,))[0]
        cursor.execute(
            "SELECT seq, kernel_entry_text(e) FROM kernel_entry e WHERE seq BETWEEN %s AND %s ORDER BY seq",
            [first, last],
        )
        fitting = []
        for seq, text in cursor.fetchall():
            hashed = sha256((previous + text).encode()).hexdigest()
            fitting.append((previous, hashed, seq))
            previous = hashed
        cursor.executemany("UPDATE kernel_entry SET previous = %s, hash = %s WHERE seq = %s", fitting)


SEQ = st.integers(1, ENTRIES)
ATTACKS: st.SearchStrategy[Callable[[], int]] = st.one_of(
    st.builds(lambda seq, column: lambda: edit(seq, column), SEQ, st.sampled_from(sorted(EDITS))),
    *(
        st.builds(lambda seq, attack=attack: lambda: attack(seq), SEQ)
        for attack in (delete, delete_and_close_ranks, insert, insert_beside, cut, rewrite, rewrite_all_after)
    ),
    st.lists(SEQ, min_size=2, max_size=2, unique=True).map(lambda pair: lambda: swap(*pair)),
)


def finds(attack: Callable[[], int]) -> None:
    with transaction.atomic():
        expected = attack()
        verdict = verify()
        transaction.set_rollback(True)
    assert verdict.breach is not None
    assert verdict.breach.seq == expected, verdict.breach.text


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attack=ATTACKS)
def test_every_change_is_found(chain: None, attack: Callable[[], int]) -> None:
    """Edit, delete, insert, swap, cut the end, rewrite: the first entry that is not as it was is named."""
    finds(attack)


@pytest.mark.prove
@settings(max_examples=10_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attack=ATTACKS)
def test_ten_thousand_changes_are_found(chain: None, attack: Callable[[], int]) -> None:
    """The same, ten thousand times."""
    finds(attack)


def test_an_untouched_chain_is_whole(chain: None) -> None:
    """All entries fit, and so does the head noted outside."""
    verdict = verify()
    assert (verdict.whole, verdict.entries, verdict.heads) == (True, ENTRIES, 1)
    assert Entry.objects.count() == ENTRIES


def test_without_a_head_outside_a_cut_is_not_found(chain: None) -> None:
    """The naive twin: a chain alone does not know where it ended."""
    heads.file().unlink()
    cut(ENTRIES - 2)
    assert verify().whole


def test_a_forged_head_is_found(chain: None) -> None:
    """The file of heads is signed: a line of somebody else's is named."""
    heads.append('{"at": "2026-03-01", "seq": 3, "hash": "00"}:forged')
    verdict = verify()
    assert verdict.breach is not None and "line 2" in verdict.breach.text


def test_a_head_is_noted_once(chain: None) -> None:
    """Nothing new, nothing noted."""
    assert heads.note(AT) is None
    assert len(list(heads.noted())) == 1
