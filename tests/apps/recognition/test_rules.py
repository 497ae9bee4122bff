"""How far thanks are shown, and whom a surge makes due."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floorwalker.apps.performance.rules.baseline import Baseline
from floorwalker.apps.recognition.rules import thanks as rules
from floorwalker.apps.recognition.rules.thanks import (
    QueueDay,
    due_after_surges,
    long_without,
    smallest_ratio,
    steady,
)

TODAY = date(2026, 3, 5)
TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)
WIDTHS = st.sampled_from(list(rules.WIDTH))


@given(WIDTHS, WIDTHS)
def test_nothing_is_shown_wider_than_wished(wanted: str, wish: str) -> None:
    """Nor wider than whoever thanks has chosen."""
    shown = rules.WIDTH[rules.no_wider(wanted, wish)]
    assert shown == min(rules.WIDTH[wanted], rules.WIDTH[wish])


def surge(day: date = TUESDAY, actual: float = 620) -> QueueDay:
    return QueueDay(1, "Refunds", day, 500, actual)


def test_a_surge_is_more_in_share_and_in_number() -> None:
    """A fifth more of many; not eight more of ten, and not fifty more of a thousand."""
    assert surge().is_surge
    assert not QueueDay(1, "Refunds", TUESDAY, 10, 18).is_surge
    assert not QueueDay(1, "Refunds", TUESDAY, 1000, 1050).is_surge


def test_who_carried_the_latest_surge_longest_comes_first() -> None:
    """By the day, then by hours on the phones; one line a person, with their latest surge."""
    hours = {(1, 1, TUESDAY): 8.0, (2, 1, TUESDAY): 7.0, (2, 1, WEDNESDAY): 3.0, (3, 1, WEDNESDAY): 5.0}
    found = due_after_surges([surge(), surge(WEDNESDAY)], hours, {})
    assert [(each.agent_id, each.at.day) for each in found] == [(3, WEDNESDAY), (2, WEDNESDAY), (1, TUESDAY)]


def test_nobody_is_due_who_was_hardly_there_or_is_thanked() -> None:
    """Under two hours, on another queue, on a quiet day, or thanked on the day or since."""
    hours = {(1, 1, TUESDAY): 1.5, (2, 2, TUESDAY): 8.0, (3, 1, WEDNESDAY): 8.0, (4, 1, TUESDAY): 8.0}
    found = due_after_surges([surge(), surge(WEDNESDAY, 510)], hours, {4: TUESDAY})
    assert found == []


def level(mean: float, spread: float, days: int = 20) -> Baseline:
    return Baseline(mean, mean - 1, mean + 1, days, spread, 1.0, 0.0, TODAY)


def test_steady_is_who_differs_less_than_chance_gives_and_is_no_worse_than_most() -> None:
    """Less than half the spread of others is; two thirds, few days, few others, or a bad level is not."""
    others = {pk: {"q": level(80.0, 6.0)} for pk in range(1, 7)}
    assert [each.agent_id for each in steady({**others, 9: {"q": level(81.0, 2.5)}}, {"q": True})] == [9]
    assert steady({**others, 9: {"q": level(81.0, 4.0)}}, {"q": True}) == []
    assert steady({**others, 9: {"q": level(81.0, 2.5, 8)}}, {"q": True}) == []
    assert steady({**others, 9: {"q": level(70.0, 2.5)}}, {"q": True}) == []
    assert [each.agent_id for each in steady({**others, 9: {"q": level(70.0, 2.5)}}, {"q": False})] == [9]
    assert steady({1: others[1], 9: {"q": level(81.0, 1.0)}}, {"q": True}) == []


def test_chance_alone_calls_somebody_steady_in_few_teams() -> None:
    """Two thousand teams of ten of one spread: in about one of a hundred somebody is that far below the spread."""
    chance, called, freedom, people = random.Random(3), 0, 19, 10
    edge = smallest_ratio(freedom, people)
    for _ in range(2000):
        own = [sum(chance.gauss(0, 1) ** 2 for _ in range(freedom)) / freedom for _ in range(people)]
        called += min(own) < edge
    assert 5 <= called <= 40


def test_long_without_counts_from_the_last_thanks_or_the_first_day() -> None:
    """Sixty days at least; the longest first."""
    first = {1: TODAY - timedelta(days=400), 2: TODAY - timedelta(days=59), 3: TODAY - timedelta(days=400)}
    thanked = {1: TODAY - timedelta(days=60), 3: TODAY - timedelta(days=90)}
    assert long_without(first, thanked, TODAY) == [(3, 90), (1, 60)]
