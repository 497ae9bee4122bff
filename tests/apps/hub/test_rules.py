"""Moves, days and groups."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.apps.hub import rules
from floorwalker.apps.hub.models import Saying

KINDS = st.sampled_from(Saying.Kind.values)
STATES = st.sampled_from(Saying.State.values)


@given(KINDS, STATES, STATES)
def test_nothing_that_has_ended_moves(kind: str, state: str, to: str) -> None:
    """Done, declined and joined are ends, and so is the answer to a question."""
    if not rules.is_open(kind, state):
        assert not rules.may_move(kind, state, to)


@given(KINDS, STATES)
def test_everything_open_can_end(kind: str, state: str) -> None:
    """From each open state there is a way to done and to declined."""
    if rules.is_open(kind, state):
        assert rules.may_move(kind, state, rules.DONE)
        assert rules.may_move(kind, state, rules.DECLINED)


def test_only_ideas_and_policies_are_tried() -> None:
    """A question is answered, not tried."""
    tried = {kind for kind in Saying.Kind.values if rules.may_move(kind, rules.RECEIVED, rules.TRIAL)}
    assert tried == {"idea", "policy"}


@pytest.mark.parametrize(
    ("said", "days", "due"),
    [
        (date(2026, 3, 4), 1, date(2026, 3, 5)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # a Friday
        (date(2026, 3, 7), 5, date(2026, 3, 13)),  # a Saturday
        (date(2026, 3, 4), 10, date(2026, 3, 18)),
    ],
)
def test_days_to_answer_are_working_days(said: date, days: int, due: date) -> None:
    """Monday to Friday."""
    assert rules.due_after(said, days) == due


@pytest.mark.parametrize(
    ("team", "site", "group"), [(5, 200, "team"), (4, 5, "site"), (4, 4, None), (0, 0, None), (12, 12, "team")]
)
def test_one_hides_in_the_smallest_group_of_five(team: int, site: int, group: str | None) -> None:
    """The team where it is large enough, else the site, else nowhere."""
    assert rules.group_to_hide_in(team, site) == group
