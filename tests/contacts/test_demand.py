"""Counting history on a grid: gaps are not zeros, edges are not gaps."""

import numpy as np
import pytest

from floorwalker.contacts import read_history, to_demand
from floorwalker.science.errors import InvalidInput

NAN = None


def values(array):
    return [None if np.isnan(value) else value for value in array]


def counts(rows):
    return "DateTime,Calls\n" + "".join(f"{moment},{calls}\n" for moment, calls in rows)


def quarter_hours(day, first, last, skip=()):
    """A row of one call every quarter hour from ``first`` to ``last`` o'clock but for those skipped."""
    times = [f"{m // 60:02}:{m % 60:02}" for m in range(first * 60, last * 60, 15)]
    return [(f"{day}T{time}", 1) for time in times if time not in skip]


def test_a_missing_row_is_unknown_and_so_is_what_it_belongs_to(read):
    """10:15 is missing: its quarter hour, half hour and hour are unknown, the others are known."""
    history = read(counts(quarter_hours("2024-05-06", 9, 12, skip=("10:15",))))
    quarters = to_demand(history, step_seconds=900)["all"].offered
    assert values(quarters[36:48]) == [1] * 5 + [NAN] + [1] * 6
    assert np.isnan(quarters[:36]).all()
    assert np.isnan(quarters[48:]).all()
    assert values(to_demand(history, step_seconds=1800)["all"].offered[18:24]) == [2, 2, NAN, 2, 2, 2]
    assert values(to_demand(history, step_seconds=3600)["all"].offered[9:12]) == [4, NAN, 4]


def test_the_edge_of_the_recorded_day_is_no_gap(read):
    """Rows from 09:15 to 11:15 fill the hours they begin and end in as far as the day was recorded."""
    rows = quarter_hours("2024-05-06", 9, 12, skip=("09:00", "11:15", "11:30", "11:45"))
    history = read(counts(rows))
    assert values(to_demand(history, step_seconds=3600)["all"].offered[8:13]) == [NAN, 3, 4, 1, NAN]


def test_a_night_of_silence_is_an_edge_in_any_zone(read):
    """Rows that end at 21:15 in New York end at a quarter past two in Lisbon: closing time, not a hole."""
    rows = [
        row for day in ("2024-05-06", "2024-05-07") for row in quarter_hours(day, 15, 22) if row[0][-5:] < "21:15"
    ]
    abroad = to_demand(read(counts(rows), zone="America/New_York"), step_seconds=1800, zone="Europe/Lisbon")["all"]
    assert np.nansum(abroad.offered) == len(rows)
    assert values(abroad.offered[40:54]) == [2] * 12 + [1, NAN]


def test_days_without_rows_are_unknown(read):
    """Between two recorded days a day without rows is a gap, in hours and in days."""
    history = read(counts(quarter_hours("2024-05-06", 9, 11) + quarter_hours("2024-05-08", 9, 11)))
    demand = to_demand(history, step_seconds=86400)["all"]
    assert values(demand.offered) == [8, NAN, 8]
    assert demand.grid.first_day.isoformat() == "2024-05-06"
    assert np.isnan(to_demand(history, step_seconds=3600)["all"].offered[24:48]).all()


def test_finer_than_the_source_is_refused(read):
    """The finest possible step is named; a step that cuts rows in two is refused too."""
    history = read(counts([("2024-05-06T09:00", 1), ("2024-05-06T09:06", 2), ("2024-05-06T09:12", 2)]))
    with pytest.raises(InvalidInput, match="6 minutes cannot be counted in steps of 5 minutes; use 6 minutes"):
        to_demand(history, step_seconds=300)
    with pytest.raises(InvalidInput, match="15 minutes"):
        to_demand(history, step_seconds=900)
    assert np.nansum(to_demand(history, step_seconds=1800)["all"].offered) == 5


def test_the_zone_cuts_the_days(read):
    """Midnight in New York is 04:00 UTC in May: the same rows lie on other days."""
    history = read("DateTime,Calls\n2024-05-06T03:00Z,1\n2024-05-06T04:00Z,2\n", {"step": "60"})
    assert values(to_demand(history, step_seconds=86400)["all"].offered) == [3]
    there = to_demand(history, step_seconds=86400, zone="America/New_York")["all"]
    assert values(there.offered) == [1, 2]
    assert there.grid.zone == "America/New_York"


def test_days_of_23_and_25_hours_keep_every_count(read):
    """Daily rows and hourly logs over both clock changes lose and double nothing."""
    for days in (("2024-03-30", "2024-03-31", "2024-04-01"), ("2024-10-26", "2024-10-27", "2024-10-28")):
        daily = read(
            "Date,Calls\n" + "".join(f"{day},{n}\n" for n, day in enumerate(days, 1)), zone="Europe/Paris"
        )
        assert values(to_demand(daily, step_seconds=86400)["all"].offered) == [1, 2, 3]
        log = read("start,agent\n" + "".join(f"{day} 12:00:00,A\n" for day in days), zone="Europe/Paris")
        demand = to_demand(log, step_seconds=3600)["all"]
        assert demand.offered.sum() == 3
        assert [demand.grid.local(i).hour for i in np.flatnonzero(demand.offered)] == [12, 12, 12]


def test_a_log_has_zeros_within_a_day_and_unknown_days_without_any_contact(read):
    """6 and 8 May have calls, 7 May none: closed or lost, never zero. A queue without calls that day has zeros."""
    history = read(
        "start,queue,agent,duration\n2024-05-06 09:10:00,A,x,100\n"
        "2024-05-06 09:20:00,A,x,\n2024-05-08 10:00:00,B,y,50\n"
    )
    demand = to_demand(history, step_seconds=3600)
    assert values(demand["A"].offered[:24]) == [0] * 9 + [2] + [0] * 14
    assert np.isnan(demand["A"].offered[24:48]).all()
    assert values(demand["A"].offered[48:]) == [0] * 24
    assert values(demand["B"].offered[58:59]) == [1]
    assert demand["A"].handled[9] == 1
    assert demand["A"].handling_seconds[9] == 100
    assert np.isnan(demand["A"].handled[24:48]).all()


def test_only_the_queues_asked_for(read):
    """A name that is not there is named with those that are."""
    history = read("start,queue,agent\n2024-05-06 09:10:00,A,x\n2024-05-06 09:20:00,B,x\n")
    assert list(to_demand(history, step_seconds=3600, queues=["B"])) == ["B"]
    with pytest.raises(InvalidInput, match=r"no queue 'C' in history\.csv; it has A, B"):
        to_demand(history, step_seconds=3600, queues=["C"])


def test_handling_time_of_interval_counts(read):
    """Totals add up over the wider step; unknown where the volume is unknown; absent where the file has none."""
    history = read(
        "DateTime,Offered,Answered,AHT\n2024-05-06T09:00,4,3,100\n2024-05-06T09:30,6,5,200\n2024-05-06T10:00,1,1,50\n"
    )
    demand = to_demand(history, step_seconds=3600)["all"]
    assert values(demand.handled[8:12]) == [NAN, 8, 1, NAN]
    assert values(demand.handling_seconds[8:12]) == [NAN, 1300, 50, NAN]
    assert to_demand(read(counts(quarter_hours("2024-05-06", 9, 10))), step_seconds=900)["all"].handled is None


def test_a_mistyped_year_is_named(tmp_path):
    """One line decades away must not become millions of empty intervals."""
    path = tmp_path / "calls.csv"
    path.write_text("start,offered\n2026-09-28 09:00,5\n2026-09-28 09:30,5\n2060-09-29 09:00,5\n")
    history = read_history(path, zone="UTC")
    with pytest.raises(InvalidInput, match="reaches from 2026-09-28 to 2060-09-29"):
        to_demand(history, step_seconds=1800)
