"""Real exports, where the folder FLOORWALKER_DATA holds them: what their own descriptions say of them."""

import os
from pathlib import Path

import numpy as np
import pytest

from floorwalker.contacts import (
    HistoryError,
    HistoryQuestion,
    fit_log,
    observed_patience,
    read_history,
    to_demand,
)

DATA = Path(os.environ.get("FLOORWALKER_DATA", "/nowhere"))
pytestmark = pytest.mark.skipif("FLOORWALKER_DATA" not in os.environ, reason="FLOORWALKER_DATA names no folder")


def real(name, **options):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not in FLOORWALKER_DATA")
    return read_history(path, **options)


def test_bank_calls():
    """21,294 intervals of 5 minutes; four weekdays without a row are unknown, and every call is counted."""
    history = real("bank-calls-5min/bank_calls_2003-03-03_to_2003-08-29.csv.gz")
    assert (history.stored, history.rejected, history.step_seconds) == (21294, 0, 300)
    daily = to_demand(history, step_seconds=86400)["all"]
    unknown = [
        day.isoformat()
        for day, v in zip(daily.grid.dates, daily.offered, strict=True)
        if np.isnan(v) and day.weekday() < 5
    ]
    assert unknown == ["2003-04-04", "2003-04-07", "2003-05-26", "2003-07-04"]
    half_hours = to_demand(history, step_seconds=1800)["all"].offered
    assert np.nansum(half_hours) == np.nansum(daily.offered) == history.frame["offered"].sum()


def test_daily_calls():
    """1,034 days, none missing, 1,059 to 12,864 calls; the reservations beside them need one answer."""
    history = real("daily-calls-and-reservations/case_data_calls_to_2015-10.csv")
    assert history.stored == 1034
    assert (history.frame["offered"].min(), history.frame["offered"].max()) == (1059, 12864)
    assert not np.isnan(to_demand(history, step_seconds=86400)["all"].offered).any()
    name = "daily-calls-and-reservations/case_data_reservations_to_2015-10.csv"
    with pytest.raises(HistoryQuestion, match="counts the contacts"):
        real(name)
    assert real(name, mapping={"offered": "total_reservations"}).stored == 669


@pytest.mark.parametrize(
    ("month", "read", "answered", "abandoned", "menu", "phantom", "silent"),
    [("january", 31599, 27060, 3101, 1198, 240, [11, 12]), ("february", 33344, 27162, 3963, 1941, 278, [])],
)
def test_bank_log(month, read, answered, abandoned, menu, phantom, silent):
    """Every line of the month is accounted for; January has no call on the 11th and 12th."""
    history = real(f"technion-anonymous-bank-1999/{month}.txt.gz", zone="Asia/Jerusalem")
    assert (history.read, history.duplicates, history.rejected) == (read, 0, 0)
    assert history.frame["outcome"].value_counts().to_dict() == {"answered": answered, "abandoned": abandoned}
    assert sorted(history.reasons().values()) == sorted((menu, phantom))
    demand = to_demand(history, step_seconds=1800)["all"]
    assert np.nansum(demand.offered) == answered + abandoned
    days = demand.offered.reshape(-1, 48)
    assert [day + 1 for day in np.flatnonzero(np.isnan(days).all(axis=1))] == silent
    assert observed_patience(history).abandoned == abandoned


def test_bank_six_minute_counts():
    """58,320 rows; the half values of 23 May survive."""
    history = real("technion-anonymous-bank-1999/arrivals_6min_1999-01_to_1999-08.csv.gz")
    assert (history.stored, history.step_seconds) == (58320, 360)
    assert (history.frame["offered"] % 1 > 0).any()


def test_simulated_call_centre():
    """20,947 calls by a twelve-hour clock, nobody abandons, mean service about five minutes."""
    history = real("simulated-call-centre-2021/simulated_call_centre_2021H1.csv.gz")
    assert history.stored == 20947
    assert set(history.frame["outcome"]) == {"answered"}
    assert history.frame["handling_seconds"].mean() == pytest.approx(300, rel=0.02)


def test_restaurant_booking():
    """369 unanswered calls are not in this file's single week in full; none has a wait, each has an agent."""
    history = real("restaurant-booking-call-log/call_center_data_2023-11-01_to_07.csv.gz")
    lost = history.frame[history.frame["outcome"] == "abandoned"]
    assert (history.stored, len(lost)) == (12546, 175)
    assert lost["wait_seconds"].isna().all()
    assert lost["agent"].notna().all()


def test_back_office_and_telephone_records():
    """Cases by submission; the records of a telephone system once told which column is which."""
    assert real("back-office-service-requests/ServiceRequestExtract2.csv").stored == 1152
    records = real(
        "vendor-samples/asterisk/cdr-csv_Master.csv", mapping={"start": "10", "outcome": "15", "id": "17"}
    )
    assert (records.read, records.stored, records.rejected) == (14, 11, 3)


@pytest.mark.parametrize(
    ("name", "error", "sentence"),
    [
        ("phonenow-agent-calls-2021/Call-Center-Dataset.xlsx", HistoryError, "is a workbook"),
        ("interarrival-times-one-day/call_center.csv", HistoryQuestion, "No column says when"),
        ("call-center-daily-kpi/call_center_data_hms.csv", HistoryQuestion, "No column says when"),
        ("nhs111-monthly-2015-16/nhs111_2015-04_to_2015-12.csv.gz", HistoryError, "'Periodname' .* holds months"),
        ("technion-anonymous-bank-1999/shifts.csv", HistoryQuestion, "No column says when"),
        ("vendor-samples/asterisk/cdr-csv_Master.csv", HistoryQuestion, "Several columns could say when"),
        ("vendor-samples/freeswitch/cdr-csv_Master.csv", HistoryQuestion, "Several columns could say when"),
        ("vendor-samples/asterisk/queue_log_native_lines.txt", HistoryError, "logs events"),
        ("vendor-samples/asterisk/queue_log_table_rows_psql.txt", HistoryError, "logs events"),
        ("vendor-samples/genesys-cloud/conversation1.json", HistoryError, "is JSON"),
    ],
)
def test_what_cannot_be_loaded_says_what_would_make_it(name, error, sentence):
    """One sentence for each file that is no history yet."""
    with pytest.raises(error, match=sentence):
        real(name)


def test_the_bank_log_tells_patience_and_redials():
    """Regular callers (PS) would wait long, and no shape fits exactly, which is said."""
    history = real(
        "technion-anonymous-bank-1999/january.txt.gz", zone="Asia/Jerusalem", customer_salt="of this test"
    )
    (regular,) = fit_log(history, by="reason", only=("PS",)).types
    assert (regular.patience.abandoned, regular.patience.contacts) == (1659, 22033)
    assert regular.patience.family == "lognormal"
    assert 440 < regular.patience.median_seconds.low < regular.patience.median_seconds.high < 545
    assert regular.patience.distance > regular.patience.band  # said, not hidden
    assert (
        regular.handling.duration.kind == "empirical"
    )  # agents who hung up on callers: many calls of a few seconds
    assert 0.19 < regular.redial.probability.low < regular.redial.probability.high < 0.28
    assert regular.redial.chance > 0.2  # regular callers come back within four hours anyway
