"""`kill -9` of real workers at places where they are held: nothing is computed or stored twice (R-23)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from floorwalker.apps.capacity import services
from floorwalker.apps.capacity.models import DayAudit, DayRisk, Requirement, StaffingOrder, StaffingPolicy
from floorwalker.apps.capacity.work import audits, pricing
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.offphone.models import PriceDay
from floorwalker.kernel.models import Entry, Job, Kept
from tests.factories import schedules as make
from tests.factories.capacity import a_forecast
from tests.kernel.jobs.gate import killed_having_kept, killed_storing
from tests.kernel.jobs.workers import Start, empty_queue, worker
from tests.people import make_cast

__all__ = ["worker"]  # a fixture
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]  # six workers are started
ONE = 7  # what a test writes into what was kept, to know it again


def ended(start: Start, job: Job) -> Job:
    """By a worker that is left in peace."""
    process = start()
    while job.live:
        assert process.poll() is None, "the worker ended by itself"
        time.sleep(0.01)
        job.refresh_from_db()
    return job


class TestKilled:
    @pytest.fixture(autouse=True)
    def here(
        self, worker: Start, deliver: Callable[[], None], work: Callable[..., None], monkeypatch: Any
    ) -> Iterator[None]:
        """Two queues with a forecast and a published week; the queue of jobs is empty again."""
        self.start, self.cast = worker, make_cast()
        now, today = timezone.now(), timezone.localdate()
        self.monday: date = today + timedelta(days=7 - today.weekday())
        week, stints = make.a_week(self.cast.world.north, self.monday), []
        people = [each.agent for each in (self.cast.agent, self.cast.colleague, self.cast.other_team_agent)]
        self.queues = [make.a_queue(self.cast.world, name=name) for name in ("Cards", "Loans")]
        for queue, working in zip(self.queues, (people[:2], people[2:]), strict=True):
            Queue.objects.filter(pk=queue.pk).update(patience_seconds=120.0)
            queue.refresh_from_db()
            a_forecast(queue, self.monday, times=0.2)
            StaffingPolicy.objects.create(queue=queue, value_in_time=4.0, cost_lost=12.0)
            stints += make.working_days(week, [each for each in working if each], queue=queue)
        make.published(week, stints, now, by=self.cast.planner.actor)
        with monkeypatch.context() as patch:  # what is put to the test here comes later, with all its runs
            patch.setattr(audits, "REPLICATIONS", 4)
            patch.setattr(pricing, "REPLICATIONS", 2)
            self.order("requirement")
            deliver()
            work(inline=True)
        empty_queue()
        yield

    def order(self, purpose: str) -> tuple[StaffingOrder, Job]:
        made = services.order(
            queues=[queue.pk for queue in self.queues],
            first_day=self.monday,
            days=7,
            by=self.cast.planner.actor,
            at=timezone.now(),
            purpose=purpose,
        )
        return made, Job.objects.get(kind=services.STAFF, ref_id=made.pk)

    def once(self, made: StaffingOrder, job: Job, runs: int) -> None:
        """It ended well in that run, was stored once, and nothing is left of what was kept."""
        assert (job.state, job.fence) == (Job.State.DONE, runs)
        made.refresh_from_db()
        assert (made.left_out, made.done_at is not None) == ([], True)
        assert Entry.objects.filter(verb="capacity.staff", about_id=made.pk).count() == 1
        assert not Kept.objects.exists()

    def test_a_simulation_killed_twice_goes_on_with_the_next_step(self) -> None:
        """After its first step, then while it is stored: that step is taken as it was, all else is there once."""
        made, job = self.order("audit")
        killed_having_kept(self.start)
        kept = Kept.objects.get(job=job)
        assert kept.plain["queues"] == []
        marked = self.marked(kept)
        killed_storing(self.start, DayAudit)
        assert not DayAudit.objects.filter(replications=audits.REPLICATIONS).exists()
        self.once(made, ended(self.start, job), 3)
        rows = DayAudit.objects.filter(day__gte=self.monday)
        assert rows.filter(replications=ONE).count() == marked > 0
        others = rows.exclude(replications=ONE)
        assert set(others.values_list("replications", flat=True)) == {audits.REPLICATIONS}
        expected = {(queue.pk, basis) for queue in self.queues for basis in ("required", "rostered")}
        assert set(rows.values_list("queue", "basis")) == expected
        for queue in self.queues:
            days = PriceDay.objects.filter(group=queue.pk, source="simulation")
            assert days.count() == 7
            assert all(len(day.money) == len(day.callers) for day in days)

    def marked(self, kept: Kept) -> int:
        """What was simulated so far, made to be known again; how many days."""
        steps = kept.plain["begun"]["steps"]
        days = [day for name, rows in steps.items() if name.endswith(("/required", "/rostered")) for day in rows]
        for day in days:
            day["replications"] = ONE
        kept.save(update_fields=["plain"])
        return len(days)

    def test_required_staff_killed_twice_goes_on_with_the_next_queue(self) -> None:
        """After its first queue, then while it is stored: each requirement is made once, simulated once."""
        before = Requirement.objects.count()
        made, job = self.order("requirement")
        killed_having_kept(self.start)
        kept = Kept.objects.get(job=job)
        first = kept.plain["queues"][0]
        first["risks"][0]["short_hours"] = ONE
        kept.save(update_fields=["plain"])
        killed_storing(self.start, Requirement)
        assert Requirement.objects.count() == before
        self.once(made, ended(self.start, job), 3)
        assert Requirement.objects.count() == before + len(self.queues)
        risk = DayRisk.objects.get(queue=first["id"], day=first["risks"][0]["day"])
        assert risk.short_hours == ONE
        assert StaffingOrder.objects.filter(purpose="audit", pk__gt=made.pk).count() == 1
