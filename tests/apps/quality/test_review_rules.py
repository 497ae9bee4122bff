"""The life of a review, as tables of cases; what is taken out of transcripts; how contacts are drawn."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from floorwalker.apps.quality.rules import reviews
from floorwalker.apps.quality.rules.redaction import luhn, redacted
from floorwalker.apps.quality.rules.sampling import Candidate, Group, bias_of, drawn, overdue

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "to", "side", "may"),
    [
        ("drawn", "scored", "evaluator", True),
        ("drawn", "scored", "agent", False),
        ("drawn", "released", "evaluator", False),
        ("scored", "released", "evaluator", True),
        ("released", "disputed", "agent", True),
        ("released", "disputed", "evaluator", False),
        ("disputed", "decided", "evaluator", False),
        ("disputed", "decided", "decider", True),
        ("disputed", "closed", "evaluator", False),
        ("decided", "disputed", "agent", True),
        ("decided", "closed", "evaluator", True),
        ("closed", "disputed", "agent", False),
        ("dropped", "scored", "evaluator", False),
    ],
)
def test_moves(state: str, to: str, side: str, may: bool) -> None:
    """Who may bring a review where."""
    assert reviews.may_move(state, to, side) is may


def test_nothing_is_released_before_the_self_evaluation_or_its_day() -> None:
    """N13: blind on both sides."""
    case = {"state": "scored", "self_due": NOW + DAY}
    assert not reviews.may_release(**case, answered=False, at=NOW)  # type: ignore[arg-type]
    assert reviews.may_release(**case, answered=True, at=NOW)  # type: ignore[arg-type]
    assert reviews.may_release(**case, answered=False, at=NOW + DAY)  # type: ignore[arg-type]
    assert not reviews.may_release(state="drawn", self_due=None, answered=True, at=NOW)
    assert not reviews.shows_evaluation(state="scored") and reviews.shows_evaluation(state="released")
    assert not reviews.shows_self_evaluation(state="drawn") and reviews.shows_self_evaluation(state="scored")


def test_self_evaluations_are_asked_once_a_fortnight_and_never_of_contractors() -> None:
    """Their day is then no condition either."""
    assert reviews.self_evaluation_asked(contractor=False, last_asked=None, at=NOW)
    assert not reviews.self_evaluation_asked(contractor=False, last_asked=NOW - 13 * DAY, at=NOW)
    assert reviews.self_evaluation_asked(contractor=False, last_asked=NOW - 14 * DAY, at=NOW)
    assert not reviews.self_evaluation_asked(contractor=True, last_asked=None, at=NOW)
    assert reviews.may_release(state="scored", self_due=None, answered=False, at=NOW)
    assert reviews.self_evaluation_open(state="drawn", self_due=None, answered=False, at=NOW)
    assert not reviews.self_evaluation_open(state="drawn", self_due=NOW, answered=False, at=NOW)


def test_working_days_leave_out_weekends_and_days_off() -> None:
    """From a Thursday, three working days end on Tuesday; a holiday on Monday makes it Wednesday."""
    assert reviews.after_working_days(date(2026, 3, 5), 3) == date(2026, 3, 10)
    assert reviews.after_working_days(date(2026, 3, 5), 3, days_off=frozenset({date(2026, 3, 9)})) == date(
        2026, 3, 11
    )


def test_a_dispute_has_a_window_and_two_rounds() -> None:
    """Ten days from the release, ten more from a decision, and no third round."""
    case: dict[str, Any] = {"since": NOW, "at": NOW + 10 * DAY}
    assert reviews.may_dispute(state="released", rounds=0, **case)
    assert not reviews.may_dispute(state="released", rounds=0, since=NOW, at=NOW + 11 * DAY)
    assert reviews.may_dispute(state="decided", rounds=1, **case)
    assert not reviews.may_dispute(state="decided", rounds=2, **case)
    assert not reviews.may_dispute(state="closed", rounds=0, **case)


def test_nobody_closes_over_the_head_of_the_agent() -> None:
    """Read by them, or past the days in which they could dispute."""
    case: dict[str, Any] = {"state": "released", "rounds": 0, "since": NOW}
    assert not reviews.heard(acknowledged=False, at=NOW + DAY, **case)
    assert reviews.heard(acknowledged=True, at=NOW + DAY, **case)
    assert reviews.heard(acknowledged=False, at=NOW + 11 * DAY, **case)


def test_rostered_days_count_as_far_as_the_roster_is_known() -> None:
    """Saturday at work counts, a Friday off does not; beyond the roster it is Monday to Friday."""
    rostered = frozenset({date(2026, 3, 7), date(2026, 3, 8)})
    assert reviews.after_working_days(date(2026, 3, 5), 2, rostered=rostered) == date(2026, 3, 8)
    assert reviews.after_working_days(date(2026, 3, 5), 3, rostered=rostered) == date(2026, 3, 9)


def test_a_review_closes_with_both_halves_only() -> None:
    """S55: what went well, and what to improve."""
    assert reviews.may_close(state="released", went_well="Calm.", to_improve="Ask first.")
    assert not reviews.may_close(state="released", went_well="Calm.", to_improve=" ")
    assert not reviews.may_close(state="scored", went_well="Calm.", to_improve="Ask first.")


@pytest.mark.parametrize(
    ("gaps", "before", "lately", "told", "closer"),
    [
        ([100, 100, 100, 0, 0, 0], 100, 0, True, True),
        ([0, 0, 0, -50, -50, -50], 0, -50, True, False),
        ([100, 0, 0, 0, 100, 0], 100 / 3, 100 / 3, False, False),
        ([100, 0, 100, 0, 100, 0, 0], 200 / 3, 25, False, True),  # what chance does more than once in ten
        ([9, 9, 9, 0, 0, 0], 9, 0, False, True),  # sure, and nothing to speak of
    ],
)
def test_a_gap_has_a_trend_that_is_told_only_when_it_is_one(
    gaps: list[float], before: float, lately: float, told: bool, closer: bool
) -> None:
    """The earlier half against the later, the odd one later; words only beyond chance and ten points."""
    found = reviews.trend(gaps)
    assert found is not None
    assert (found.before, found.lately) == pytest.approx((before, lately))
    assert (found.told, found.closer) == (told, closer)


def test_below_three_contacts_a_half_there_is_no_trend() -> None:
    """Five contacts say nothing of a change."""
    assert reviews.trend([100, 100, 0, 0, 0]) is None


def test_the_gap_is_signed() -> None:
    """Above zero: rated oneself higher."""
    assert reviews.perception_gap(90, 70) == 20
    assert reviews.perception_gap(None, 70) is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("my card is 4111 1111 1111 1111 thanks", "my card is [card] thanks"),
        ("it is 4111-1111-1111-1111", "it is [card]"),
        ("write to jo.doe+x@example.co.uk please", "write to [e-mail] please"),
        ("call (977) 625-2661 or +351 912 345 678", "call [phone] or [phone]"),
        ("order 3348917502", "order [number]"),
        ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN [iban]."),
        ("I am Crystal Minh, crystal", "I am [name], [name]"),
        ("at 10:30 for 5 people on 2026", "at 10:30 for 5 people on 2026"),
        ("94 dollars, 2 shirts", "94 dollars, 2 shirts"),
    ],
)
def test_what_must_not_be_kept_is_taken_out(said: str, kept: str) -> None:
    """And what is needed to judge a contact stays."""
    assert redacted(said, names=["Crystal Minh", "Crystal"]) == kept


def test_card_numbers_are_told_by_their_check_digit() -> None:
    """Wikipedia's example, and one digit off."""
    assert luhn("17893729974") and not luhn("17893729975")


def contacts(agents: int, each: int, seed: int = 1) -> list[Candidate]:
    chance = random.Random(seed)
    return [
        Candidate(agent * 1000 + n, agent, NOW + DAY * chance.random() * 28, chance.randint(60, 900))
        for agent in range(agents)
        for n in range(each)
    ]


def test_every_agent_is_drawn_and_spread_over_the_period() -> None:
    """Four of each, one a week; the same seed draws the same."""
    everything = contacts(5, 80)
    wanted = dict.fromkeys(range(5), 4)
    found = drawn(everything, wanted, start=NOW, end=NOW + 28 * DAY, seed=7)
    assert Counter(each.agent for each in found) == wanted
    assert all(
        sorted((each.at - NOW) // (7 * DAY) for each in found if each.agent == agent) == [0, 1, 2, 3]
        for agent in wanted
    )
    assert found == drawn(everything, wanted, start=NOW, end=NOW + 28 * DAY, seed=7)
    assert found != drawn(everything, wanted, start=NOW, end=NOW + 28 * DAY, seed=8)


def test_every_contact_of_a_part_is_as_likely_as_the_next() -> None:
    """A thousand draws of one from ten: each about a hundred times."""
    few = [Candidate(n, 1, NOW + n * timedelta(hours=1), 60) for n in range(10)]
    count = Counter(drawn(few, {1: 1}, start=NOW, end=NOW + DAY, seed=seed)[0].id for seed in range(1000))
    assert min(count.values()) > 60 and max(count.values()) < 145


def test_empty_weeks_are_made_up_from_the_rest_and_nothing_is_drawn_twice() -> None:
    """Three contacts, four wanted: three."""
    few = [Candidate(n, 1, NOW + n * timedelta(hours=1), 60) for n in range(3)]
    found = drawn(few, {1: 4}, start=NOW, end=NOW + 28 * DAY, seed=1)
    assert sorted(each.id for each in found) == [0, 1, 2]


def test_the_bias_of_a_filter_shows() -> None:
    """Long contacts only: fewer, longer, and the reasons they come with."""
    groups = [
        Group("phone", "refund", 9, all=30, all_seconds=30 * 600, kept=20, kept_seconds=20 * 700),
        Group("chat", "password", 22, all=70, all_seconds=70 * 100, kept=0, kept_seconds=0),
    ]
    bias = bias_of(groups)
    assert bias.share == 0.2 and (bias.mean_seconds, bias.all_mean_seconds) == (700, 250)
    assert bias.reasons == (("password", 0.0, 0.7), ("refund", 1.0, 0.3))
    assert bias.channels == (("chat", 0.0, 0.7), ("phone", 1.0, 0.3)) and bias.hours[1] == (22, 0.0, 0.7)
    assert bias_of([]).share == 0 and bias_of([]).mean_seconds is None


def test_overdue_agents_the_longest_first() -> None:
    """Never reviewed counts from the first day; whoever is within the cadence is not there."""
    last = {1: NOW - 20 * DAY, 2: None, 3: NOW - 3 * DAY}
    found = overdue(last, {1: NOW, 2: NOW - 60 * DAY, 3: NOW}, {1: 14, 2: 14, 3: 14}, NOW)
    assert [(each.agent, each.days) for each in found] == [(2, 46), (1, 6)]
