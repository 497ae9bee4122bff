"""A job from its start to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from floorwalker.kernel import jobs
from floorwalker.kernel.access import Actor
from floorwalker.kernel.jobs import life, registry
from floorwalker.kernel.jobs.fence import LateTwin
from floorwalker.kernel.models import Job

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ADA = Actor(kind="user", id=7, name="Ada", user_id=7)
KEPT: list[Any] = []


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch, root: Path) -> Iterator[None]:
    """Kinds of jobs for these tests only; their child processes find the tests."""
    monkeypatch.setattr(registry, "KINDS", registry.KINDS)
    monkeypatch.setenv("PYTHONPATH", str(root))
    before = dict(registry.KINDS)
    KEPT.clear()
    yield
    registry.KINDS.clear()
    registry.KINDS.update(before)


def start(call: str, plain: Any, *, memory_mb: int = 4096) -> Job:
    @jobs.job("test.sum", memory_mb=memory_mb)
    def body(running: jobs.Running) -> None:
        result = running.in_child(f"tests.kernel.jobs.{call}", plain)
        with running.write():
            KEPT.append(result)

    return jobs.start("test.sum", ref=("test.sum", 1), title="Add numbers", by=ADA, at=AT)


def test_the_work_is_done_in_a_child_without_django(work: Callable[..., None]) -> None:
    """The answer comes back, progress is kept, and the child never saw the web framework."""
    job = start("sums:add", {"numbers": [1, 2, 3]})
    assert job.state == Job.State.QUEUED
    work()
    job.refresh_from_db()
    assert KEPT == [{"sum": 6, "django": False}]
    assert (job.state, job.share, job.text, job.fence) == (Job.State.DONE, 0.5, "halfway", 1)


def test_a_work_that_imports_django_is_refused(work: Callable[..., None]) -> None:
    """It would cost its start-up each time, and could write past the fence."""
    job = start("with_django:add", {})
    work(may_fail=True)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED and "imports Django" in job.failure


def test_inline_it_gives_the_same(work: Callable[..., None]) -> None:
    """Tests of domains need no process."""
    start("sums:add", {"numbers": [1, 2, 3]})
    work(inline=True)
    assert KEPT[0]["sum"] == 6


@pytest.mark.parametrize(
    ("call", "plain", "says"),
    [
        ("sums:refuse", {}, "the week has no Monday; give one that has"),
        ("sums:break_down", {}, "not your input's fault (KeyError: 'agents')"),
        ("sums:eat", {"megabytes": 900}, "more than the 600 MB"),
        ("sums:vanish", {}, "more than the 600 MB"),
    ],
)
def test_a_failed_job_says_why(call: str, plain: Any, says: str, work: Callable[..., None]) -> None:
    """In a sentence; whether the input, the memory or we are at fault."""
    job = start(call, plain, memory_mb=600)
    work(may_fail=True)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert says in job.failure
    assert not KEPT


def test_a_late_twin_writes_nothing(db: None) -> None:
    """After another run has taken over, progress, result and end of the first are refused."""
    job = start("sums:add", {})
    first = life.take_over(job.pk)
    second = life.take_over(job.pk)
    assert first is not None and second is not None
    with pytest.raises(LateTwin):
        first.tell(share=0.9)
    with pytest.raises(LateTwin), first.write():
        KEPT.append("late")
    life.end(first, Job.State.DONE, "")
    job.refresh_from_db()
    assert (job.state, job.share, KEPT) == (Job.State.RUNNING, None, [])
    with second.write():
        KEPT.append("in time")
    life.end(second, Job.State.DONE, "")
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_a_waiting_job_stops_at_once(db: None, work: Callable[..., None]) -> None:
    """It never begins."""
    job = start("sums:add", {"numbers": [1]})
    jobs.stop(job.pk, by=ADA, at=AT)
    life.run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.STOPPED and not KEPT
