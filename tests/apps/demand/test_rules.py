"""Arithmetic of demand as tables of cases."""

from __future__ import annotations

from datetime import date

import pytest

from floorwalker.apps.demand.rules.client_numbers import AmbiguousDates, from_text, read_number, read_numbers
from floorwalker.apps.demand.rules.conflicts import shared_agents
from floorwalker.apps.demand.rules.hours import HoursProblem, in_words, is_open, read_day
from floorwalker.apps.demand.rules.launch import due_dates
from floorwalker.apps.demand.rules.layers import Layer, handled_under, lay_over
from floorwalker.apps.demand.rules.record import Said, on_the_same_days, score


@pytest.mark.parametrize(
    ("said", "spans"),
    [
        ("08:00–20:00", [[480, 1200]]),
        ("8-12, 13:00-18:30", [[480, 720], [780, 1110]]),
        ("", []),
        ("closed", []),
        ("00:00-24:00", [[0, 1440]]),
    ],
)
def test_opening_hours_are_read_as_people_write_them(said: str, spans: list[list[int]]) -> None:
    """With or without minutes, dash or en dash, one stretch or two."""
    assert read_day(said) == spans


@pytest.mark.parametrize(
    "said", ["20:00-08:00", "8 to 12", "08:00-25:00", "08:00-12:00, 11:00-13:00", "08:70-12:00"]
)
def test_hours_that_cannot_be_are_named(said: str) -> None:
    """Backwards, overlapping, or no hours at all."""
    with pytest.raises(HoursProblem):
        read_day(said)


def test_hours_are_said_by_groups_of_days() -> None:
    """Weekdays of equal hours stand together."""
    hours = [[[480, 1200]]] * 5 + [[[540, 1080]], []]
    assert in_words(hours) == [("Monday–Friday", "08:00–20:00"), ("Saturday", "09:00–18:00"), ("Sunday", "")]
    assert is_open(hours, 5, 540) and not is_open(hours, 6, 600) and is_open(None, 6, 0)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("1.200", 1200),
        ("1 200", 1200),
        ("812.5", 812.5),
        ("812,5", 812.5),
        ("-3", None),
        ("many", None),
    ],
)
def test_counts_are_read_in_any_notation(said: str, number: float | None) -> None:
    """A mark before three digits is thousands, else decimals; nothing else is a count."""
    assert read_number(said) == number


def read(text: str, grain: str = "day", **more: str) -> list[tuple[date, int, float]]:
    found = read_numbers(from_text(text), grain=grain, step_minutes=30, zone="Europe/Lisbon", **more)
    return [entry[:3] for entry in found.entries]


def test_dates_tell_their_order_or_are_asked_about() -> None:
    """One day beyond 12 decides for all; without one nothing is guessed."""
    assert read("13/04/2026 5\n04/05/2026 6") == [(date(2026, 4, 13), 1, 5), (date(2026, 5, 4), 1, 6)]
    assert read("04/13/2026 5\n05/04/2026 6") == [(date(2026, 4, 13), 1, 5), (date(2026, 5, 4), 1, 6)]
    assert read("13.04.2026 5") == [(date(2026, 4, 13), 1, 5)]
    with pytest.raises(AmbiguousDates):
        read("04/05/2026 6")
    assert read("04/05/2026 6", order="mdy") == [(date(2026, 4, 5), 1, 6)]


def test_weeks_and_intervals_find_their_place() -> None:
    """A week lies on its Monday; an interval in its slot; what is said twice is set aside."""
    assert read("2026-W10 700\n2026-03-11 900", "week") == [(date(2026, 3, 2), 7, 700), (date(2026, 3, 9), 7, 900)]
    found = read_numbers(
        from_text("2026-03-09 08:00 10\n2026-03-09 08:30 12\n2026-03-09 08:30 13\n2026-03-09 5"),
        grain="interval",
        step_minutes=30,
        zone="UTC",
    )
    assert found.entries[0][3][16:18] == [10, 12] and found.total == 22
    assert len(found.rejects) == 2 and found.read == 4


def test_a_handling_time_leaves_the_contacts_alone_and_the_last_holds() -> None:
    """Also where the forecast knows none."""
    starts, layers = [0, 10, 20, 30], [Layer(1, 0, 20, "handling", 90), Layer(2, 10, 30, "handling", 60)]
    assert handled_under(starts, [50.0, None, None, 50.0], layers) == [90, 60, 60, 50]
    assert lay_over(starts, [1, 2, 3, 4], layers) == [1, 2, 3, 4]


def test_layers_apply_in_their_order_and_a_number_keeps_the_shape() -> None:
    """Times two, then set to 60: the shape stays; where nothing is, the number is spread evenly."""
    starts, values = [0, 10, 20, 30], [10.0, 20.0, 0.0, 0.0]
    assert lay_over(starts, values, [Layer(1, 0, 20, "factor", 2), Layer(2, 0, 20, "number", 90)]) == [
        30,
        60,
        0,
        0,
    ]
    assert lay_over(starts, values, [Layer(1, 20, 40, "number", 5)]) == [10, 20, 2.5, 2.5]
    assert lay_over(starts, values, [Layer(1, 50, 60, "factor", 9)]) == values


def test_a_source_is_scored_on_the_days_all_spoke_of() -> None:
    """WAPE and bias by hand; a day only one spoke of does not count; few days are too few to tell."""
    days = [date(2026, 3, d) for d in (2, 3, 4)]
    one = [Said(day, 1, 110, 100) for day in days]
    other = [Said(day, 1, 90, 100) for day in days[:2]]
    shared, same = on_the_same_days({"a": one, "b": other})
    assert same and [len(shared[key]) for key in "ab"] == [2, 2]
    found = score(shared["a"])
    assert (found.wape, found.bias, found.doubt) == (
        pytest.approx(0.1),
        pytest.approx(0.1),
        None,
    ) and found.too_few
    assert score([]).wape is None


def test_a_queue_for_any_agent_shares_with_every_group_of_its_site() -> None:
    """Clients on one skill at one site share; a queue without a skill takes from all; other sites do not."""
    found = shared_agents([(1, 7, 5), (2, 7, None), (3, 8, 5)])
    assert [(each.site_id, each.skill_id, each.client_ids) for each in found] == [(7, 5, {1, 2})]


def test_due_dates_lie_between_signature_and_go_live() -> None:
    """The agreement is due first, going live last; a signature on the day itself makes all due that day."""
    due = due_dates(date(2026, 1, 1), date(2026, 4, 11))
    assert due["expectations"] == date(2026, 1, 26) and due["go_live"] == date(2026, 4, 11)
    assert set(due_dates(date(2026, 1, 1), date(2026, 1, 1)).values()) == {date(2026, 1, 1)}
