"""Any size, step and length: small, large, at the borders; the work always fits the people."""

import re
from datetime import date
from itertools import pairwise
from math import ceil, exp
from pathlib import Path

import numpy as np
import pytest

import floorwalker
from floorwalker.science.rostering import RosterProblem, default_catalogue, head_counts
from floorwalker.science.sample import Centre, make_centre, sized
from floorwalker.science.sample.calibration import agent_hours, scale_to_hours
from floorwalker.science.timegrid import TimeGrid

UNTIL = date(2026, 9, 14)


def erlang_c_agents(contacts: float, aht_seconds: float, step_seconds: int) -> int:
    """Fewest agents for 80 % in 20 seconds, by the textbook recursion, without leaning on the queueing room."""
    load = contacts * aht_seconds / step_seconds
    if load == 0:
        return 0
    agents, blocked = 0, 1.0
    while True:
        agents += 1
        blocked = load * blocked / (agents + load * blocked)
        if agents > load:
            waits = blocked / (1 - load / agents * (1 - blocked))
            if 1 - waits * exp(-(agents - load) * 20 / aht_seconds) >= 0.8:
                return agents


def people_to_roster(centre: Centre, queue: str) -> tuple[TimeGrid, list[int]]:
    """People each interval of the week from ``until`` needs: 80/20 by Erlang C, and shrinkage."""
    truth, grid = centre.truth.queues[queue], centre.demand[queue].grid.following(7)
    each = zip(truth.rates(grid), truth.aht(grid), strict=True)
    return grid, [ceil(erlang_c_agents(n, aht, grid.step_seconds) / (1 - centre.shrinkage)) for n, aht in each]


def rostered_hours_needed(centre: Centre) -> float:
    """Hours to roster in that week if shifts fitted perfectly."""
    return sum(sum(people_to_roster(centre, queue)[1]) * 0.5 for queue in centre.demand)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("preset", "people"), [("corner", 20), ("harbour", 120)])
def test_the_work_fits_the_head_count(preset: str, people: int, seed: int) -> None:
    """The week needs 70-92 % of the contract hours: the rest is what whole shifts cannot place exactly."""
    centre = make_centre(preset, seed=seed, until=UNTIL)
    contract = sum(agent.max_hours for agent in centre.people)
    assert len(centre.people) == people
    assert 0.70 < rostered_hours_needed(centre) / contract < 0.92


@pytest.mark.parametrize(("preset", "fewest", "most"), [("corner", 18, 22), ("harbour", 110, 130)])
def test_full_time_shifts_need_about_the_head_count(preset: str, fewest: int, most: int) -> None:
    """With nothing but eight-hour shifts a week takes about as many full-time people as the centre has."""
    centre = make_centre(preset, seed=1, until=UNTIL)
    people = 0
    for queue in centre.demand:
        grid, needed = people_to_roster(centre, queue)
        shifts = default_catalogue(grid, needed, short_minutes=(480,))
        counts = head_counts(RosterProblem(grid, tuple(needed), (), shifts)).value
        assert counts is not None
        people += counts.people_needed()
    assert fewest <= people <= most


def test_scale_solves_the_hours_exactly() -> None:
    """The closed form and the sum it inverts agree, in a day and in an empty slot."""
    contacts, aht = np.array([0.0, 3.0, 50.0, 120.0]), np.array([200.0, 240.0, 300.0, 280.0])
    factor = scale_to_hours(contacts, aht, 1800, 77.0)
    assert agent_hours(factor * contacts, aht, 1800) == pytest.approx(77.0, rel=1e-12)


@pytest.mark.parametrize("people", [1, 2, 39, 40, 41, 121, 777])
def test_any_size_has_exactly_its_people(people: int) -> None:
    """Borders of the splitting: one person, the last single queue, the first two, odd numbers."""
    centre = make_centre(people, seed=5, until=UNTIL, weeks=2)
    assert len({agent.id for agent in centre.people}) == people
    assert (len(centre.queues) == 1) == (people < 40)
    team_sizes = [sum(agent.team == team.name for agent in centre.people) for team in centre.teams]
    assert sum(team_sizes) == people
    assert min(team_sizes) >= 1
    assert all(demand.offered.sum() > 0 for demand in centre.demand.values())


def test_twenty_thousand_people() -> None:
    """The largest size: everybody has a name of their own, a team, and work that fits."""
    centre = make_centre(20_000, seed=5, until=UNTIL, weeks=4)
    assert len({agent.id for agent in centre.people}) == 20_000
    assert len({agent.name for agent in centre.people}) == 20_000
    assert len(centre.queues) == 48
    assert {agent.contract for agent in centre.people} == {"employee", "contractor"}
    contract = sum(agent.max_hours for agent in centre.people)
    assert 0.6 < rostered_hours_needed(centre) / contract < 0.95


def test_plans_of_any_size_have_one_person_a_queue_at_least() -> None:
    """Clients are added only once there are people for both of their queues."""
    for people in (40, 89, 90, 91, 1439, 1440, 20_000):
        plan = sized(people)
        assert plan.people == people
        sizes = sorted({queue.people for queue in plan.queues})
        assert sizes[-1] - sizes[0] <= 1


@pytest.mark.parametrize("step_seconds", [300, 900, 3600, 86_400])
def test_the_expected_day_does_not_depend_on_the_step(step_seconds: int) -> None:
    """Truths of different steps agree on each day, the opening minutes being cut by the minute."""
    half_hours = make_centre("corner", seed=9, until=UNTIL, weeks=3).truth.queues["helpdesk"]
    other = make_centre("corner", seed=9, until=UNTIL, weeks=3, step_seconds=step_seconds)
    truth, grid = other.truth.queues["helpdesk"], other.demand["helpdesk"].grid
    scale = half_hours.contacts_per_day / truth.contacts_per_day
    for day in grid.dates:
        assert truth.day_factor(day) == pytest.approx(half_hours.day_factor(day))
    daily = np.bincount(np.asarray(grid.day_index), weights=truth.rates(grid))
    assert daily * scale == pytest.approx([half_hours.contacts_per_day * truth.day_factor(d) for d in grid.dates])
    assert scale == pytest.approx(1.0, abs=0.25)


def test_until_need_not_be_a_monday_and_moves_the_history() -> None:
    """History ends where asked; leave ahead comes in calendar weeks all the same."""
    centre = make_centre("harbour", seed=4, until=date(2026, 9, 17), weeks=2)
    assert {demand.grid.last_day for demand in centre.demand.values()} == {date(2026, 9, 16)}
    leave = [sorted(agent.days_off) for agent in centre.people if agent.days_off]
    assert leave
    assert all(days[0].weekday() == 0 and len(days) % 7 == 0 for days in leave)


def test_level_is_continuous_but_for_the_shift() -> None:
    """The level is 1 at ``until`` and jumps once, by the planted shift, on its day."""
    truth = make_centre("corner", seed=4, until=UNTIL).truth.queues["helpdesk"]
    levels = [truth.level(day) for day in make_centre("corner", seed=4, until=UNTIL).demand["helpdesk"].grid.dates]
    jumps = [b / a for a, b in pairwise(levels)]
    assert truth.level(UNTIL) == 1.0
    assert max(jumps) == pytest.approx(1 + truth.shift, rel=0.001)
    assert sorted(jumps)[-2] == pytest.approx(1.0, abs=0.001)


def test_only_the_sample_and_tests_read_the_truth() -> None:
    """No other module of the package asks a centre for its truth, by attribute or by file."""
    root = Path(floorwalker.__file__).parent
    readers = [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*.py"))
        if re.search(r"\.truth\b", path.read_text(encoding="utf-8"))
    ]
    assert readers
    assert all(reader.startswith("science/sample/") for reader in readers)
