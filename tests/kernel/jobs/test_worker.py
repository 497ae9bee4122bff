"""Real workers in processes of their own, killed, asked to end, and cut off from the database (R-23)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from floorwalker.kernel import audit, jobs
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.models import AnnouncedEvent, Job, Kept
from floorwalker.kernel.postgres import Private
from tests.kernel.jobs.kinds import RESULT
from tests.kernel.jobs.workers import PATIENCE_SECONDS, Start, until, worker

__all__ = ["worker"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ADA = Actor(kind="user", id=7, name="Ada", user_id=7)


def count_to(steps: int) -> Job:
    return jobs.start("tests.count", ref=("tests.number", steps), title="Count", by=ADA, at=AT)


def under_way(job: Job) -> bool:
    return job.state == Job.State.RUNNING and (job.share or 0) > 0.1


def results() -> list[dict[str, int]]:
    return [each.body for each in AnnouncedEvent.objects.filter(name=RESULT)]


def descendants_of_threads(pid: int) -> list[int]:
    """Children started by any thread of a process."""
    return [
        int(child)
        for each in Path(f"/proc/{pid}/task").iterdir()
        for child in (each / "children").read_text().split()
    ]


def test_a_killed_workers_job_is_done_by_the_next(worker: Start) -> None:
    """kill -9 in the middle: its child dies too, the next worker starts the job anew, the result is there once."""
    job, first = count_to(100), worker()
    until(job, under_way)
    children_before = descendants_of_threads(first.pid)
    first.kill()
    first.wait()
    worker()
    until(job, lambda job: job.state == Job.State.DONE)
    assert (results(), job.fence) == ([{"counted": 100}], 2)
    assert children_before and not any(Path(f"/proc/{pid}").exists() for pid in children_before)


def test_what_is_queued_again_already_does_not_keep_others_from_rescue(worker: Start) -> None:
    """Timetabled work in dead hands whose like waits again is let go, the rest is taken up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status, scheduled_at) VALUES"
            " ('quick', 'tests.timetabled', 'tests.timetabled', 'doing', NULL),"
            " ('quick', 'tests.timetabled', 'tests.timetabled', 'todo', 'infinity')"
        )
        job = count_to(2)
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE queueing_lock IS NULL")
        worker()
        until(job, lambda job: job.state == Job.State.DONE)
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE task_name = 'tests.timetabled'")
        assert cursor.fetchall() == [("todo",)]


def test_a_killed_workers_job_goes_on_from_what_it_had_kept(worker: Start) -> None:
    """kill -9 after something was kept: the next worker begins there, and clears it away."""
    job = jobs.start("tests.count_on", ref=("tests.number", 200), title="Count on", by=ADA, at=AT)
    first = worker()
    until(job, lambda job: Kept.objects.filter(job=job, plain__gt=0).exists())
    first.kill()
    first.wait()
    kept = Kept.objects.get(job=job)
    assert kept.fence == 1
    worker()
    until(job, lambda job: job.state == Job.State.DONE)
    assert (results(), job.fence) == ([{"counted": 200, "from": kept.plain}], 2)
    assert not Kept.objects.exists()


def test_what_somebody_asked_for_is_begun_before_what_the_suite_does_of_itself(worker: Start) -> None:
    """Figures of the night were queued first; the planner who waits is served first."""
    nightly = [
        jobs.start("tests.count", ref=("tests.number", 2), title="Count", by=SYSTEM, at=AT) for _ in range(2)
    ]
    asked = count_to(2)
    worker()  # one long job at a time: `tests.kernel.jobs.working`
    for job in (*nightly, asked):
        until(job, lambda job: job.state == Job.State.DONE)
    assert asked.started_at is not None
    assert all(each.started_at and asked.started_at < each.started_at for each in nightly)


def test_a_worker_asked_to_end_gives_its_job_back(worker: Start) -> None:
    """It ends at once and without a complaint; the next worker does the job."""
    job, first = count_to(100), worker()
    until(job, under_way)
    first.terminate()
    assert first.wait(PATIENCE_SECONDS) == 0
    job.refresh_from_db()
    assert job.live and not results()
    worker()
    until(job, lambda job: job.state == Job.State.DONE)
    assert (results(), job.fence) == ([{"counted": 100}], 2)


def test_a_stopped_job_keeps_the_best(worker: Start) -> None:
    """It ends with what it has reached, and is called stopped."""
    job = count_to(1_000_000)
    worker()
    until(job, lambda job: job.state == Job.State.RUNNING and (job.best or 0) > 10)
    jobs.stop(job.pk, by=ADA, at=AT)
    until(job, lambda job: job.state == Job.State.STOPPED)
    assert results()[0]["counted"] > 10


def test_a_worker_outlives_the_loss_of_its_connections(worker: Start) -> None:
    """Every connection cut: it joins again by itself, and the job is done."""
    job, process = count_to(100), worker()
    until(job, under_way)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    until(job, lambda job: job.state == Job.State.DONE)
    assert results() == [{"counted": 100}]
    assert process.poll() is None


@pytest.mark.prove
def test_a_job_outlives_five_killed_workers(worker: Start) -> None:
    """kill -9 at five moments: the result is there once, as if nothing had been."""
    job, process = count_to(100), worker()
    for run in range(1, 6):
        until(job, lambda job, run=run: job.fence == run and (job.share or 0) > 0.15 * run)
        process.kill()
        process.wait()
        process = worker()
    until(job, lambda job: job.state == Job.State.DONE)
    assert (results(), job.fence) == ([{"counted": 100}], 6)


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Private]:
    """A real server, migrated by its owner; the test is on it as the role that serves."""
    server = Private(tmp_path_factory.mktemp("postgres"))
    before = dict(connection.settings_dict)
    connection.close()
    try:
        logins = server.start()
        connection.settings_dict.update(logins.owner.django)
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        connection.settings_dict.update(logins.app.django)
        yield server
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)
        server.stop()
        shutil.rmtree(server.folder)


@pytest.mark.prove
def test_a_worker_outlives_the_database(worker: Start, own_server: Private) -> None:
    """A server stopped for seconds in the middle of a job: the same worker ends it when the server is back."""
    job, process = count_to(100), worker()
    until(job, under_way)
    connection.close()
    own_server.stop()
    time.sleep(8)
    assert process.poll() is None
    own_server.start()
    until(job, lambda job: job.state == Job.State.DONE)
    assert results() == [{"counted": 100}]
    process.kill()


@pytest.mark.prove
def test_the_role_that_serves_may_add_to_the_audit_and_no_more(own_server: Private) -> None:
    """It seals what it adds by the owner's functions, and has no right to change a row, triggers or not."""
    with transaction.atomic():
        audit.record(by=ADA, verb="tests.count", about=("tests.number", 1), at=AT)
    assert audit.verify().entries == 1
    for statement in ("UPDATE kernel_entry SET verb = 'x'", "DELETE FROM kernel_entry", "TRUNCATE kernel_entry"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
