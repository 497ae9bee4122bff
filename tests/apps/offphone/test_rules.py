"""What a slot costs and which are the cheapest, against brute force."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.apps.offphone.rules import (
    MOVES,
    Price,
    Prices,
    Window,
    cheapest,
    cost,
    free_windows,
    may_move,
    rising,
    valid_minutes,
)

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
HALF = timedelta(minutes=30)
QUARTER = timedelta(minutes=15)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def prices(*callers: float, group: int = 1) -> Prices:
    """One price an half-hour from 8:00 on: the callers one agent costs, the second as much again and a half."""
    table = {(group, START + i * HALF): Price(((1.0, c), (2.0, 2.5 * c))) for i, c in enumerate(callers)}
    return Prices(HALF, table)


def test_a_price_is_straight_between_its_points_and_goes_on_at_its_last_slope():
    """Half an agent costs half the first; the third as much as the second."""
    price = Price(((1.0, 2.0), (2.0, 6.0)))
    assert [price.callers(n) for n in (0, 0.5, 1, 1.5, 2, 3)] == [0, 1, 2, 4, 6, 10]
    assert Price(()).callers(3) == 0


def test_a_slot_costs_its_share_of_each_interval():
    """8:15-9:00 takes half of the first half-hour and all of the second."""
    slot = cost(at(0.25), at(1), [1], prices(2, 4), {})
    assert slot.callers == pytest.approx(1 + 4)
    assert not slot.unpriced


def test_the_second_agent_away_costs_more_than_the_first():
    """What other sessions already take raises the price of the next one."""
    assert cost(at(0), at(0.5), [1], prices(2), {}).callers == pytest.approx(2)
    assert cost(at(0), at(0.5), [1], prices(2), {(1, START): 1.0}).callers == pytest.approx(3)
    assert cost(at(0), at(0.5), [1, 1], prices(2), {}).callers == pytest.approx(5)


def test_the_band_has_prices_of_its_own():
    """Low and high are read off their own lines, on top of the agents already away."""
    table = Prices(HALF, {(1, START): Price(((1.0, 2.0), (2.0, 5.0)), ((1.0, 1.0), (2.0, 2.0)), ((1.0, 6.0),))})
    slot = cost(at(0), at(0.5), [1], table, {})
    assert (slot.low, slot.callers, slot.high) == (1, 2, 6)
    second = cost(at(0), at(0.5), [1], table, {(1, START): 1.0})
    assert (second.low, second.callers, second.high) == (1, 3, 6)


def test_a_slot_is_simulated_only_where_all_of_it_is():
    """A price by formula in one of two half-hours makes the whole a price by formula, as old as the older one."""
    table = dict(prices(2, 4).table)
    table[1, START] = Price(((1.0, 2.0),), source="simulation", made_at=at(2))
    table[1, at(0.5)] = Price(((1.0, 2.0),), source="simulation", made_at=at(1))
    both = cost(at(0), at(1), [1], Prices(HALF, table), {})
    assert (both.source, both.made_at) == ("simulation", at(1))
    table[1, at(0.5)] = Price(((1.0, 2.0),))
    assert cost(at(0), at(1), [1], Prices(HALF, table), {}).source == "formula"
    assert cost(at(5), at(6), [1], Prices(HALF, table), {}).source == ""


def test_without_a_price_a_slot_says_so_and_comes_last():
    """An unknown price is no price of nothing."""
    found = cheapest([[Window(at(0), at(2), 1)]], 30, prices(5, 5), {}, wanted=9)
    assert [slot.unpriced for slot in found] == [False, False, True, True]


@given(
    callers=st.lists(st.integers(0, 9), min_size=6, max_size=6),
    shifts=st.lists(st.tuples(st.integers(0, 4), st.integers(4, 12)), min_size=1, max_size=3),
    minutes=st.sampled_from([15, 30, 45, 60]),
)
def test_the_cheapest_slot_is_that_of_brute_force(callers, shifts, minutes):
    """No other quarter-hour start in everybody's windows costs fewer callers."""
    people = [[Window(START + a * QUARTER, START + (a + b) * QUARTER, 1)] for a, b in shifts]
    table = prices(*callers)
    found = cheapest(people, minutes, table, {})
    length = timedelta(minutes=minutes)
    every = [
        cost(s, s + length, [1] * len(people), table, {})
        for s in (START + k * QUARTER for k in range(24))
        if all(any(w.start <= s and s + length <= w.end for w in windows) for windows in people)
    ]
    priced = [slot.callers for slot in every if not slot.unpriced]
    if not every:
        assert found == []
    elif priced:
        assert found[0].callers == pytest.approx(min(priced))
    assert all(a.end <= b.start or b.end <= a.start for a, b in product(found, found) if a is not b)


def test_what_is_taken_is_cut_out_of_the_windows():
    """A session in the middle leaves two windows; one that covers all leaves none."""
    window = [Window(at(0), at(4), 1)]
    assert free_windows(window, [(at(1), at(2))]) == [Window(at(0), at(1), 1), Window(at(2), at(4), 1)]
    assert free_windows(window, [(at(-1), at(5))]) == []
    assert free_windows(window, [(at(5), at(6))]) == window


def test_only_the_agent_lets_go_of_what_they_are_owed():
    """No move to "let go" is open to whoever leads them; ended sessions move no more."""
    assert all("lead" not in sides for (_, to), sides in MOVES.items() if to == "let_go")
    assert not any(
        may_move(state, to, side)
        for state in ("delivered", "let_go", "declined")
        for to in ("owed", "placed")
        for side in ("agent", "lead")
    )


@pytest.mark.parametrize(
    ("minutes", "good"), [(0, False), (5, True), (7, False), (480, True), (485, False), (-5, False)]
)
def test_lengths(minutes, good):
    assert valid_minutes(minutes) is good


def test_prices_that_fall_are_a_mistake():
    assert rising([(1, 2), (2, 2)])
    assert not rising([(1, 2), (2, 1)])
    assert not rising([(0, 0), (1, 1)])
