"""Work of many queues whose worker was killed goes on behind the last step it had finished (R-23)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from floorwalker.apps.capacity import queries
from floorwalker.apps.capacity.models import StaffingOrder
from floorwalker.apps.capacity.rostered import RESOLVER
from floorwalker.apps.capacity.work import audits, pricing, staff
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.demand.work.forecasting import forecast
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.rostering import Stretch, people_at_work
from floorwalker.science.timegrid import TimeGrid
from tests.factories import capacity as make
from tests.people import Cast

STEPS = 4  # of a week: required, rostered, and prices by two rosters of whole people


@pytest.mark.parametrize(("work", "name"), [(staff, "id"), (forecast, "queue_id")])
def test_finished_queues_are_not_done_again(work: Callable[[dict[str, Any], Watch], Any], name: str) -> None:
    """What is asked for a finished queue is not even looked at: here there is nothing to compute it from."""
    done = [{name: 1, "days": ["as it was"]}, {name: 2, "trouble": "No past to learn from."}]
    plain = {"queues": [{name: 1, "name": "One"}, {name: 2, "name": "Two"}], "purpose": "requirement"}
    assert work(plain, Watch(kept={"queues": done}))["queues"] == done


class Simulator:
    """Counts what is simulated; few replications are enough here."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.runs = 0
        for module, name, replications in ((audits, "audit", 4), (pricing, "price_of_hour", 2)):
            patch.setattr(module, "REPLICATIONS", replications)
            patch.setattr(module, name, self._counting(getattr(module, name)))

    def _counting(self, simulate: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            self.runs += 1
            return simulate(*given, **named)

        return counted

    def staff(self, plain: Any, **watch: Any) -> tuple[Any, int]:
        """The work, and how many simulations it took."""
        before = self.runs
        return staff(plain, Watch(**watch)), self.runs - before


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch) -> Simulator:
    return Simulator(monkeypatch)


@pytest.fixture
def problem(
    cast: Cast, computed: Callable[..., StaffingOrder], monkeypatch: pytest.MonkeyPatch, simulator: Simulator
) -> Any:
    """Two queues with a roster of two weeks, about to be simulated; a day a week is enough."""

    def stretches(_queue: int, first: Any, days: int) -> list[Stretch]:
        grid = TimeGrid(first, days, 1800, "Europe/Lisbon")
        mondays = [d for d, day in enumerate(grid.dates) if day.weekday() == 0]
        return [Stretch(grid.instant(d, 9 * 60), grid.instant(d, 15 * 60), None, None, 9) for d in mondays]

    def counts(queue: int, first: Any, days: int) -> Any:
        return people_at_work(TimeGrid(first, days, 1800, "Europe/Lisbon"), stretches(queue, first, days))

    monkeypatch.setattr(RESOLVER, "counts", counts)
    monkeypatch.setattr(RESOLVER, "stretches", stretches)
    queues = [make.a_queue(cast.world, name=name, zone="Europe/Lisbon") for name in ("Cards", "Loans")]
    for queue in queues:
        Queue.objects.filter(pk=queue.pk).update(hours=[make.OFFICE[0]] + [[]] * 6)
        queue.refresh_from_db()
        make.a_forecast(queue, days=14, times=0.5)
    computed(*queues, days=14)
    return json.loads(json.dumps(queries.inputs_of(StaffingOrder.objects.get(purpose="audit").pk)))


def finished(state: Any, weeks: int) -> int:
    """Steps that what was kept holds of the work, those of a finished week and queue among them."""
    begun = state.get("begun", {"steps": {}})["steps"]
    return STEPS * weeks * len(state["queues"]) + sum(1 if "/" in name else STEPS for name in begun)


def test_a_simulation_cut_down_anywhere_ends_as_it_would_have(problem: Any, simulator: Simulator) -> None:
    """Two queues, two weeks: from each moment that was kept the very same rows, and no simulation twice."""
    weeks = len(problem["queues"][0]["weeks"])
    kept: list[str] = []
    whole, runs = simulator.staff(problem, keep=lambda state: kept.append(json.dumps(state)))
    assert (len(whole["queues"]), weeks, runs) == (2, 2, 2 * 2 * STEPS)
    assert [finished(json.loads(state), weeks) for state in kept][-1] == runs
    assert {finished(json.loads(state), weeks) for state in kept} == set(range(1, runs + 1))
    for state in map(json.loads, kept[::3]):
        again, runs_again = simulator.staff(problem, kept=state)
        assert json.dumps(again) == json.dumps(whole)
        assert runs_again == runs - finished(state, weeks)


def test_a_step_in_which_it_was_stopped_is_not_kept(problem: Any, simulator: Simulator) -> None:
    """It has too few runs: what goes on from what was kept does it anew, and ends as if never stopped."""
    whole, runs = simulator.staff(problem)
    kept: list[Any] = []
    before = simulator.runs
    stopped, _ = simulator.staff(problem, keep=kept.append, stopped=lambda: simulator.runs - before >= 2)
    assert stopped["queues"] == []
    assert finished(kept[-1], 2) == 1
    again, runs_again = simulator.staff(problem, kept=json.loads(json.dumps(kept[-1])))
    assert json.dumps(again) == json.dumps(whole)
    assert runs_again == runs - 1


def test_steps_of_another_forecast_do_not_count(problem: Any, simulator: Simulator) -> None:
    """The roster or the forecast was changed while no worker lived: the week is simulated as it is now."""
    kept: list[Any] = []
    simulator.staff(problem, keep=lambda state: kept.append(json.loads(json.dumps(state))))
    state = next(each for each in kept if finished(each, 2) == STEPS + 2)  # in the second week of the first queue
    first = problem["queues"][0]["weeks"][0]
    first["required"] = [[count + 1 if count else 0 for count in day] for day in first["required"]]
    whole, runs = simulator.staff(problem)
    again, runs_again = simulator.staff(problem, kept=state)
    assert json.dumps(again) == json.dumps(whole)
    assert runs_again == runs - 2
