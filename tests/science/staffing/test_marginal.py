"""Marginal value, span and levelling."""

from datetime import date

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import Goals, ServiceTarget, erlang_a, erlang_c
from floorwalker.science.staffing import balance, check_span, level, marginal_value, plan_intervals

from .centres import forecast

TARGET = ServiceTarget(0.8, 20)
GOALS = Goals(TARGET)


def test_one_agent_more_saves_what_the_formula_says():
    """Contacts an hour: twice the difference of two half-hours of Erlang A."""
    value = marginal_value(forecast([100]), np.full(48, 12.0), GOALS, patience_seconds=120.0)
    lost = {n: 100 * erlang_a(n, 100, 1800, 180, 120, TARGET).abandon_rate for n in (11, 12, 13)}
    timely = {n: 100 * erlang_a(n, 100, 1800, 180, 120, TARGET).answered_within for n in (11, 12, 13)}
    assert value.saved_by_one_more[0] == pytest.approx(2 * (lost[12] - lost[13]))
    assert value.lost_by_one_fewer[0] == pytest.approx(2 * (lost[11] - lost[12]))
    assert value.in_time_by_one_more[0] == pytest.approx(2 * (timely[13] - timely[12]))
    assert value.late_by_one_fewer[0] == pytest.approx(2 * (timely[12] - timely[11]))
    assert value.now.abandoned[0] == pytest.approx(lost[12])


def test_without_patience_only_time_is_won():
    """Erlang C loses nobody; an unstable queue answers nobody in time."""
    value = marginal_value(forecast([100]), np.full(48, 10.0), GOALS)
    assert not value.saved_by_one_more.any()
    gain = 2 * 100 * erlang_c(11, 100, 1800, 180, TARGET).answered_within
    assert value.in_time_by_one_more[0] == pytest.approx(gain)
    assert np.isinf(value.cost_per_contact_saved(20.0)[0])


def test_one_more_is_never_worse_and_matters_less_and_less():
    """Gains are not negative and fall with the staff, once there is enough to be stable."""
    gains = [
        marginal_value(forecast([100]), np.full(48, n), GOALS, patience_seconds=120.0).in_time_by_one_more[0]
        for n in range(11, 30)
    ]
    assert min(gains) >= 0 and gains == sorted(gains, reverse=True)


def test_overstaffing_is_flagged_in_whole_agents_and_hours():
    """Two agents beyond the plan in one half-hour are one spare hour; two missing are a short one."""
    ahead = forecast([100, 100, 100])
    needed = plan_intervals(ahead, GOALS, min_staff=1).required.astype(float)
    agents = needed + np.pad([2.0, 0.9, -2.0], (0, 45))
    value = marginal_value(ahead, agents, GOALS, min_staff=1)
    assert list(value.spare[:4]) == [2, 0, -2, 0]
    assert list(value.overstaffed[:3]) == [True, False, False]
    assert value.spare_hours == 1 and value.short_hours == 1
    assert marginal_value(ahead, agents, GOALS).spare[5] == 1  # without a minimum the quiet agent is spare


def test_closed_intervals_gain_nothing_and_empty_staff_loses_nothing():
    """Nobody can be taken from nobody."""
    opened = np.arange(48) < 2
    value = marginal_value(forecast([50, 50], opened=opened), np.zeros(48), GOALS, patience_seconds=60.0)
    assert not value.in_time_by_one_more[2:].any() and not value.late_by_one_fewer.any()
    assert value.saved_by_one_more[0] > 0


def test_the_best_intervals_come_first_and_the_cost_follows():
    """The shortest-staffed interval wins most, and saving there is cheapest."""
    value = marginal_value(forecast([60, 100, 60]), np.full(48, 9.0), GOALS, patience_seconds=90.0)
    assert value.where_one_more_wins_most(1)[0] == 1
    cost = value.cost_per_contact_saved(30.0)
    assert np.argmin(cost) == 1 and cost[1] == pytest.approx(30 / value.saved_by_one_more[1])
    with pytest.raises(InvalidInput, match="hourly cost"):
        value.cost_per_contact_saved(-1)


def test_goals_without_target_need_one_to_measure_by():
    """measured_as changes what counts as in time."""
    goals = Goals(None, max_occupancy=0.9)
    with pytest.raises(InvalidInput, match="measured_as"):
        marginal_value(forecast([50]), np.full(48, 6.0), goals)
    gains = [
        marginal_value(
            forecast([50]), np.full(48, 6.0), goals, measured_as=ServiceTarget(0.8, s)
        ).in_time_by_one_more[0]
        for s in (5, 60)
    ]
    assert gains[0] != gains[1]


def test_the_span_names_what_comes_before_after_and_between():
    """Demand 08:00-12:00, staff 09:00-11:00 with a hole at 10:00."""
    contacts = np.where((np.arange(48) >= 16) & (np.arange(48) < 24), 10.0, 0.0)
    staff = np.where((np.arange(48) >= 18) & (np.arange(48) < 22) & (np.arange(48) != 20), 2, 0)
    ahead = forecast(contacts)
    (span,) = check_span(ahead, staff)
    assert (span.before, span.gap, span.after) == (20, 10, 20)
    assert span.missed_contacts == 50 and not span.covered and span.idle_hours == 0
    assert span.demand == (ahead.grid.instant(0, 480), ahead.grid.instant(0, 720))
    assert span.staffed == (ahead.grid.instant(0, 540), ahead.grid.instant(0, 660))


def test_staff_beyond_the_demand_is_idle():
    """Two people an hour too early and an hour too late: four idle hours."""
    contacts = np.where((np.arange(48) >= 18) & (np.arange(48) < 22), 10.0, 0.0)
    staff = np.where((np.arange(48) >= 16) & (np.arange(48) < 24), 2, 0)
    (span,) = check_span(forecast(contacts), staff)
    assert span.covered and span.idle_hours == 4


def test_days_without_demand_or_without_staff():
    """Closed day, day nobody works, day nobody calls; on a day of 25 hours too."""
    ahead = forecast(
        [5] * 48 + [0] * 50, days=2, day=date(2026, 10, 24), zone="Europe/London", opened=np.arange(98) < 98
    )
    nobody, idle = check_span(ahead, np.where(np.arange(98) < 48, 0, 1))
    assert nobody.staffed is None and nobody.before == 240 and nobody.gap == nobody.after == 0
    assert idle.demand is None and idle.covered and idle.idle_hours == 25


def test_a_rare_contact_does_not_stretch_the_day():
    """from_contacts decides what counts as demand."""
    ahead = forecast([0.1] + [0] * 17 + [10] * 4)
    staff = np.where((np.arange(48) >= 18) & (np.arange(48) < 22), 2, 0)
    assert check_span(ahead, staff)[0].covered
    assert check_span(ahead, staff, from_contacts=0.05)[0].before == pytest.approx(0.1)
    for wrong in ({"agents": np.ones(3)}, {"agents": staff, "from_contacts": 0.0}):
        with pytest.raises(InvalidInput):
            check_span(ahead, **wrong)


def test_balance_counts_hours_above_and_below():
    """One agent too many for an hour, two too few for half an hour."""
    grid = forecast(0).grid
    found = balance(grid, np.pad([3, 3, 5], (0, 45)), np.pad([4, 4, 3], (0, 45)))
    assert (found.over_hours, found.under_hours, found.over_intervals, found.under_intervals) == (1, 1, 2, 1)
    assert found.cost(over=1, under=3) == 4
    with pytest.raises(InvalidInput, match="agents needs 48"):
        balance(grid, np.zeros(48), np.zeros(2))


@pytest.mark.parametrize(("over", "under"), [(1, 1), (1, 3), (2, 1), (1, 0), (0, 1)])
def test_levelled_staff_costs_least(over, under):
    """Block by block against every whole number."""
    ahead = forecast(0)
    needs = np.random.default_rng(4).integers(0, 9, 48)
    staff = level(ahead.grid, needs, 240, over=over, under=under)
    for block in range(6):
        part = slice(8 * block, 8 * block + 8)
        assert np.unique(staff[part]).size == 1

        def cost(n, needed=needs[part]):
            return over * np.maximum(n - needed, 0).sum() + under * np.maximum(needed - n, 0).sum()

        assert cost(staff[part][0]) == min(cost(n) for n in range(10))


def test_blocks_start_afresh_each_day_and_weigh_by_time():
    """On the day of 25 hours the last block holds what is left; short intervals count less."""
    ahead = forecast(0, days=2, day=date(2026, 10, 24), zone="Europe/London")
    needs = np.r_[np.full(48, 2), np.full(48, 4), 9, 9]
    staff = level(ahead.grid, needs, 24 * 60)
    assert list(np.unique(staff[:48])) == [2] and list(staff[48:]) == [4] * 48 + [9, 9]
    with pytest.raises(InvalidInput, match="block"):
        level(ahead.grid, needs, 0)
    with pytest.raises(InvalidInput, match="not both 0"):
        level(ahead.grid, needs, 60, over=0, under=0)
