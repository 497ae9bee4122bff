"""A roster whose worker dies, or is stopped: the next goes on from the best, and nobody is told twice (R-23)."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.signals import post_save

from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent, AgentSkill, TeamMembership
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import Publication, Run, Week
from floorwalker.apps.schedules.queries.problems import plain_problem
from floorwalker.apps.schedules.rules.cover import Need
from floorwalker.apps.schedules.work import roster
from floorwalker.kernel import jobs
from floorwalker.kernel.jobs import life
from floorwalker.kernel.jobs.running import LEAVING, Interrupted
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.kernel.models import Job, Kept, Notice
from tests.factories import schedules as make
from tests.kernel.jobs.gate import killed_having_kept
from tests.kernel.jobs.workers import Start, until, worker
from tests.people import NOW, Cast, make_cast

__all__ = ["worker"]  # a fixture
# More units than these are kept, and a best was told.
MORE = "(kept.plain #>> '{{search,halfway,pace,work}}')::int > {units} and old.best is not null"
STOP_SECONDS = 15.0  # the goal is 5; a test must not fail because other programs keep the machine busy


def hired(cast: Cast, people: int) -> None:
    """So many more employees of the northern site who hold the skill."""
    more = Agent.objects.bulk_create(
        Agent(
            name=f"Person {n}", number=f"P{n}", team=cast.world.north_one, started_on="2024-09-02", least_hours=20
        )
        for n in range(people)
    )
    TeamMembership.objects.bulk_create(
        TeamMembership(agent=a, team_id=a.team_id, days=(a.started_on, None)) for a in more
    )
    AgentSkill.objects.bulk_create(AgentSkill(agent=a, skill=cast.world.service, level=3) for a in more)


def wavy_needs(queue: Queue, week: Week, people: int) -> list[Need]:
    """A need with two peaks a day, from seven to nine in the evening, that no set of shifts fits exactly."""
    wave = [0.4, 0.7, 1.0, 0.9, 0.6, 0.5, 0.8, 1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2]
    counts = tuple(round(people * wave[(slot - 14) // 2]) if 14 <= slot < 42 else 0 for slot in range(48))
    days = [week.first_day + timedelta(days=n) for n in range(6)]
    return [Need(queue.pk, day, 1800, counts, "80/20") for day in days]


def begun(cast: Cast, week: Week, needs: list[Need], effort: str) -> Run:
    return services.start_run(week_id=week.pk, needs=needs, effort=effort, by=cast.planner.actor, at=NOW)


def objective(result: Any) -> float:
    return sum(float(queue["objective"]) for queue in result["queues"])


def told(cast: Cast) -> int:
    return Notice.objects.filter(kind=services.RUN_ENDED, to_user=cast.planner.user.pk).count()


def test_work_cut_down_anywhere_ends_with_the_roster_it_would_have_been(
    cast: Cast, week: Week, queue: Queue
) -> None:
    """Of two queues, from each moment that was kept: the very same shifts, and no first roster made again."""
    hired(cast, 6)
    loans = make.a_queue(cast.world, name="Loans")
    run = begun(cast, week, [*wavy_needs(queue, week, 2), *wavy_needs(loans, week, 2)], Run.Effort.QUICK)
    plain, kept = plain_problem(run.pk), list[str]()
    bests = list[float]()

    def listen(told: Any) -> None:
        bests.extend([told["best"]] if told.get("best") is not None else [])

    whole = roster(plain, Watch(listen, keep=lambda state: kept.append(json.dumps(state))))
    assert len(whole["queues"]) == 2
    assert bests[-1] == pytest.approx(objective(whole))  # of both, not of the one at work last
    for number in (len(kept) // 4, len(kept) - 2):
        state, said = json.loads(kept[number]), list[Any]()
        again = roster(plain, Watch(said.append, kept=state))
        assert again["stints"] == whole["stints"]
        assert sum("first roster" in told.get("text", "") for told in said) == 1 - len(state["queues"])
    stopped = roster(plain, Watch(stopped=lambda: True, kept=json.loads(kept[-1])))
    assert stopped["stints"] == whole["stints"]


def test_a_run_interrupted_goes_on_in_the_next_worker_publishes_nothing_and_tells_once(
    cast: Cast, week: Week, queue: Queue, work: Any
) -> None:
    """The worker ends when something is kept: the job stays, the second run starts from it and ends it."""
    hired(cast, 8)
    run = begun(cast, week, wavy_needs(queue, week, 4), Run.Effort.QUICK)
    undisturbed = roster(json.loads(json.dumps(plain_problem(run.pk))), Watch())

    def leave(**_saved: Any) -> None:
        LEAVING.set()

    post_save.connect(leave, sender=Kept)
    try:
        with pytest.raises(Interrupted):
            life.run(run.job_id or 0)
    finally:
        post_save.disconnect(leave, sender=Kept)
        LEAVING.clear()
    assert (Job.objects.get(pk=run.job_id).live, told(cast)) == (True, 0)
    assert Kept.objects.get(job=run.job_id).plain["search"]["halfway"]["rows"]
    life.run(run.job_id or 0)
    run.refresh_from_db()
    assert run.state == Run.State.DONE
    assert sum(queue["objective"] for queue in run.result["queues"]) == objective(undisturbed)
    assert (told(cast), Publication.objects.count(), Kept.objects.count()) == (1, 0, 0)


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
class TestWithRealWorkers:
    """kill -9 and stop, minutes long."""

    @pytest.fixture
    def run(self, worker: Start) -> Run:
        """A search that takes minutes; begun after the worker's fixture, which empties the queue."""
        self.cast = make_cast()
        hired(self.cast, 200)
        queue, week = make.a_queue(self.cast.world), make.a_week(self.cast.world.north)
        return begun(self.cast, week, wavy_needs(queue, week, 70), Run.Effort.THOROUGH)

    def test_a_roster_killed_five_times_is_as_good_as_the_best_kept(self, run: Run, worker: Start) -> None:
        """kill -9 in the middle, five times: each goes on further, the last keeps no worse a draft, once."""
        job, best, units = the_job(run), float("inf"), -1
        for times in range(1, 6):
            killed_having_kept(worker, MORE.format(units=units))
            job.refresh_from_db()
            assert (job.fence, job.live) == (times, True)
            assert job.best is not None
            assert job.best <= best
            assert units_kept(job) > units
            best, units = job.best, units_kept(job)
        jobs.stop(job.pk, by=self.cast.planner.actor, at=NOW)
        worker()
        until(job, lambda job: not job.live)
        run.refresh_from_db()
        assert (job.fence, run.state) == (6, Run.State.STOPPED)
        assert run.result["queues"][0]["objective"] <= best
        assert run.result["queues"][0]["work"] >= units
        assert (told(self.cast), Publication.objects.count()) == (1, 0)

    def test_a_stop_keeps_the_best_soon_and_publishes_nothing(self, run: Run, worker: Start) -> None:
        """Asked to stop in the middle of the search: ended soon, with the best roster so far as a draft."""
        job, _process = the_job(run), worker()
        until(job, lambda job: job.best is not None and units_kept(job) >= 0)
        before = job.best
        began = time.monotonic()
        jobs.stop(job.pk, by=self.cast.planner.actor, at=NOW)
        until(job, lambda job: not job.live)
        seconds = time.monotonic() - began
        print(f"stopped after {seconds:.1f} s")  # noqa: T201  (pytest -rP shows it)
        run.refresh_from_db()
        assert (job.state, run.state) == (Job.State.STOPPED, Run.State.STOPPED)
        assert run.result["queues"][0]["objective"] <= before
        assert run.draft is not None
        assert not Publication.objects.exists()
        assert seconds < STOP_SECONDS


def the_job(run: Run) -> Job:
    return Job.objects.get(pk=run.job_id)


def units_kept(job: Job) -> int:
    """Units of work in what is kept of a job; none yet is less than none."""
    found = Kept.objects.filter(job=job).first()
    return int(found.plain["search"]["halfway"]["pace"]["work"]) if found else -1
