"""Sixteen writers book the same person at the same hours: as the suite does, by the constraint alone, and naively.

The suite locks the person and then writes under the constraint. The constraint alone is as safe, but writers who
meet in it wait for each other until PostgreSQL ends one of them, a second each time. Looking first and then
writing is fast and wrong. Each way has a table of its own like the real one; the naive one lacks the constraint.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

import psycopg

WRITERS, ROUNDS = 16, 60
MAKE = "CREATE TABLE {table} (LIKE schedules_shift INCLUDING DEFAULTS INCLUDING IDENTITY)"
EXCLUDE = """
ALTER TABLE {table} ADD EXCLUDE USING gist (int8range(agent_id, agent_id, '[]') WITH &&, period WITH &&)
WHERE (agent_id IS NOT NULL AND NOT cancelled AND until IS NULL)
"""
INDEX = "CREATE INDEX ON {table} USING gist (int8range(agent_id, agent_id, '[]'), period)"
SLOT = """
tstzrange(timestamptz '2030-01-07 08:00+00' + %(n)s * interval '1 day',
          timestamptz '2030-01-07 16:30+00' + %(n)s * interval '1 day')
"""
LOCK = "SELECT 1 FROM people_agent WHERE id = 1 FOR NO KEY UPDATE"
INSERT = """
INSERT INTO {table} (identity, agent_id, period, day, wall_minute, version, week_id, since, cancelled, since_at)
VALUES (gen_random_uuid(), 1, {slot}, date '2030-01-07' + %(n)s, 480, 1, 1, 1, FALSE, now())
"""
TAKEN = """
SELECT 1 FROM {table} WHERE int8range(agent_id, agent_id, '[]') && int8range(1, 1, '[]') AND period && {slot}
"""
DOUBLE = """
SELECT count(*) FROM {table} a JOIN {table} b ON a.id < b.id AND a.agent_id = b.agent_id AND a.period && b.period
"""
Connection = psycopg.Connection[Any]


def rows(owner_url: str) -> Iterator[dict[str, Any]]:
    """Tries a second, and pairs of shifts of one person at the same time; the naive way must have some."""
    naive = _race(owner_url, "race_naive", INDEX, _look_then_insert)
    ways = {
        "SELECT … FOR NO KEY UPDATE and constraint": _race(owner_url, "race_locked", EXCLUDE, _lock_then_insert),
        "constraint alone": _race(owner_url, "race_guarded", EXCLUDE, _insert),
        "look, then insert": naive,
    }
    for what, each in ways.items():
        yield {
            "what": f"{WRITERS} writers against one shift, {ROUNDS} times: {what}",
            "per_second": round(each["tries"]),
            "double_bookings": each["double"],
            "ratio": round(each["tries"] / naive["tries"], 2),
        }
        if bool(each["double"]) != (each is naive):
            raise AssertionError(f"{what}: {each['double']} double bookings")


def _race(url: str, table: str, guard: str, book: Callable[[Connection, str, int], None]) -> dict[str, Any]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(MAKE.format(table=table))
        connection.execute(guard.format(table=table))
        barrier = threading.Barrier(WRITERS)

        def write() -> None:
            with psycopg.connect(url) as own:
                for number in range(ROUNDS):
                    barrier.wait(timeout=60)
                    book(own, table, number)

        threads = [threading.Thread(target=write) for _ in range(WRITERS)]
        begun = perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = perf_counter() - begun
        found = connection.execute(DOUBLE.format(table=table)).fetchone()
        connection.execute(f"DROP TABLE {table}")
    return {"tries": WRITERS * ROUNDS / seconds, "double": found[0] if found else 0}


def _insert(own: Connection, table: str, number: int) -> None:
    try:
        own.execute(INSERT.format(table=table, slot=SLOT), {"n": number})
        own.commit()
    except (psycopg.errors.ExclusionViolation, psycopg.errors.DeadlockDetected):
        own.rollback()


def _lock_then_insert(own: Connection, table: str, number: int) -> None:
    own.execute(LOCK)
    _insert(own, table, number)


def _look_then_insert(own: Connection, table: str, number: int) -> None:
    if own.execute(TAKEN.format(table=table, slot=SLOT), {"n": number}).fetchone() is None:
        own.execute(INSERT.format(table=table, slot=SLOT), {"n": number})
    own.commit()
