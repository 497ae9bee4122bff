"""Ends of promises and the rate they are kept at."""

from datetime import UTC, datetime, timedelta

import pytest

from floorwalker.apps.promises.rules import (
    KeptRate,
    delivered,
    kept_rate,
    lapsed,
    lead_told_from,
    overdue,
    owner_told_from,
)

DUE = datetime(2026, 3, 4, 17, tzinfo=UTC)


def test_delivered_on_the_minute_is_kept():
    """The due moment itself is in time, the second after it is late."""
    assert delivered(DUE, DUE) == "kept"
    assert delivered(DUE, DUE + timedelta(seconds=1)) == "late"


def test_overdue_and_lapsed_begin_after_their_moment():
    """A promise is overdue after its due moment and broken only when the grace is over too."""
    grace = timedelta(days=14)
    assert not overdue(DUE, DUE)
    assert overdue(DUE, DUE + timedelta(seconds=1))
    assert not lapsed(DUE, grace, DUE + grace)
    assert lapsed(DUE, grace, DUE + grace + timedelta(seconds=1))


@pytest.mark.parametrize(("hours_given", "hours_before"), [(14 * 24, 24), (48, 24), (24, 12), (2, 1), (0, 0)])
def test_a_reminder_comes_a_day_ahead_or_half_way(hours_given, hours_before):
    """Never in the moment something is promised, unless it is due at once."""
    made = DUE - timedelta(hours=hours_given)
    assert owner_told_from(made, DUE) == DUE - timedelta(hours=hours_before)


def test_a_lead_hears_of_it_while_it_can_still_be_delivered():
    """After the stated days, or with the end of a shorter grace."""
    days = timedelta(days=1)
    assert lead_told_from(DUE, 2 * days, 14 * days) == DUE + 2 * days
    assert lead_told_from(DUE, 2 * days, days) == DUE + days


def test_withdrawn_and_open_promises_do_not_count():
    """A rate is over what was kept, late or broken."""
    rate = kept_rate({"kept": 3, "late": 1, "broken": 1, "withdrawn": 9, "open": 4})
    assert rate == KeptRate(3, 1, 1)
    assert rate.ended == 5
    assert rate.share == pytest.approx(0.6)


def test_wilson_interval_equals_the_published_one():
    """8 of 10 at 90 %: Wilson's interval is 0.541-0.931 (formula of Wilson 1927 solved as a quadratic)."""
    low, high = KeptRate(8, 1, 1).interval
    z, n, p = 1.6448536269514722, 10, 0.8
    # The bounds are the roots of (p - x)^2 = z^2 x (1 - x) / n.
    for x in (low, high):
        assert (p - x) ** 2 == pytest.approx(z**2 * x * (1 - x) / n)
    assert low < p < high


def test_few_promises_say_nothing():
    """Below five ended promises there is no rate; with none the interval is everything."""
    assert KeptRate(4, 0, 0).too_few
    assert not KeptRate(5, 0, 0).too_few
    assert KeptRate(0, 0, 0).interval == (0.0, 1.0)
