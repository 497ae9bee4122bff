"""Opening hours learnt from where contacts ever came."""

from datetime import date, timedelta

import numpy as np

from floorwalker.science.forecasting import Calendar, OpeningHours
from floorwalker.science.forecasting.day_matrix import DayMatrix

FIRST = date(2023, 1, 2)  # a Monday


def matrix(days: int, fill: object) -> DayMatrix:
    dates = tuple(FIRST + timedelta(days=d) for d in range(days))
    return DayMatrix(dates, np.array([fill(day) for day in dates], dtype=float))  # type: ignore[operator]


def week(open_weekdays: set[int], first: int = 8, last: int = 18, closed: float = 0.0) -> object:
    def fill(day: date) -> list[float]:
        return [5.0 if day.weekday() in open_weekdays and first <= h < last else closed for h in range(24)]

    return fill


def test_weeks_of_every_kind() -> None:
    """Monday-Friday, Sunday-Thursday and round the clock, closed hours as zeros or as gaps."""
    for weekdays in ({0, 1, 2, 3, 4}, {6, 0, 1, 2, 3}, set(range(7))):
        for closed in (0.0, np.nan):
            opening = OpeningHours().fit(matrix(21, week(weekdays, closed=closed)), Calendar())
            assert set(np.flatnonzero(opening.open_.any(axis=1))) == weekdays
            assert opening.open_[0, 8:18].all()
            assert not opening.open_[0, :8].any()
    whole = OpeningHours().fit(matrix(14, week(set(range(7)), 0, 24)), Calendar())
    assert whole.open_.all()


def test_a_quiet_half_hour_is_open_a_long_pause_is_not() -> None:
    """Only gaps of ``gap_minutes`` and more close the queue."""

    def fill(day: date) -> list[float]:
        return [5.0 if 8 <= h < 18 and h not in (10, 13, 14) else 0.0 for h in range(24)]

    opening = OpeningHours().fit(matrix(14, fill), Calendar())
    assert opening.open_[0, 10]
    assert not opening.open_[0, 13]
    assert OpeningHours(gap_minutes=240).fit(matrix(14, fill), Calendar()).open_[0, 13]


def test_new_opening_hours_are_followed() -> None:
    """Only the latest ``recent_weeks`` of a weekday count; a weekday given up closes."""

    def fill(day: date) -> list[float]:
        late = day >= FIRST + timedelta(weeks=10)
        return week({0, 1, 2, 3, 4} if late else {0, 1, 2, 3, 4, 5}, 8, 16 if late else 20)(day)  # type: ignore

    history = matrix(20 * 7, fill)
    opening = OpeningHours().fit(history, Calendar())
    assert not opening.open_[0, 17]
    assert not opening.open_[5].any()
    assert OpeningHours(recent_weeks=15).fit(history, Calendar()).open_[0, 17]


def test_closed_holidays_by_name_and_by_kind() -> None:
    """A holiday is closed where its name was; one never met is closed where all that were met were."""
    closed_once = date(2023, 2, 20)  # Washington's Birthday, a Monday
    history = matrix(80, lambda day: week({0, 1, 2, 3, 4})(day) if day != closed_once else [np.nan] * 24)
    opening = OpeningHours().fit(history, Calendar(("US",)))
    assert "Washington's Birthday" in opening.closed_names_
    assert opening.is_closed(date(2024, 2, 19))
    served = opening.served_names_
    assert "Martin Luther King Jr. Day" in served
    assert not opening.is_closed(date(2023, 5, 29))  # some holidays are served, so an unmet one may be
    only_closed = OpeningHours().fit(matrix(80, lambda d: week({0, 1, 2, 3, 4})(d)), Calendar())
    assert not only_closed.is_closed(closed_once)


def test_own_closed_days_are_closed_and_said() -> None:
    """The list of closed days needs no experience; special days are named in sentences."""
    day = date(2023, 3, 7)
    calendar = Calendar(closed=frozenset({day}), special={date(2023, 3, 8): "launch"})
    opening = OpeningHours().fit(matrix(28, week({0, 1, 2, 3, 4})), calendar)
    assert not opening.mask([day]).any()
    assert opening.mask([date(2023, 3, 8)]).any()
    notes = opening.notes([day, date(2023, 3, 8), date(2023, 3, 9)])
    assert len(notes) == 2
    assert "taken as closed" in notes[0]
    assert "launch" in notes[1]
