"""`kill -9` of a real worker at a place where it is held: no chance in which moment is met."""

from __future__ import annotations

import time
from collections.abc import Callable
from subprocess import Popen
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from floorwalker.kernel.models import Job
from tests.kernel.jobs.workers import Start

GATE = 20_260_309  # an advisory lock
HOLD = """
create function hold_who_has_kept() returns trigger language plpgsql as $$ begin
  if exists (select 1 from kernel_kept kept where kept.job_id = new.id and ({when})) then
    perform pg_advisory_xact_lock({gate});
  end if;
  return new;
end $$;
create trigger hold_who_has_kept before update on kernel_job for each row execute function hold_who_has_kept()
"""
LET_GO = "drop trigger hold_who_has_kept on kernel_job; drop function hold_who_has_kept()"


def sql(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def waits_at_gate() -> bool:
    return bool(sql("select count(*) from pg_locks where locktype = 'advisory' and not granted"))


def waits_for(model: type[Model]) -> bool:
    """Whether somebody stands before the model's table."""
    table = f"'{model._meta.db_table}'::regclass"
    return bool(sql(f"select count(*) from pg_locks where not granted and relation = {table}"))


def others(*, in_transaction: bool = False) -> int:
    """Connections of others to this database that do something."""
    inside = "xact_start is not null" if in_transaction else "state <> 'idle'"
    return int(
        sql(
            "select count(*) from pg_stat_activity where datname = current_database()"
            f" and pid <> pg_backend_pid() and backend_type = 'client backend' and {inside}"
        )
    )


def settled() -> None:
    """Wait until the server has noticed that the client is gone, and let go of its locks."""
    for _ in range(400):
        if others() == 0:
            return
        time.sleep(0.05)
    raise AssertionError("the server still works for a client that is dead")


def killed(process: Popen[bytes], where: Callable[[], bool]) -> None:
    """`kill -9` once it stands there; until then it must live, and have a job to do."""
    while not where():
        assert process.poll() is None, "the worker ended by itself"
        assert Job.objects.filter(ended_at=None).exists(), "the job ended before it came there"
        time.sleep(0.01)
    process.kill()
    process.wait()


def killed_having_kept(start: Start, when: str = "true") -> None:
    """Right after what it kept: before its next sign of life it waits at a gate of the test.

    ``when`` says of which ``kept``, and of the job as it is (``old``), in SQL: whoever goes on from what another
    run has kept is let pass until there is more.
    """
    sql(HOLD.format(gate=GATE, when=when))
    sql(f"select pg_advisory_lock({GATE})")
    try:
        killed(start(), waits_at_gate)
    finally:
        sql(f"select pg_advisory_unlock({GATE})")
        settled()
        sql(LET_GO)


def killed_storing(start: Start, model: type[Model]) -> None:
    """All is computed, and it waits for a table that is held here."""
    process = start()
    with transaction.atomic():
        sql(f"lock table {model._meta.db_table} in share mode")
        killed(process, lambda: waits_for(model))
    settled()
