"""The three things to do: the right stretches, their numbers, and words for when there is nothing to do."""

from __future__ import annotations

from datetime import date
from math import nan

import numpy as np
import pytest

from floorwalker.cli.report.advice import OneMore, one_more_person, overstaffed, short_hours, span_words, spells
from floorwalker.science.timegrid import DAY_SECONDS, TimeGrid

GRID = TimeGrid(date(2003, 9, 1), 2, 1800, "UTC")


def difference(**where: float) -> np.ndarray:
    values = np.zeros(len(GRID))
    for name, value in where.items():
        values[int(name[1:])] = value
    return values


def test_spells_are_stretches_of_one_sign_and_one_day() -> None:
    """Neighbours join, the other sign does not, midnight separates, the largest comes first."""
    values = difference(i0=-1, i1=-3, i2=2, i47=-1, i48=-1, i95=-2)
    found = spells(GRID, values, -1)
    assert [(s.first, s.stop, s.people, s.hours) for s in found] == [
        (0, 2, 3, 2.0),
        (95, 96, 2, 1.0),
        (47, 48, 1, 0.5),
        (48, 49, 1, 0.5),
    ]
    assert [(s.first, s.people) for s in spells(GRID, values, +1)] == [(2, 2)]


def test_hours_of_a_spell_are_elapsed() -> None:
    """On the 25-hour day of autumn a daily interval counts 25 hours."""
    grid = TimeGrid(date(2003, 10, 26), 1, DAY_SECONDS, "America/New_York")
    assert spells(grid, [-1.0], -1)[0].hours == 25


@pytest.mark.parametrize(
    ("first", "stop", "text"),
    [(0, 1, "Mon 1 Sep 00:00–00:30"), (47, 48, "Mon 1 Sep 23:30–24:00"), (95, 96, "Tue 2 Sep 23:30–24:00")],
)
def test_span_words(first: int, stop: int, text: str) -> None:
    """The end of a day is 24:00, also at the end of the plan."""
    assert span_words(GRID, first, stop) == text


def test_short_hours_name_the_worst_and_its_service() -> None:
    """The number is all agent-hours missing; the sentence has the largest spell and the next ones."""
    service = np.full(len(GRID), 0.9)
    service[18] = 0.4321
    advice = short_hours(GRID, difference(i18=-3, i19=-2, i60=-1), service=service)
    assert advice.number == "−3 agent-hours"
    assert advice.when == "Mon 1 Sep 09:00–10:00"
    assert "largest of 2 short spells: up to 3 people missing" in advice.detail
    assert "43.2" in advice.detail
    assert "Next: Tue 2 Sep 06:00–06:30." in advice.detail
    assert "falls to" not in short_hours(GRID, difference(i18=-3)).detail
    assert "only short spell" in short_hours(GRID, difference(i18=-3)).detail


def test_overstaffed_as_a_share_of_what_is_paid() -> None:
    """Agent-hours over, and their share with the paid hours known."""
    advice = overstaffed(GRID, difference(i20=4, i21=4), paid_hours=40)
    assert advice.number == "+4 agent-hours"
    assert "10.0" in advice.detail
    assert "of what is paid" not in overstaffed(GRID, difference(i20=4)).detail


def test_one_more_person_says_before_and_after() -> None:
    """Points of service gained and contacts saved; without patience nothing is said of abandonment."""
    advice = one_more_person(GRID, OneMore(18, 20, 0.61, 0.74, 6.0, 3.5))
    assert advice.number == "+13.0 points"
    assert advice.when == "Mon 1 Sep 09:00–10:00"
    assert "saves 2.5 abandoned contacts" in advice.detail
    for unknown in (nan, 0.0):
        assert "abandon" not in one_more_person(GRID, OneMore(18, 20, 0.61, 0.74, unknown, unknown)).detail


def test_nothing_to_do_is_said() -> None:
    """A perfect cover, and a week without contacts, still have three answers."""
    assert short_hours(GRID, np.zeros(len(GRID))).headline == "No hour is short"
    assert overstaffed(GRID, np.zeros(len(GRID))).headline == "No hour is overstaffed"
    assert one_more_person(GRID, None).number == "+0 points"
