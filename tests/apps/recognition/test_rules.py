"""How far thanks are shown, and whom a surge makes due."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from floorwalker.apps.recognition import rules
from floorwalker.apps.recognition.rules import QueueDay, due_after_surges

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
