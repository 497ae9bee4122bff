"""Real workers in processes of their own, on the database of a test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from floorwalker.kernel.models import Job

PATIENCE_SECONDS = 60.0
Start = Callable[[], "subprocess.Popen[bytes]"]


def address() -> str:
    """Where the test's connection leads."""
    facts = connection.settings_dict
    who = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'], safe='')}"
    return f"postgresql://{who}@/{facts['NAME']}?host={quote(str(facts['HOST']), safe='')}"


@pytest.fixture
def worker(root: Path, tmp_path: Path) -> Iterator[Start]:
    """Start a worker on the test's database."""
    empty_queue()
    started = []

    def start() -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "floorwalker.project.settings",
            "FLOORWALKER_DATABASE": address(),
            "FLOORWALKER_HOME": str(tmp_path),
            "PYTHONPATH": str(root),
        }
        with (tmp_path / f"worker-{len(started)}.log").open("wb") as words:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.kernel.jobs.working"], env=environment, stdout=words, stderr=words
            )
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
    empty_queue()
    for log in tmp_path.glob("*.log"):
        print(log.name, log.read_text(errors="replace")[-3000:])  # noqa: T201  (pytest shows it when the test fails)


def empty_queue() -> None:
    """The queue's tables are not Django's, so its cleaning up leaves them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


def until(job: Job, reached: Callable[[Job], bool]) -> Job:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        job.refresh_from_db()
        if reached(job):
            return job
        time.sleep(0.05)
    raise AssertionError(f"{job.state}, {job.share}, {job.failure}")
