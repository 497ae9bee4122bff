"""Every method: the contract they share, and what each one is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import (
    Boosting,
    Calendar,
    Combination,
    CountRegression,
    DayProfile,
    Demand,
    Method,
    SlotMean,
)
from floorwalker.science.forecasting.accuracy import bias, wape
from floorwalker.science.timegrid import TimeGrid

MakeDemand = Callable[..., Demand]
METHODS: list[Callable[[], Method]] = [
    SlotMean,
    lambda: SlotMean(1),
    DayProfile,
    lambda: DayProfile(yearly=False),
    CountRegression,
    Boosting,
    lambda: Combination([SlotMean(4), DayProfile()]),
]
IDS = ["slot-mean", "last-week", "day-profile", "flat", "count-regression", "boosting", "combination"]


@pytest.mark.parametrize("make", METHODS, ids=IDS)
class TestEveryMethod:
    """The contract."""

    def test_learns_level_week_and_hours(self, make: Callable[[], Method], make_demand: MakeDemand) -> None:
        """Sixteen clean weeks are forecast within Poisson noise, closed hours and Sundays at nothing."""
        truth = make_demand(119, poisson=False)
        demand = make_demand(112)
        forecast = make().fit(demand, Calendar()).predict(demand.grid.following(7))
        assert wape(truth.offered[-7 * 48 :], forecast.contacts) < 0.08
        assert not forecast.open.reshape(7, 48)[6].any()
        assert not forecast.contacts.reshape(7, 48)[:, :16].any()

    def test_same_input_same_numbers(self, make: Callable[[], Method], make_demand: MakeDemand) -> None:
        """Nothing in a method is left to chance."""
        demand = make_demand(70)
        one, two = (make().fit(demand, Calendar()).predict(demand.grid.following(9)) for _ in range(2))
        np.testing.assert_array_equal(one.contacts, two.contacts)
        np.testing.assert_array_equal(one.spread.slot_cv, two.spread.slot_cv)

    @pytest.mark.parametrize("days", [1, 3, 7, 14])
    def test_short_histories_get_an_answer(
        self, make: Callable[[], Method], make_demand: MakeDemand, days: int
    ) -> None:
        """A day, a week, two weeks: an answer, and a width that does not pretend."""
        demand = make_demand(days)
        forecast = make().fit(demand, Calendar()).predict(demand.grid.following(14))
        monday = forecast.contacts[forecast.grid.day_slice(days % 7 and 7 - days % 7)].sum()
        assert 0.5 * 2600 < monday < 2 * 2600
        assert (forecast.spread.day_cv > 0).all()

    def test_gaps_are_not_zeros(self, make: Callable[[], Method], make_demand: MakeDemand) -> None:
        """Days without rows lower nothing."""
        demand = make_demand(84)
        offered = demand.offered.copy()
        for day in (70, 77):  # two Mondays of the last four
            offered[demand.grid.day_slice(day)] = np.nan
        forecast = make().fit(Demand("sales", demand.grid, offered), Calendar()).predict(demand.grid.following(7))
        assert forecast.contacts[:48].sum() == pytest.approx(2600, rel=0.08)

    def test_listed_closed_day(self, make: Callable[[], Method], make_demand: MakeDemand) -> None:
        """A day on the user's list is closed."""
        demand = make_demand(56)
        day = demand.grid.last_day + timedelta(days=2)
        forecast = make().fit(demand, Calendar(closed=frozenset({day}))).predict(demand.grid.following(7))
        assert not forecast.open[48:96].any()
        assert not forecast.contacts[48:96].any()
        assert forecast.contacts[96:144].sum() > 1000

    def test_daily_grid(self, make: Callable[[], Method], make_demand: MakeDemand) -> None:
        """A step of a day is a grid like any other."""
        demand = make_demand(84, step=86_400)
        forecast = make().fit(demand, Calendar()).predict(demand.grid.following(7))
        np.testing.assert_allclose(forecast.contacts[:6], 2000 * np.array([1.3, 1.1, 1, 1, 1.05, 0.5]), rtol=0.1)
        assert not forecast.open[6]

    def test_odd_days(self, make: Callable[[], Method]) -> None:
        """Round the clock, a day of 25 hours gets one hour more than its neighbour, one of 23 an hour less."""
        grid = TimeGrid(date(2023, 8, 28), 56, 3600, "Europe/Berlin")
        demand = Demand("night", grid, np.full(len(grid), 40.0))
        forecast = make().fit(demand, Calendar()).predict(grid.following(14))
        totals = np.bincount(forecast.grid.day_index, forecast.contacts)
        sunday = forecast.grid.dates.index(date(2023, 10, 29))
        assert totals[sunday] == pytest.approx(1000, rel=0.01)
        assert totals[sunday - 1] == pytest.approx(960, rel=0.01)

    def test_other_step_is_refused(self, make: Callable[[], Method], make_demand: MakeDemand) -> None:
        """A forecast in other steps than the history's is a mistake."""
        demand = make_demand(28)
        fitted = make().fit(demand, Calendar())
        with pytest.raises(InvalidInput, match="re-cut"):
            fitted.predict(TimeGrid(demand.grid.last_day, 3, 900, "Europe/Berlin"))

    def test_empty_history_is_refused(self, make: Callable[[], Method]) -> None:
        """Nothing can be learnt from nothing."""
        grid = TimeGrid(date(2023, 1, 2), 14, 3600)
        with pytest.raises(InvalidInput, match="no contact"):
            make().fit(Demand("dead", grid, np.zeros(len(grid))), Calendar())


def test_slot_mean_is_the_mean(make_demand: MakeDemand) -> None:
    """Exactly the mean of the last ``weeks`` same weekdays."""
    demand = make_demand(56)
    days = demand.offered.reshape(56, 48)
    for weeks in (1, 4):
        forecast = SlotMean(weeks).fit(demand, Calendar()).predict(demand.grid.following(7))
        expected = days[49 - 7 * np.arange(weeks)].mean(axis=0)
        np.testing.assert_allclose(forecast.contacts[:48], expected)
    with pytest.raises(InvalidInput, match="one week"):
        SlotMean(0)


def test_slot_mean_steps_over_special_days(make_demand: MakeDemand) -> None:
    """A holiday last Monday does not lower next Monday."""
    demand = make_demand(56, level=lambda i, day: 0.2 if i == 49 else 1.0)
    known = Calendar(special={demand.grid.dates[49]: "holiday"})
    with_name = SlotMean(4).fit(demand, known).predict(demand.grid.following(7))
    without = SlotMean(4).fit(demand, Calendar()).predict(demand.grid.following(7))
    assert with_name.contacts[:48].sum() == pytest.approx(2600, rel=0.05)
    assert without.contacts[:48].sum() < 2200


@pytest.mark.parametrize("method", [DayProfile(), CountRegression()], ids=lambda method: method.name)
def test_holidays_and_the_day_after(method: Method, make_demand: MakeDemand) -> None:
    """A named holiday is forecast low again, the day after it high again."""
    quiet = {date(2023, 1, 2) + timedelta(days=d): "feast" for d in (30, 58, 79, 100, 121, 142, 163, 170)}
    after = {day + timedelta(days=1) for day in quiet}

    def level(_: int, day: date) -> float:
        return 0.3 if day in quiet else 1.4 if day in after else 1.0

    demand = make_demand(168, level=level)
    forecast = method.fit(demand, Calendar(special=quiet)).predict(demand.grid.following(7))
    totals = forecast.contacts.reshape(7, 48).sum(axis=1)
    assert totals[2] == pytest.approx(0.3 * 2000, rel=0.2)
    assert totals[3] == pytest.approx(1.4 * 2000, rel=0.12)
    assert totals[4] == pytest.approx(1.05 * 2000, rel=0.06)


@pytest.mark.parametrize("method", [DayProfile(), CountRegression(), Boosting()], ids=lambda method: method.name)
def test_start_of_the_month(method: Method, make_demand: MakeDemand) -> None:
    """The first working day of each month is learnt apart from its weekday."""

    def level(_: int, day: date) -> float:
        first = day.day == 1 if day.weekday() < 6 else False
        return 1.5 if first or (day.day == 2 and day.weekday() == 0) else 1.0

    demand = make_demand(208, level=level)  # to 28 July; 1 August 2023 is a Tuesday
    forecast = method.fit(demand, Calendar()).predict(demand.grid.following(14))
    first = forecast.grid.dates.index(date(2023, 8, 1))
    totals = forecast.contacts.reshape(14, 48).sum(axis=1)
    assert totals[first] > 1.2 * 2200
    assert totals[first + 7] == pytest.approx(2200, rel=0.12)


def test_last_year_lifted_by_growth(make_demand: MakeDemand) -> None:
    """With a year and more of history the level goes where it went last year; without, it stays."""

    def level(i: int, _: date) -> float:
        return float(np.exp(0.4 * np.sin(2 * np.pi * i / 365.25) + 0.2 * i / 365))

    truth = make_demand(650, level=level, step=86_400, poisson=False)
    demand = make_demand(550, level=level, step=86_400)
    yearly, flat = (
        DayProfile(yearly=y).fit(demand, Calendar()).predict(demand.grid.following(100)).contacts
        for y in (True, False)
    )
    actual = truth.offered[550:]
    assert wape(actual, yearly) < 0.05
    assert wape(actual, flat) > 0.15


def test_recurring_dates_are_found_without_a_list(make_demand: MakeDemand) -> None:
    """A date that stood out in past years, and Easter Monday wherever it falls, stand out again."""
    special = {(12, 24), (8, 15)}
    easter_mondays = {date(2022, 4, 18), date(2023, 4, 10), date(2024, 4, 1)}

    def level(_: int, day: date) -> float:
        return 0.4 if (day.month, day.day) in special or day in easter_mondays else 1.0

    demand = make_demand(700, level=level, step=86_400, first=date(2022, 1, 3), day_noise=0.03)
    method = DayProfile().fit(demand, Calendar())
    forecast = method.predict(demand.grid.following(300))
    assert "Easter Monday" in method.level_.recurring_
    assert forecast.contacts[forecast.grid.dates.index(date(2024, 4, 1))] < 0.6 * 2600
    assert forecast.contacts[forecast.grid.dates.index(date(2024, 8, 15))] < 0.6 * 2000
    assert forecast.contacts[forecast.grid.dates.index(date(2024, 4, 8))] > 0.85 * 2600


def test_one_wild_day_decides_nothing(make_demand: MakeDemand) -> None:
    """An outage of a day and a storm of a day leave the day profile where it was."""
    wild = {100: 0.1, 108: 4.0}
    demand = make_demand(112, level=lambda i, day: wild.get(i, 1.0))
    forecast = DayProfile().fit(demand, Calendar()).predict(demand.grid.following(6))
    truth = make_demand(119, poisson=False).offered[112 * 48 : 118 * 48]
    assert abs(bias(truth, forecast.contacts)) < 0.04


def test_part_of_a_day_missing(make_demand: MakeDemand) -> None:
    """A day that broke off in the afternoon counts in proportion, not as a quiet day."""
    demand = make_demand(56)
    offered = demand.offered.reshape(56, 48).copy()
    offered[52:55, 30:] = np.nan
    forecast = DayProfile().fit(Demand("sales", demand.grid, offered.ravel()), Calendar())
    assert forecast.predict(demand.grid.following(5)).contacts[48 * 3 : 48 * 4].sum() == pytest.approx(
        2000, rel=0.06
    )


@pytest.mark.parametrize("method", [SlotMean(8), DayProfile(), CountRegression()], ids=lambda method: method.name)
def test_very_quiet_queues_are_not_forecast_too_busy(method: Method, make_demand: MakeDemand) -> None:
    """Empty days of a queue with two contacts a day are chance, and pull the mean down."""
    demand = make_demand(168, volume=2.0, step=3600)
    forecast = method.fit(demand, Calendar()).predict(demand.grid.following(28))
    assert forecast.contacts.sum() == pytest.approx(4 * 2.0 * 5.95, rel=0.2)


def test_settings_matter(make_demand: MakeDemand) -> None:
    """Every setting of every method changes the numbers."""
    demand = make_demand(140, level=lambda i, day: 1 + i / 100, day_noise=0.1)
    pairs: list[tuple[Method, Method]] = [
        (CountRegression(), CountRegression(weeks=8)),
        (CountRegression(), CountRegression(penalty=100.0)),
        (Boosting(), Boosting(rounds=5)),
        (Boosting(), Boosting(leaves=3)),
        (Boosting(), Boosting(learning_rate=0.01)),
        (Combination([SlotMean(1), SlotMean(8)]), Combination([SlotMean(1), SlotMean(8)], {"last-week": 1.0})),
    ]
    for one, two in pairs:
        a, b = (m.fit(demand, Calendar()).predict(demand.grid.following(7)).contacts for m in (one, two))
        assert not np.allclose(a, b)


def test_wrong_settings_are_refused() -> None:
    """A sentence says what is wrong."""
    with pytest.raises(InvalidInput, match="positive"):
        CountRegression(penalty=0)
    with pytest.raises(InvalidInput, match="at least one"):
        Combination([])


def test_combination_is_the_weighted_mean(make_demand: MakeDemand) -> None:
    """Contacts are averaged by weight; weights must be sound."""
    demand = make_demand(70)
    grid = demand.grid.following(7)
    members = [SlotMean(1), SlotMean(8)]
    one, two = (m.fit(demand, Calendar()).predict(grid).contacts for m in (SlotMean(1), SlotMean(8)))
    mixed = Combination(members, {"last-week": 1, "slot-mean-8": 3}).fit(demand, Calendar()).predict(grid)
    np.testing.assert_allclose(mixed.contacts, 0.25 * one + 0.75 * two)
    assert "slot-mean-8 75%" in mixed.notes[0]
    with pytest.raises(InvalidInput, match="not negative"):
        Combination(members, {"last-week": -1, "slot-mean-8": 3}).fit(demand, Calendar())
