"""Settings and sentences of required staff, as plain values."""

from datetime import date

import pytest

from floorwalker.apps.capacity import rules


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({}, []),
        ({"shrinkage": 0.9}, ["shrinkage"]),
        ({"shrinkage": -0.1}, ["shrinkage"]),
        ({"absence": 0.5}, ["absence"]),
        ({"min_staff": 1001}, ["min_staff"]),
        ({"confidence": 1.0}, ["confidence"]),
        ({"max_abandon": 0.05}, ["patience"]),
    ],
)
def test_settings_that_make_no_sense_are_named(changes, problems):
    assert rules.Staffing(**changes).problems(patience_known=False) == problems


def test_a_limit_on_hanging_up_is_fine_where_patience_is_known():
    assert rules.Staffing(max_abandon=0.05).problems(patience_known=True) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [([0, 3, 5, 5, 2, 5], rules.Run(2, 4, 5)), ([7], rules.Run(0, 1, 7)), ([0, 0], None), ([], None)],
)
def test_the_peak_is_the_first_run_of_the_highest(values, expected):
    assert rules.peak(values) == expected


def test_a_queue_is_open_by_its_hours_or_where_contacts_come():
    """Closed days beat both; a queue without hours is served where anybody calls."""
    hours = [[[480, 540]]] + [[]] * 6
    minutes = [450, 480, 510, 540]
    contacts = [1.0, 0.0, 2.0, 3.0]
    assert rules.open_intervals(hours, 0, minutes, contacts, closed=False) == [False, True, True, False]
    assert rules.open_intervals(None, 0, minutes, contacts, closed=False) == [True, False, True, True]
    assert rules.open_intervals(hours, 0, minutes, contacts, closed=True) == [False] * 4


def test_days_fall_into_calendar_weeks():
    """A roster is published week by week, so it is asked for week by week."""
    days = [date(2026, 3, 6 + n) for n in range(5)]
    assert rules.weeks_of(days) == [(date(2026, 3, 6), 3), (date(2026, 3, 9), 2)]


def test_a_day_left_out_begins_another_piece():
    """A holiday on Tuesday: what is counted from Wednesday on is not Tuesday's."""
    days = [date(2026, 3, day) for day in (9, 11, 12)]
    assert rules.weeks_of(days) == [(date(2026, 3, 9), 1), (date(2026, 3, 11), 2)]


@pytest.mark.parametrize(
    ("first", "days", "expected"),
    [
        (date(2026, 3, 9), 14, (date(2026, 3, 9), 14)),  # ahead
        (date(2026, 2, 2), 56, (date(2026, 3, 2), 28)),  # begun: from this week on
        (date(2025, 1, 6), 28, (date(2025, 1, 6), 28)),  # past: all of it
        (date(2026, 3, 9), 365, (date(2026, 3, 9), 70)),  # long: what one order holds
    ],
)
def test_an_order_begins_with_this_week(first, days, expected):
    assert rules.order_days(first, days, date(2026, 3, 4), 70) == expected


def test_the_best_two_hours_of_a_day():
    assert rules.best_stretch([0, 1, 5, 5, 5, 5, 1, 0], 1800) == (2, 6)
    assert rules.best_stretch([0.0] * 8, 1800) is None
    assert rules.best_stretch([3.0], 86400) == (0, 1)


@pytest.mark.parametrize(("probability", "word"), [(0.5, "likely"), (0.2, "possible"), (0.19, "unlikely")])
def test_a_probability_has_a_word(probability, word):
    assert rules.risk_level(probability) == word


@pytest.mark.parametrize(
    ("claimed", "achieved", "word"),
    [(0.82, 0.81, "holds"), (0.82, 0.79, "too_much"), (0.82, 0.85, "too_little"), (0.0, 0.01, "nobody")],
)
def test_a_claim_has_a_word_and_a_claim_of_nothing_is_no_good_one(claimed, achieved, word):
    assert rules.claim_level(claimed, achieved) == word


def test_short_and_over():
    assert rules.short_and_over([5, 3, 0], [3, 3, 2]) == (2, 2)


def test_a_curve_is_read_by_straight_lines_and_says_where_it_ends():
    """Between points a line, with nobody there every caller; beyond the last point unknown unless none is left."""
    curve = rules.Curve.of(4, [-6, -4, -1, 0, 2], [90.0, 90.0, 90.0, 12.0, 6.0, 2.0])
    assert curve.people == (0, 3, 4, 6)
    assert [curve.at(people) for people in (0, 1, 3, 5, 6)] == [90.0, 64.0, 12.0, 4.0, 2.0]
    assert curve.at(7) is None
    assert rules.Curve((0, 5), (10.0, 0.04)).at(9) == 0.04
