"""A roster as a simulation model: elapsed seconds, clock changes, meals, absences and the share there."""

from datetime import date

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast, Spread
from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.rostering import (
    Duty,
    OnPhones,
    Person,
    Roster,
    Shift,
    coverage,
    lucks,
    on_phones,
    roster_model,
)
from floorwalker.science.staffing import Served, counted_model
from floorwalker.science.timegrid import TimeGrid

HOUR = 3600
DAY = Shift("day", 9 * 60, 510, meal_minutes=30, meal_earliest=120, meal_latest=300)
NIGHT = Shift("night", 22 * 60, 480)
TARGET = ServiceTarget(0.8, 20)


def served(
    queue="calls", *, day=date(2026, 6, 1), days=1, zone="Europe/London", step=1800, aht=200.0, contacts=20.0
):
    """Contacts all day but for the first four hours, when it is closed."""
    grid = TimeGrid(day, days, step, zone)
    is_open = np.asarray(grid.slots) * step >= 4 * HOUR
    seconds = np.where(np.asarray(grid.slots) * step < 12 * HOUR, aht, 2 * aht)
    spread = Spread(np.full(days, 0.1), np.full(len(grid), 0.1))
    volume = np.where(is_open, contacts, 0.0)
    return Served(Forecast(queue, grid, volume, seconds, is_open, spread, "given"), TARGET, 120.0)


def roster(duties, people=("A", "B"), shifts=(DAY, NIGHT), **more):
    grid = TimeGrid(more.pop("day", date(2026, 6, 1)), more.pop("days", 1), 1800, "Europe/London")
    return Roster(grid, tuple(Person(name) for name in people), shifts, tuple(duties))


def hours(spans):
    return [(start / HOUR, end / HOUR) for start, end in spans]


def there(model, group, moment):
    return sum(s <= moment < e for agent in model.group(group).agents for s, e in agent.at_work)


def test_a_shift_is_time_on_the_phones_but_for_the_meal_and_what_is_placed():
    """09:00 to 17:30, meal at noon, a one-to-one from 15:00 to 15:30: four pieces of elapsed time."""
    week = roster([Duty("A", 0, "day", 720)])
    start = week.grid.starts[0]
    people = on_phones(week, "calls", {"A": [(start + 15 * HOUR, start + 15 * HOUR + 1800)]})
    agent = roster_model([served()], people).group("calls").agents[0]
    assert (agent.name, hours(agent.at_work)) == ("A", [(9, 12), (12.5, 15), (15.5, 17.5)])


@pytest.mark.parametrize(("day", "length", "spans"), [
    (date(2026, 3, 29), 23, [(8, 11), (11.5, 16.5)]),
    (date(2026, 10, 25), 25, [(10, 13), (13.5, 18.5)]),
])  # fmt: skip
def test_days_of_a_clock_change_have_the_seconds_that_pass(day, length, spans):
    """Nine o'clock is eight hours after midnight in spring and ten in autumn; the day is as long as it is."""
    week = roster([Duty("A", 0, "day", 720)], day=day)
    model = roster_model([served(day=day)], on_phones(week, "calls"))
    assert sum(model.periods.lengths_seconds) == length * HOUR
    assert hours(model.group("calls").agents[0].at_work) == spans
    assert len(model.type("calls").arrivals.contacts) == len(week.grid)


def test_a_night_ends_with_the_grid_and_begins_days_apart():
    """From 22:00 on: two hours of the last day; the first night goes on over midnight, days have an index."""
    week = roster([Duty("A", 0, "night"), Duty("A", 1, "night")], days=2)
    model = roster_model([served(days=2)], on_phones(week, "calls"))
    assert hours(model.group("calls").agents[0].at_work) == [(22, 30), (46, 48)]
    assert model.periods.day_starts == (0, 48)


def test_arrivals_handling_hours_and_patience_come_from_the_forecast():
    """The mean handling weighs by contacts and its factors give every interval its own; closed is closed."""
    each = served()
    kind = roster_model([each], ()).type("calls")
    mean = float(np.average(each.forecast.aht_seconds, weights=each.forecast.contacts))
    assert kind.handling.mean_seconds == pytest.approx(mean)
    found = np.array(kind.handling_factors)[8:] * mean
    assert found == pytest.approx(each.forecast.aht_seconds[8:])
    assert (kind.hours.spans, kind.patience.mean_seconds, kind.target) == (
        ((4.0 * HOUR, 24.0 * HOUR),),
        120.0,
        TARGET,
    )
    assert sum(kind.arrivals.contacts) == pytest.approx(each.forecast.contacts.sum())


def test_paths_carry_the_uncertainty_of_the_forecast():
    """As many rows of whole counts as asked for, none while closed, and wider than Poisson."""
    kind = roster_model([served(contacts=200.0)], (), paths=60, seed=3).type("calls")
    rows = np.array(kind.arrivals.paths)
    assert rows.shape == (60, 48)
    assert not rows[:, :8].any()
    assert rows.sum(axis=1).std() > 2 * np.sqrt(rows.sum(axis=1).mean())


def test_a_share_of_the_people_is_away_and_whole_people_at_any_moment():
    """Of nine people 70 % are 6.3: six with most luck, seven with some, and 6.3 on average over luck."""
    week = roster([Duty(f"P{n}", 0, "day") for n in range(9)], people=[f"P{n}" for n in range(9)])
    counts = [
        there(roster_model([served()], on_phones(week, "calls"), presence=0.7, luck=luck), "calls", 10 * HOUR)
        for luck in lucks(10)
    ]
    assert set(counts) == {6, 7}
    assert np.mean(counts) == pytest.approx(6.3)


def test_who_is_away_changes_only_when_the_number_of_people_does():
    """Long shifts, nobody coming or going: those who are away stay so, and nobody is in two places."""
    names = [f"P{n}" for n in range(10)]
    week = roster([Duty(name, 0, "night") for name in names], people=names)
    agents = roster_model([served()], on_phones(week, "calls"), presence=0.7).group("calls").agents
    assert sorted(len(agent.at_work) for agent in agents) == [0] * 3 + [1] * 7


def test_thinned_people_follow_the_cover_of_a_real_roster():
    """With staggered shifts and meals the people there are the cover times the share, rounded, all day long."""
    names = [f"P{n:02d}" for n in range(20)]
    shifts = tuple(
        Shift(f"s{n}", 360 + 30 * n, 510, meal_minutes=30, meal_earliest=120, meal_latest=300) for n in range(20)
    )
    duties = [
        Duty(name, 0, shift.name, shift.start_minute + 240) for name, shift in zip(names, shifts, strict=True)
    ]
    week = roster(duties, people=names, shifts=shifts)
    model = roster_model([served()], on_phones(week, "calls"), presence=0.75)
    cover = coverage(week)
    found = [there(model, "calls", 1800 * n + 900) for n in range(48)]
    assert found == [n - int(np.floor(n * 0.25 + 0.5)) for n in cover]


def test_with_overflow_people_of_two_queues_are_a_group_of_their_own():
    """Who can also serve sales takes it after their own queue; the others serve one."""
    people = (
        OnPhones("A", "calls", ((0.0, 100.0),), frozenset({"sales"})),
        OnPhones("B", "calls", ((0.0, 100.0),)),
    )
    model = roster_model([served(), served("sales")], people, overflow=True)
    assert set(model.group_names) == {"calls + sales", "calls", "sales"}
    assert [(s.type, s.priority) for s in model.group("calls + sales").skills] == [("calls", 1), ("sales", 2)]


def test_a_requirement_is_a_model_of_counts():
    """Whole agents in each interval; a fraction is refused by name."""
    each = served()
    model = counted_model([each], {"calls": np.full(48, 3)})
    assert model.group("calls").staff == (3,) * 48
    with pytest.raises(InvalidInput, match="'calls' are not 48 whole numbers"):
        counted_model([each], {"calls": np.full(48, 2.5)})


@pytest.mark.parametrize(("make", "said"), [
    (lambda: roster_model([], ()), "no queue is given"),
    (lambda: roster_model([served(), served("other", step=900)], ()), "different days, intervals or zones"),
    (lambda: roster_model([served()], [OnPhones("A", "sales", ())]), "works for .sales., which is not among"),
    (lambda: roster_model([served()], (), presence=0.0), "presence of 'calls' is 0"),
    (lambda: on_phones(roster([]), "calls", {"Z": []}), "'Z', who is not in the roster"),
    (lambda: OnPhones("A", "calls", ((5.0, 5.0),)), r"spans\[0\] of 'A'"),
])  # fmt: skip
def test_what_cannot_be_right_is_refused_by_name(make, said):
    with pytest.raises(InvalidInput, match=said):
        make()
