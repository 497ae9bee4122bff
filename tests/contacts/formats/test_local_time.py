"""Wall clocks where an hour is missing or comes twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from floorwalker.contacts.formats.local_time import wall_to_utc

EPOCH = datetime(1970, 1, 1)


def wall(*moments):
    return np.array([(moment - EPOCH).total_seconds() for moment in moments])


@pytest.mark.parametrize(
    "zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
)
def test_every_half_hour_of_two_years_agrees_with_zoneinfo(zone):
    """Both folds of every existing wall-clock time are those of the standard library; gaps are NaN."""
    moments = [datetime(2023, 1, 1) + timedelta(minutes=30 * step) for step in range(2 * 365 * 48)]
    first, last = wall_to_utc(wall(*moments), zone)
    info = ZoneInfo(zone)
    for index, moment in enumerate(moments):
        early = moment.replace(tzinfo=info).timestamp()
        late = moment.replace(tzinfo=info, fold=1).timestamp()
        if late < early:  # PEP 495: in a gap the folds are the wrong way round
            assert np.isnan(first[index])
        else:
            assert (first[index], last[index]) == (early, late)


def test_the_borders_of_a_gap_and_of_a_repeated_hour():
    """Missing is [02:00, 03:00), repeated [02:00, 03:00): half-open to the second, Berlin 2024."""
    spring = datetime(2024, 3, 31)
    hours = [spring + timedelta(hours=2, seconds=s) for s in (-1, 0, 3599, 3600)]
    assert np.isnan(wall_to_utc(wall(*hours), "Europe/Berlin")[0]).tolist() == [False, True, True, False]
    autumn = datetime(2024, 10, 27)
    hours = [autumn + timedelta(hours=2, seconds=s) for s in (-1, 0, 3599, 3600)]
    first, last = wall_to_utc(wall(*hours), "Europe/Berlin")
    assert (last - first).tolist() == [0, 3600, 3600, 0]


def test_unknown_times_stay_unknown():
    """NaN in, NaN out, alone and among others."""
    assert np.isnan(wall_to_utc(np.array([np.nan]), "UTC")[0]).all()
    assert wall_to_utc(np.array([np.nan, 60.0]), "UTC")[0].tolist()[1] == 60
    assert len(wall_to_utc(np.array([]), "UTC")[0]) == 0
