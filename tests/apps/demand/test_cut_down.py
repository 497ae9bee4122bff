"""Imports and forecasts whose worker is killed: the next goes on, and all is as if nothing had happened (R-23)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.models import ForecastRun, ForecastVersion, HistoryDay, HistoryUpload, Queue
from floorwalker.apps.demand.services import history
from floorwalker.apps.demand.work.forecasting import forecast
from floorwalker.kernel.jobs import life
from floorwalker.kernel.jobs.running import Running
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.kernel.models import Job
from tests.apps.demand.conftest import Queues
from tests.apps.demand.test_history import HALF_HOURS, place, send
from tests.background import Inline
from tests.factories.demand import a_past
from tests.kernel.jobs.workers import Start, until, worker
from tests.people import NOW, Cast, make_cast

__all__ = ["worker"]  # a fixture
KILLS = 5
SERIES = ("offered", "answered", "abandoned", "handled", "handling_seconds", "total")


class CutDown(BaseException):
    """What `kill -9` looks like from within."""


def placed(cast: Cast, queue: Queue, content: str, work: Any) -> HistoryUpload:
    """A file that was read and is about to be stored."""
    upload = send(cast, content)
    work(inline=True)
    place(cast, upload, **{"name0-meaning": str(queue.pk)})
    return upload


def days_of(queue: Queue) -> list[tuple[Any, ...]]:
    """What counts of a queue's history, each day once."""
    rows = HistoryDay.objects.filter(queue=queue, superseded_at=None).order_by("day")
    return [(row.day, *(getattr(row, name) for name in SERIES)) for row in rows]


def test_an_import_cut_down_after_the_store_was_written_counts_what_it_brought(
    cast: Cast, queues: Queues, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are there, the account is not: begun again it says what was new, as if nothing had happened."""
    upload = placed(cast, queues.aurora, HALF_HOURS, work)
    with monkeypatch.context() as patch:

        def dies(**_told: Any) -> None:
            raise CutDown

        patch.setattr(services, "keep_stored", dies)
        with pytest.raises(CutDown):
            work(inline=True)
    upload.refresh_from_db()
    assert (upload.state, HistoryDay.objects.count()) == ("storing", 0)
    job = Job.objects.get(kind=history.STORE)
    assert job.live
    with monkeypatch.context() as patch:
        patch.setattr(Running, "process", Inline)
        life.run(job.pk)
    upload.refresh_from_db()
    assert upload.state == "stored"
    assert upload.stored == {"stored": 140, "unchanged": 0, "replaced": 0, "unplaced": 0, "days": 7}
    again = placed(cast, queues.aurora, HALF_HOURS, work)
    work(inline=True)
    again.refresh_from_db()
    assert again.stored == {"stored": 0, "unchanged": 140, "replaced": 0, "unplaced": 0, "days": 0}


def begun(cast: Cast, queues: list[Queue], days: int = 14) -> ForecastRun:
    for number, queue in enumerate(queues):
        a_past(queue, date(2025, 12, 1) - timedelta(days=7 * number), 90)
    answer = cast.client(cast.planner).post(
        "/demand/forecasts/new/", {"queues": [queue.pk for queue in queues], "days": days}
    )
    assert answer.status_code == 302
    return ForecastRun.objects.latest("pk")


def test_forecasts_cut_down_anywhere_end_as_they_would_have(cast: Cast, queues: Queues) -> None:
    """Of two queues, from each moment that was kept: the very same forecasts, and none made twice."""
    run = begun(cast, [queues.aurora, queues.borealis])
    plain, kept = queries.forecast_problem(run.pk), list[str]()
    whole = forecast(plain, Watch(keep=lambda state: kept.append(json.dumps(state))))
    assert len(kept) == len(whole["queues"]) == 2
    for state in kept:
        said: list[Any] = []
        again = forecast(plain, Watch(said.append, kept=json.loads(state)))
        assert json.dumps(again) == json.dumps(whole)
        assert len(said) == 2 - len(json.loads(state)["queues"])


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
class TestWithRealWorkers:
    """kill -9 of workers, minutes long."""

    @pytest.fixture(autouse=True)
    def here(self, worker: Start, tmp_path: Path, settings: Any) -> Iterator[None]:
        """Begun after the worker's fixture, which empties the queue; both share one folder."""
        settings.HOME = tmp_path
        self.cast = make_cast()
        self.start = worker
        yield

    def queue(self, name: str) -> Queue:
        world = self.cast.world
        fields = services.QueueFields(name, world.aurora.pk, world.north.pk, skill_id=world.service.pk)
        return services.set_up_queue(fields=fields, by=self.cast.planner.actor, at=NOW)

    def end(self, job: Job, kills: int) -> None:
        """Kill so many workers in the middle of it, each a little further; the last one ends it."""
        for times in range(1, kills + 1):
            process = self.start()
            until(job, lambda job, times=times: (job.fence == times and (job.share or 0) > 0) or not job.live)
            process.kill()
            process.wait()
            job.refresh_from_db()
            if not job.live:
                return
        self.start()
        until(job, lambda job: not job.live)

    def test_an_import_killed_again_and_again_stores_every_call_once(self) -> None:
        """A year of half-hours, read and stored under kills: the days, and the account, of one left in peace."""
        rows = "".join(
            f"{date(2025, 1, 1) + timedelta(days=day)}T{hour:02}:{minute:02}:00+00:00,help,"
            f"{hour + day % 7},{hour},{day % 7},{hour * 200}\n"
            for day in range(365)
            for hour in range(24)
            for minute in (0, 30)
        )
        content = HALF_HOURS.splitlines(keepends=True)[0] + rows
        found = {}
        for name, kills in (("undisturbed", 0), ("killed", KILLS)):
            queue = self.queue(name)
            upload = send(self.cast, content.replace(",help,", f",{name},"))
            self.end(Job.objects.get(kind=history.READ, ref_id=upload.pk), kills)
            place(self.cast, upload, **{"name0-meaning": str(queue.pk)})
            self.end(Job.objects.get(kind=history.STORE, ref_id=upload.pk), kills)
            upload.refresh_from_db()
            found[name] = days_of(queue), upload.stored, upload.found["read"]
        days, account, read = found["undisturbed"]
        assert (len(days), account["stored"], read) == (365, 365 * 48, 365 * 48)
        assert found["killed"] == found["undisturbed"]

    def test_forecasts_killed_again_and_again_are_those_of_a_run_left_in_peace(self) -> None:
        """Six queues, five kills: each forecast once, and the same numbers."""
        queues = [self.queue(f"Queue {n}") for n in range(KILLS + 1)]
        run = begun(self.cast, queues)
        undisturbed = json.loads(json.dumps(forecast(queries.forecast_problem(run.pk), Watch())))
        self.end(Job.objects.get(kind="demand.forecast", ref_id=run.pk), KILLS)
        run.refresh_from_db()
        versions = {version.queue_id: version for version in ForecastVersion.objects.all()}
        assert sorted(versions) == sorted(queue.pk for queue in queues)
        for each in undisturbed["queues"]:
            kept = versions[each["queue_id"]].forecast_days.order_by("day")
            assert [row.mean for row in kept] == [day["mean"] for day in each["forecast_days"]]
