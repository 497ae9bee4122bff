"""Background work in the browser: mine, its end, its stop, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from floorwalker.kernel import jobs
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.jobs import life, registry
from floorwalker.kernel.models import Job
from tests.people import Cast

AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    """A kind of job for these tests."""

    @jobs.job("test.page", url=lambda ref: f"/tests/{ref}/")
    def body(running: jobs.Running) -> None:
        running.tell(share=0.5, best=1234.56)

    yield
    del registry.KINDS["test.page"]


@pytest.fixture
def job(cast: Cast) -> Job:
    return jobs.start("test.page", ref=("test.page", 3), title="Solve <week> 14", by=cast.planner.actor, at=AT)


def test_my_work_is_listed_and_leads_to_its_result(cast: Cast, job: Job, work: object) -> None:
    """Waiting, then done."""
    browser = cast.client(cast.planner)
    text = browser.get("/jobs/").content.decode()
    assert "Solve &lt;week&gt; 14" in text and 'data-state="waiting"' in text and "is under way" in text
    work()  # type: ignore[operator]
    assert "Nothing is under way" in browser.get("/jobs/").content.decode()
    assert 'href="/tests/3/"' in browser.get(f"/jobs/{job.pk}/").content.decode()
    assert browser.get(f"/jobs/{job.pk}/status/").json() | {"id": 0} == {
        "id": 0, "state": "done", "share": 0.5, "best": 1234.56, "bound": None, "seconds": None, "text": "",
        "failure": "",
    }  # fmt: skip


def test_the_work_of_others_is_nowhere(cast: Cast, job: Job) -> None:
    """Neither in the list nor by its address; the administrator sees all."""
    for path in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/status/"):
        assert cast.client(cast.agent).get(path).status_code == 404
        assert cast.client(cast.administrator).get(path).status_code == 200
    assert cast.client(cast.agent).post(f"/jobs/{job.pk}/stop/").status_code == 404
    assert "Solve" not in cast.client(cast.agent).get("/jobs/").content.decode()


def test_who_sees_the_thing_sees_its_work(cast: Cast, job: Job) -> None:
    """But only who started it, or runs the installation, may stop it."""
    Job.objects.filter(pk=job.pk).update(ref_id=job.pk)
    jobs.job(
        "test.page",
        refs=lambda actor: Job.objects.filter(pk=job.pk) if actor.has_role("manager") else Job.objects.none(),
    )(lambda running: None)
    assert cast.client(cast.manager).get(f"/jobs/{job.pk}/").status_code == 200
    assert cast.client(cast.manager).post(f"/jobs/{job.pk}/stop/").status_code == 404
    assert cast.client(cast.supervisor).get(f"/jobs/{job.pk}/").status_code == 404


def test_a_job_is_stopped_once(cast: Cast, job: Job) -> None:
    """Back to where one was; a second stop is refused with its reason."""
    browser = cast.client(cast.planner)
    answer = browser.post(f"/jobs/{job.pk}/stop/", headers={"referer": "http://testserver/forecasts/"})
    assert answer.url == "http://testserver/forecasts/"
    job.refresh_from_db()
    assert job.state == Job.State.STOPPED
    again = browser.post(f"/jobs/{job.pk}/stop/")
    assert again.status_code == 409 and "already ended" in again.content.decode()
    other = jobs.start("test.page", ref=("test.page", 3), title="Another", by=cast.planner.actor, at=AT)
    elsewhere = browser.post(f"/jobs/{other.pk}/stop/", headers={"referer": "https://evil.example/"})
    assert elsewhere.url == f"/jobs/{other.pk}/"


def test_the_system_starts_work_too(db: None) -> None:
    """A timetable has no user behind it."""
    job = jobs.start("test.page", ref=("test.page", 3), title="Nightly", by=SYSTEM, at=AT)
    assert (job.started_by_kind, job.started_by_user) == ("system", None)


def test_the_starter_is_told_of_the_end_of_long_work(cast: Cast, job: Job) -> None:
    """Work that took a while tells in its starter's list; short work does not, they are still looking."""
    planner = cast.client(cast.planner)
    running = life.take_over(job.pk)
    assert running is not None
    life.end(running, Job.State.FAILED, "Monday has no calls.")
    assert "Solve &lt;week&gt; 14 failed. Monday has no calls." in planner.get("/notices/").content.decode()
    short = jobs.start("test.page", ref=("test.page", 3), title="Quick", by=cast.planner.actor, at=timezone.now())
    life.run(short.pk)
    assert "Quick" not in planner.get("/notices/").content.decode()
