"""Cleaning: planted faults are found and named, what repeats or lasts is left alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.calendar import Calendar
from floorwalker.science.forecasting.cleaning import Change, ChangeKind, Cleaned, clean
from floorwalker.science.forecasting.demand import Demand
from floorwalker.science.timegrid import TimeGrid

MONDAY = date(2024, 1, 1)
HALF_HOUR = 1800


def history(
    weeks: int = 12, seed: int = 1, peak: float = 60.0, zone: str = "UTC", first: date = MONDAY
) -> tuple[TimeGrid, np.ndarray]:
    """Half-hours of a queue open Monday to Saturday 07:00–21:00; no rows outside."""
    grid = TimeGrid(first, 7 * weeks, HALF_HOUR, zone)
    slots = np.asarray(grid.slots)
    weekdays = np.asarray(grid.weekdays)[np.asarray(grid.day_index)]
    shape = np.sin(np.pi * (slots - 13) / 30) * (1 - 0.06 * weekdays)
    rng = np.random.default_rng(seed)
    level = rng.gamma(200, 1 / 200, grid.days)[np.asarray(grid.day_index)]
    open_ = (slots >= 14) & (slots < 42) & (weekdays < 6)
    counts = rng.poisson(np.where(open_, peak * np.maximum(shape, 0) * level, 0.0)).astype(float)
    return grid, np.where(open_, counts, np.nan)


def at(grid: TimeGrid, day: int, hour: float) -> int:
    """Index of the interval that starts at ``hour`` of day number ``day``."""
    return grid.find(grid.instant(day, 60 * hour))


def of_kind(cleaned: Cleaned, *kinds: str) -> list[Change]:
    return [change for change in cleaned.changes if change.kind in kinds]


def test_a_clean_history_stays_as_it_is() -> None:
    """Nothing is invented: with no fault planted no count changes, only the closed hours are named."""
    for seed in range(5):
        grid, counts = history(seed=seed)
        cleaned = clean(Demand("q", grid, counts))
        np.testing.assert_array_equal(cleaned.demand.offered, counts)
        assert {change.kind for change in cleaned.changes} == {"closed"}


def test_planted_faults_are_recovered_precisely() -> None:
    """Of forty planted outages, spikes, dropped and wild days nearly all are found, and nearly nothing else."""
    found = planted = right = 0
    for seed in range(8):
        grid, counts = history(weeks=16, seed=seed)
        faults = np.zeros(len(grid), dtype=bool)
        for day, hour, factor in ((15, 10, 0.0), (36, 14, 0.0), (50, 11.5, 4.0), (65, 9, 3.5)):
            first = at(grid, day, hour)
            stop = first + (4 if factor == 0 else 1)
            counts[first:stop] = np.round(counts[first:stop] * factor)
            faults[first:stop] = True
        wild = grid.day_slice(80)
        counts[wild] = np.round(counts[wild] * 2.5)
        faults[wild] = ~np.isnan(counts[wild])
        cleaned = clean(Demand("q", grid, counts))
        removed = np.isnan(cleaned.demand.offered) & ~np.isnan(counts)
        found += int(removed.sum())
        planted += int(faults.sum())
        right += int((removed & faults).sum())
    assert right / planted > 0.97
    assert right / found > 0.97


def test_each_change_says_when_what_and_why() -> None:
    """An outage is reported with its local start and end, what was there, what was put and a sentence."""
    grid, counts = history(zone="Europe/Berlin")
    first = at(grid, 30, 10)
    counts[first : first + 4] = 0
    cleaned = clean(Demand("q", grid, counts))
    (outage,) = of_kind(cleaned, ChangeKind.OUTAGE)
    assert (outage.first, outage.stop) == (first, first + 4)
    assert outage.start.isoformat() == "2024-01-31T10:00:00+01:00"
    assert outage.end.isoformat() == "2024-01-31T12:00:00+01:00"
    assert outage.was == 0
    assert np.isnan(outage.now)
    assert "outage" in outage.because
    assert np.all(np.isnan(cleaned.demand.offered[first : first + 4]))


def test_a_missing_day_is_a_gap_not_a_zero() -> None:
    """A weekday without rows stays unknown and is named; one of recorded zeros becomes unknown."""
    grid, counts = history()
    counts[grid.day_slice(9)] = np.nan
    zeros = grid.day_slice(23)
    counts[zeros] = np.where(np.isnan(counts[zeros]), np.nan, 0.0)
    cleaned = clean(Demand("q", grid, counts))
    absent, zero = of_kind(cleaned, ChangeKind.GAP)
    assert absent.start.date() == date(2024, 1, 10)
    assert "no row for Wednesday 2024-01-10" in absent.because
    assert np.isnan(absent.was)
    assert "only zeros for Wednesday 2024-01-24" in zero.because
    assert zero.was == 0
    assert np.all(np.isnan(cleaned.demand.offered[zeros]))


def test_adjacent_missing_days_are_one_gap() -> None:
    """A week of missing days is told once, from its first to its last day."""
    grid, counts = history()
    counts[grid.day_slice(21).start : grid.day_slice(25).stop] = np.nan
    (gap,) = of_kind(clean(Demand("q", grid, counts)), ChangeKind.GAP)
    assert "Monday 2024-01-22 to Friday 2024-01-26" in gap.because


def test_a_hole_inside_a_day_is_named() -> None:
    """Absent rows between recorded ones are a gap, unknown before and after."""
    grid, counts = history()
    first = at(grid, 17, 13)
    counts[first : first + 3] = np.nan
    (gap,) = of_kind(clean(Demand("q", grid, counts)), ChangeKind.GAP)
    assert (gap.first, gap.stop) == (first, first + 3)
    assert np.isnan(gap.now)


def test_closed_hours_are_named_and_not_outages() -> None:
    """Zeros outside opening hours, written out by the source, are closed hours."""
    grid, counts = history()
    counts = np.nan_to_num(counts)
    cleaned = clean(Demand("q", grid, counts))
    sentences = [change.because for change in of_kind(cleaned, ChangeKind.CLOSED)]
    weekdays = "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday"
    assert f"{weekdays}: closed 00:00–07:00 and 21:00–24:00; not one contact in 12 weeks" in sentences
    assert "Sunday: closed all day; not one contact in 12 weeks" in sentences
    assert len(cleaned.changes) == 2
    assert cleaned.closed[at(grid, 0, 6.5)]
    assert not cleaned.closed[at(grid, 0, 7)]
    assert cleaned.closed[grid.day_slice(6)].all()


def test_a_quiet_night_is_not_a_closed_one() -> None:
    """A queue of one call in two hours has silent slots by chance; they are not called closed."""
    grid = TimeGrid(MONDAY, 14, HALF_HOUR)
    counts = np.random.default_rng(3).poisson(0.25, len(grid)).astype(float)
    cleaned = clean(Demand("q", grid, counts))
    assert not cleaned.closed.any()
    assert cleaned.changes == ()


def test_a_lasting_shift_is_not_an_outlier() -> None:
    """A queue that doubles for good keeps every count, also in the very week of the change."""
    grid, counts = history()
    counts[grid.day_slice(44).start :] *= 2
    cleaned = clean(Demand("q", grid, counts))
    np.testing.assert_array_equal(cleaned.demand.offered, counts)


def test_a_shift_in_the_last_days_is_not_an_outlier() -> None:
    """Two unusual days at the end may be the start of something new: they stay."""
    grid, counts = history()
    counts[grid.day_slice(81).start :] *= 2
    cleaned = clean(Demand("q", grid, counts))
    np.testing.assert_array_equal(cleaned.demand.offered, counts)


def test_what_repeats_is_left_alone() -> None:
    """A first of the month twice as busy each month is a pattern; one such day alone is an outlier."""
    grid, counts = history(weeks=26)
    monthly = counts.copy()
    for d, day in enumerate(grid.dates):
        if day.day == 1:
            monthly[grid.day_slice(d)] *= 2
    np.testing.assert_array_equal(clean(Demand("q", grid, monthly)).demand.offered, monthly)
    once = counts.copy()
    d = grid.dates.index(date(2024, 4, 2))
    once[grid.day_slice(d)] *= 2
    (change,) = of_kind(clean(Demand("q", grid, once)), ChangeKind.OUTLIER)
    assert change.start.date() == date(2024, 4, 2)
    assert "no such day repeats" in change.because


def test_movable_holidays_of_other_years_are_left_alone() -> None:
    """Easter Mondays of three years, weeks apart in the calendar, protect each other in a daily history."""
    first = date(2021, 1, 1)
    easters = (date(2021, 4, 5), date(2022, 4, 18), date(2023, 4, 10))
    grid = TimeGrid(first, 1000, 86_400)
    counts = np.random.default_rng(2).poisson(1000, 1000).astype(float)
    for easter in easters:
        counts[(easter - first).days] = 350
    np.testing.assert_array_equal(clean(Demand("q", grid, counts)).demand.offered, counts)
    alone = counts.copy()
    for easter in easters[1:]:
        alone[(easter - first).days] = 1000
    assert np.isnan(clean(Demand("q", grid, alone)).demand.offered[(easters[0] - first).days])


def test_days_of_the_calendar_are_never_touched() -> None:
    """The same wild day is set aside, unless the calendar knows it by name or as closed."""
    grid, counts = history()
    day = MONDAY + timedelta(days=38)
    counts[grid.day_slice(38)] = np.round(counts[grid.day_slice(38)] * 0.2)
    demand = Demand("q", grid, counts)
    assert np.isnan(clean(demand).demand.offered[grid.day_slice(38)]).all()
    for calendar in (Calendar(special={day: "Fair"}), Calendar(closed=frozenset({day}))):
        np.testing.assert_array_equal(clean(demand, calendar=calendar).demand.offered, counts)


def test_days_beside_a_holiday_are_left_alone() -> None:
    """A rush on the day after a closed day comes with the holiday and is not an outlier."""
    grid, counts = history()
    counts[grid.day_slice(37)] = np.nan
    counts[grid.day_slice(38)] *= 2
    cleaned = clean(Demand("q", grid, counts))
    np.testing.assert_array_equal(cleaned.demand.offered, counts)


def test_a_habit_that_wanders_is_not_an_outage() -> None:
    """An opening that moves half an hour later every two weeks leaves silent slots that are no outages."""
    grid, counts = history(weeks=16)
    days, slots = np.asarray(grid.day_index), np.asarray(grid.slots)
    late = 14 + days // 14
    counts = np.where(slots < late, np.where(np.isnan(counts), np.nan, 0.0), counts)
    assert not of_kind(clean(Demand("q", grid, counts)), ChangeKind.OUTAGE)


def test_a_file_that_ends_within_a_day() -> None:
    """Zeros after the last contact of the file are unknown, and so is an interval cut short."""
    grid, counts = history()
    last = at(grid, 82, 14)  # a Saturday; the Sunday after it is closed
    counts[last + 1 : grid.day_slice(82).stop] = 0
    counts[last] = 5
    cleaned = clean(Demand("q", grid, counts))
    partial = of_kind(cleaned, ChangeKind.PARTIAL)
    assert [change.first for change in partial] == [last, last + 1]
    assert partial[1].stop == grid.day_slice(82).stop
    assert np.isnan(cleaned.demand.offered[last:]).all()


def test_a_file_that_ends_at_closing_time_is_whole() -> None:
    """The usual end of the last day is not a cut end."""
    grid, counts = history()
    assert not of_kind(clean(Demand("q", grid, counts)), ChangeKind.PARTIAL)


def test_intervals_covered_in_part() -> None:
    """Half covered is scaled up, hardly covered becomes unknown, the edge of the day stays as it always is."""
    grid, counts = history()
    slots = np.asarray(grid.slots)
    covered = np.where(np.isnan(counts), 0.0, 1800.0)
    covered[slots == 41] = 300.0  # the source always ends five minutes into the last half hour
    scaled, lost = at(grid, 20 - 6, 10), at(grid, 21 - 6, 11)
    covered[scaled], covered[lost] = 1200.0, 300.0
    cleaned = clean(Demand("q", grid, counts), covered_seconds=covered)
    offered = cleaned.demand.offered
    assert offered[scaled] == pytest.approx(1.5 * counts[scaled])
    assert np.isnan(offered[lost])
    np.testing.assert_array_equal(offered[slots == 41], counts[slots == 41])
    first, second = of_kind(cleaned, ChangeKind.PARTIAL)
    assert (first.was, first.now) == (counts[scaled], offered[scaled])
    assert "20 of 30 minutes" in first.because
    assert "5 of 30 minutes" in second.because


def test_strictness_decides_how_far_is_too_far() -> None:
    """The same spike of about six standard deviations is set aside or kept."""
    grid, counts = history(peak=20)
    spike = at(grid, 30, 11)
    counts[spike] = 45
    demand = Demand("q", grid, counts)
    assert np.isnan(clean(demand, strictness=4).demand.offered[spike])
    assert clean(demand, strictness=12).demand.offered[spike] == 45


def test_two_weeks_are_too_little_to_judge() -> None:
    """With each weekday seen twice nothing is unusual yet."""
    grid, counts = history(weeks=2)
    counts[at(grid, 8, 10)] = 500
    np.testing.assert_array_equal(clean(Demand("q", grid, counts)).demand.offered, counts)


def test_handling_stays_beside_the_counts() -> None:
    """Handled contacts and their seconds pass through untouched."""
    grid, counts = history()
    handled, seconds = np.nan_to_num(counts), np.nan_to_num(counts) * 180
    cleaned = clean(Demand("q", grid, counts, handled, seconds))
    np.testing.assert_array_equal(cleaned.demand.handled, handled)
    np.testing.assert_array_equal(cleaned.demand.handling_seconds, seconds)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "America/New_York"])
def test_clock_changes_are_not_faults(zone: str) -> None:
    """Days of 23, 25, 23.5 or 24.5 hours are as usual as any other; nothing is set aside around them."""
    grid = TimeGrid(date(2024, 2, 5), 7 * 42, HALF_HOUR, zone)
    slots = np.asarray(grid.slots)
    counts = np.random.default_rng(5).poisson(20 + 15 * np.sin(slots / 48 * 2 * np.pi)).astype(float)
    cleaned = clean(Demand("q", grid, counts))
    np.testing.assert_array_equal(cleaned.demand.offered, counts)
    assert cleaned.changes == ()


def test_nothing_known_at_all() -> None:
    """A history of unknowns has nothing to clean and does not fail."""
    grid = TimeGrid(MONDAY, 3, HALF_HOUR)
    cleaned = clean(Demand("q", grid, np.full(len(grid), np.nan)))
    assert np.isnan(cleaned.demand.offered).all()
    assert not of_kind(cleaned, "gap", "outlier", "outage", "partial")


def test_settings_are_checked() -> None:
    """A strictness that is not positive and coverage of another length are refused."""
    grid, counts = history(weeks=1)
    with pytest.raises(InvalidInput, match="strictness of 0"):
        clean(Demand("q", grid, counts), strictness=0)
    with pytest.raises(InvalidInput, match="covered_seconds has 3 values"):
        clean(Demand("q", grid, counts), covered_seconds=np.ones(3))


def recorded(moments: pd.Series, counts: pd.Series, step_seconds: int) -> Demand:
    """Rows of local times and counts as demand: sums by interval, unknown where there is no row."""
    first = moments.iloc[0].date()
    grid = TimeGrid(first, (moments.iloc[-1].date() - first).days + 1, step_seconds)
    place = ((moments - pd.Timestamp(first)).dt.total_seconds() // step_seconds).astype(int)
    sums = np.bincount(place, counts, len(grid))
    return Demand("q", grid, np.where(np.bincount(place, minlength=len(grid)) > 0, sums, np.nan))


@pytest.mark.parametrize("minutes", [5, 30])
def test_bank_calls_have_four_gaps_and_hardly_anything_else(data: Path, minutes: int) -> None:
    """The four days without rows are named, nights and weekends closed, at most five of 21,294 counts removed."""
    rows = pd.read_csv(
        data / "bank-calls-5min/bank_calls_2003-03-03_to_2003-08-29.csv.gz", parse_dates=["DateTime"]
    )
    demand = recorded(rows["DateTime"], rows["Calls"], 60 * minutes)
    cleaned = clean(demand)
    gaps = [change.start.date().isoformat() for change in of_kind(cleaned, ChangeKind.GAP)]
    assert gaps == ["2003-04-04", "2003-04-07", "2003-05-26", "2003-07-04"]
    assert len(of_kind(cleaned, ChangeKind.CLOSED)) == 2
    assert int(demand.known.sum() - cleaned.demand.known.sum()) <= (5 if minutes == 5 else 0)


def test_daily_calls_need_no_cleaning(data: Path) -> None:
    """Three years of a growing line with seasons and movable holidays: nothing is a fault."""
    rows = pd.read_csv(
        data / "daily-calls-and-reservations/case_data_calls_to_2015-10.csv", sep=";", encoding="utf-8-sig"
    )
    demand = recorded(pd.to_datetime(rows["date"], format="%d-%m-%Y"), rows["calls"], 86_400)
    assert clean(demand).changes == ()


def test_counts_somebody_vouches_for_stay() -> None:
    """An outage that a planner knows to be true demand is learnt from; the same silence elsewhere is not."""
    grid, counts = history()
    for day in (30, 46):
        counts[at(grid, day, 11) : at(grid, day, 13)] = 0
    trusted = np.zeros(len(grid), dtype=bool)
    trusted[at(grid, 30, 11) : at(grid, 30, 13)] = True
    cleaned = clean(Demand("q", grid, counts, trusted=trusted))
    assert [change.first for change in of_kind(cleaned, "outage")] == [at(grid, 46, 11)]
    assert not np.isnan(cleaned.demand.offered[at(grid, 30, 11)])
