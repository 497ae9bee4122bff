"""Deferred work: the clock, the taut string, the plan, the backlog that follows from it."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from floorwalker.science.errors import Infeasible, InvalidInput
from floorwalker.science.forecasting.forecast import Forecast, Spread
from floorwalker.science.staffing import Backlog, BusinessClock, plan_deferred
from floorwalker.science.staffing.taut import taut_string
from floorwalker.science.timegrid import TimeGrid

HOUR = 3600.0


def mail(contacts, aht=600.0, day=date(2026, 6, 1), zone="UTC", step=3600, opened=None):
    """A forecast of items on whole days."""
    days = max(1, round(len(contacts) * step / 86400))
    grid = TimeGrid(day, days, step, zone)
    n = len(grid)
    contacts = np.resize(np.asarray(contacts, dtype=float), n)
    opened = np.ones(n, dtype=bool) if opened is None else opened
    return Forecast("mail", grid, contacts, np.full(n, aht), opened, Spread(np.zeros(days), np.zeros(n)), "given")


def office(grid, first=9, last=17, weekdays=range(5)):
    """Truth per interval: within office hours of a working day."""
    hour = np.asarray(grid.slots) * grid.step_seconds / 3600
    weekday = np.asarray(grid.weekdays)[np.asarray(grid.day_index)]
    return (hour >= first) & (hour < last) & np.isin(weekday, list(weekdays))


def least_peak_by_lp(work, response_steps, staffed):
    """Peak and total agents (hours of hourly intervals) of the linear programme the plan claims to solve."""
    n = len(work)
    arrived = np.cumsum(work)
    due = np.zeros(n)
    for i, amount in enumerate(work):
        if i + response_steps <= n:
            due[i + response_steps - 1 :] += amount
    # Variables: agents in each interval, then the work done up to each edge, then the peak.
    size = 2 * n + 1
    rows, limits = [], []
    for i in range(n):
        row = np.zeros(size)
        row[n + i], row[i] = 1, -1.0
        if i:
            row[n + i - 1] = -1
        rows.append(row)
        limits.append(0.0)
        row = np.zeros(size)
        row[i], row[-1] = 1, -1
        rows.append(row)
        limits.append(0.0)
    bounds = [(0, None if on else 0) for on in staffed]
    bounds += [(d, a) for d, a in zip(due, arrived, strict=True)] + [(0, None)]
    cost = np.zeros(size)
    cost[-1] = 1
    peak = linprog(cost, np.array(rows), limits, bounds=bounds)
    if not peak.success:
        return None
    cost = np.zeros(size)
    cost[:n] = 1
    bounds[-1] = (0, peak.fun + 1e-9)
    total = linprog(cost, np.array(rows), limits, bounds=bounds)
    return peak.fun, total.fun


def test_business_time_stands_still_outside_business_hours():
    """Friday 16:00 plus four business hours is Monday 12:00; the weekend counts nothing."""
    grid = TimeGrid(date(2026, 6, 1), 14, 3600)
    clock = BusinessClock(grid, office(grid))
    friday = grid.instant(4, 16 * 60)
    assert clock.due(friday, 4 * HOUR) == grid.instant(7, 12 * 60)
    assert clock.between(friday, grid.instant(7, 12 * 60)) == 4 * HOUR
    assert clock.between(grid.instant(5, 0), grid.instant(6, 600)) == 0


def test_a_promise_that_ends_at_closing_time_is_due_then_and_not_the_next_morning():
    """The first instant at which the time has passed counts."""
    grid = TimeGrid(date(2026, 6, 1), 2, 3600)
    clock = BusinessClock(grid, office(grid))
    assert clock.due(grid.instant(0, 9 * 60), 8 * HOUR) == grid.instant(0, 17 * 60)


def test_due_beyond_the_grid_is_never():
    """What the grid does not show has no due time in it."""
    grid = TimeGrid(date(2026, 6, 1), 1, 3600)
    assert BusinessClock(grid, office(grid)).due(grid.instant(0, 16 * 60), 2 * HOUR) == np.inf


def test_business_time_on_the_days_of_the_clock_change():
    """A running clock counts 23 hours on the spring day and 25 on the autumn day of London."""
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        grid = TimeGrid(day, 1, 3600, "Europe/London")
        clock = BusinessClock(grid, np.ones(len(grid), dtype=bool))
        assert clock.between(grid.starts[0], grid.end) == hours * HOUR


def test_a_clock_that_never_runs_is_refused():
    """Nothing would ever be due."""
    grid = TimeGrid(date(2026, 6, 1), 1, 3600)
    with pytest.raises(InvalidInput, match="never runs"):
        BusinessClock(grid, np.zeros(24, dtype=bool))


def test_a_string_with_room_is_straight():
    """Between wide bounds the path is one line to the end of the lower curve."""
    time = np.arange(5.0)
    assert np.allclose(taut_string(time, np.array([0, 0, 0, 0, 8.0]), np.full(5, 9.0)), [0, 2, 4, 6, 8])


def test_a_string_bends_only_where_it_touches():
    """A floor that rises early bends it there, a ceiling that stays low bends it the other way."""
    time = np.arange(4.0)
    assert np.allclose(taut_string(time, np.array([0, 6.0, 6, 8]), np.full(4, 9.0)), [0, 6, 7, 8])
    assert np.allclose(taut_string(time, np.array([0, 0, 0, 9.0]), np.array([0, 1.0, 2, 9])), [0, 1, 2, 9])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 9), min_size=24, max_size=24),
    st.integers(1, 12),
    st.sets(st.integers(0, 23), min_size=6),
)
def test_peak_and_total_are_those_of_the_linear_programme(items, response_hours, hours):
    """Least peak, then least total, against an LP solver; where that finds nothing, so do we."""
    staffed = np.isin(np.arange(24), list(hours))
    forecast = mail(items, aht=3600.0)
    arguments = {"staffed": staffed, "clock": np.ones(24, dtype=bool)}
    best = least_peak_by_lp(np.asarray(items, dtype=float), response_hours, staffed)
    if best is None:
        with pytest.raises(Infeasible, match="longer response time"):
            plan_deferred(forecast, response_hours * HOUR, **arguments)
        return
    plan = plan_deferred(forecast, response_hours * HOUR, **arguments)
    assert plan.level.max() == pytest.approx(best[0], abs=1e-6)
    assert plan.level.sum() == pytest.approx(best[1], abs=1e-6)
    assert plan.required.max() == np.ceil(best[0] - 1e-6)
    assert plan.path.on_time_share == pytest.approx(1.0)
    assert not np.any(plan.required[~staffed])


def test_one_agent_fewer_at_the_peak_is_late():
    """The whole-agent peak is needed: a ceiling one below it leaves items late."""
    from floorwalker.science.staffing.backlog import Batches, work_off
    from floorwalker.science.staffing.workload import Workload

    forecast = mail([0] * 8 + [30, 40, 50, 20, 10, 5] + [0] * 10)
    plan = plan_deferred(forecast, 2 * HOUR)
    clock = BusinessClock(forecast.grid, np.ones(24, dtype=bool))
    batches = Batches.of(Workload.of(forecast), clock, 2 * HOUR, ())
    assert work_off(batches, plan.required * HOUR, clock).late_items == 0
    lower = np.minimum(plan.required, plan.required.max() - 1)
    assert work_off(batches, np.full(24, lower.max()) * HOUR, clock).late_items > 0


def test_a_longer_promise_needs_a_lower_peak():
    """The whole point of deferring."""
    forecast = mail([0] * 8 + [30, 40, 50, 20, 10, 5] + [0] * 10)
    peaks = [plan_deferred(forecast, h * HOUR).level.max() for h in (1, 2, 4, 8)]
    assert peaks == sorted(peaks, reverse=True) and peaks[0] > 2 * peaks[-1]


def test_opening_backlog_is_worked_off_in_time():
    """60 items of ten minutes with two hours left take five agents for two hours; late ones count as late."""
    forecast = mail([0] * 24)
    plan = plan_deferred(forecast, 4 * HOUR, opening=(Backlog(60, 600.0, 2 * HOUR),))
    assert list(plan.required[:4]) == [5, 5, 0, 0]
    assert plan.path.on_time_share == 1 and plan.path.waiting[1] == 0
    late = plan_deferred(forecast, 4 * HOUR, opening=(Backlog(60, 600.0, 0.0),))
    assert late.path.late_items == 60 and late.path.waiting[3] == 0 and late.required.max() == 3


def test_a_backlog_cannot_have_more_time_than_was_promised():
    """Such an input is a mistake."""
    with pytest.raises(InvalidInput, match="more time left"):
        plan_deferred(mail([1] * 24), HOUR, opening=(Backlog(1, 60.0, 2 * HOUR),))


def test_idle_time_of_others_is_used_first():
    """Spare agents take their share of the work off the plan, and all of it when they are enough."""
    forecast = mail([6] * 24)
    alone = plan_deferred(forecast, 4 * HOUR)
    helped = plan_deferred(forecast, 4 * HOUR, idle_agents=np.full(24, 0.5))
    assert helped.level.sum() == pytest.approx(alone.level.sum() - 12)
    assert helped.path.on_time_share == pytest.approx(1.0)
    assert plan_deferred(forecast, 4 * HOUR, idle_agents=np.full(24, 2.0)).required.sum() == 0


def test_mail_of_the_night_and_the_weekend_waits_for_the_office():
    """Nobody works outside the office, everything is in time by the business clock, across a clock change."""
    forecast = mail([2.0] * (14 * 24), day=date(2026, 3, 16), zone="Europe/London")
    staffed = office(forecast.grid)
    plan = plan_deferred(forecast, 8 * HOUR, staffed=staffed)
    assert not np.any(plan.required[~staffed])
    assert plan.path.on_time_share == pytest.approx(1.0) and plan.path.late_items < 1e-6
    monday = plan.required[forecast.grid.day_slice(7)].sum()
    assert monday > plan.required[forecast.grid.day_slice(2)].sum()


def test_shrinkage_divides():
    """Three on the work at 25 % shrinkage are four on the schedule."""
    plan = plan_deferred(mail([18] * 24), HOUR, shrinkage=0.25)
    assert plan.required[0] == 3 and plan.scheduled[0] == 4
    assert plan.agent_hours == plan.required.sum()


def test_no_items_need_nobody():
    """Zero volume."""
    plan = plan_deferred(mail([0] * 24), HOUR)
    assert plan.required.sum() == 0 and plan.path.on_time_share == 1 and np.isnan(plan.path.mean_response_seconds)


def test_a_promise_shorter_than_an_interval_is_not_deferred_work():
    """It is sent to the interval plan."""
    with pytest.raises(InvalidInput, match="plan_intervals"):
        plan_deferred(mail([1] * 24), 1800)


def test_business_response_time_is_measured_from_arrival_to_completion():
    """All in the same interval: half an interval of waiting at most, and never negative."""
    plan = plan_deferred(mail([6] * 24), HOUR)
    assert plan.path.mean_response_seconds == 0
    later = plan_deferred(mail([6] + [0] * 23), 6 * HOUR)
    assert later.path.mean_response_seconds >= 0
