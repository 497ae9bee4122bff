"""Scenarios: scale, growth, new client, new skill – exact on paper, listed by name."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting.forecast import Forecast, Spread
from floorwalker.science.forecasting.scenarios import (
    Growth,
    NewClient,
    NewSkill,
    Scale,
    apply_scenarios,
    phased_in,
)
from floorwalker.science.timegrid import TimeGrid

FIRST = date(2024, 1, 1)


def forecast(days: int = 28, step: int = 3600) -> Forecast:
    """Open 08:00–18:00 Monday to Friday with 50 contacts an hour of 200 seconds."""
    grid = TimeGrid(FIRST, days, step)
    slots, weekdays = np.asarray(grid.slots), np.asarray(grid.weekdays)[np.asarray(grid.day_index)]
    open_ = (slots >= 8) & (slots < 18) & (weekdays < 5)
    spread = Spread(np.full(days, 0.1), np.full(len(grid), 0.05))
    return Forecast("q", grid, np.where(open_, 50.0, 0.0), np.full(len(grid), 200.0), open_, spread, "test")


def of_day(f: Forecast, day: date) -> float:
    return float(f.contacts[f.grid.day_slice((day - FIRST).days)].sum())


def test_phasing_in() -> None:
    """Nothing before the start, an even ramp, all of it after, nothing again once over."""
    grid = TimeGrid(FIRST, 8, 86_400)
    starts = FIRST + timedelta(days=2)
    assert phased_in(grid, starts, 4).tolist() == [0, 0, 0.25, 0.5, 0.75, 1, 1, 1]
    assert phased_in(grid, starts, 0, FIRST + timedelta(days=4)).tolist() == [0, 0, 1, 1, 0, 0, 0, 0]
    assert phased_in(grid, FIRST - timedelta(days=2), 4).tolist()[:3] == [0.75, 1, 1]


def test_growth_compounds_daily() -> None:
    """One year ahead at ten percent is ten percent more; before the start nothing changes."""
    grown = Growth("growth", 0.1, FIRST).apply(forecast(367, 86_400))
    assert grown.contacts[0] == 0 or grown.contacts[0] == forecast(367, 86_400).contacts[0]
    yearly = Growth("growth", 0.1, date(2023, 1, 1)).apply(forecast())
    assert of_day(yearly, FIRST) == pytest.approx(500 * 1.1 ** (365 / 365.25))
    later = Growth("growth", 0.1, date(2025, 1, 1)).apply(forecast())
    np.testing.assert_array_equal(later.contacts, forecast().contacts)


def test_growth_of_unsure_size_widens_the_band() -> None:
    """The doubt about growth multiplies with what doubt there was, in proportion to the time gone by."""
    plain, unsure = (Growth("growth", 0.1, date(2023, 1, 1), uncertainty=u).apply(forecast()) for u in (0.0, 0.2))
    doubt = 0.2 * 365 / 365.25
    assert plain.spread.day_cv[0] == pytest.approx(0.1)
    assert unsure.spread.day_cv[0] == pytest.approx(np.sqrt(1.01 * (1 + doubt**2) - 1))


def test_scale_is_a_factor_for_a_while() -> None:
    """A campaign of two days doubles contacts and lengthens them, then all is as before."""
    starts = FIRST + timedelta(days=7)
    campaign = Scale("spring sale", 2.0, starts, starts + timedelta(days=2), aht_factor=1.1)
    scaled = campaign.apply(forecast())
    assert [of_day(scaled, starts + timedelta(days=d)) for d in (-3, 0, 1, 2)] == [500, 1000, 1000, 500]
    assert scaled.aht_seconds[scaled.grid.day_slice(7)] == pytest.approx(220)
    assert scaled.aht_seconds[scaled.grid.day_slice(9)] == pytest.approx(200)


def test_scale_ramps_up_with_its_doubt() -> None:
    """Half way up the ramp half the change and half the doubt are in force."""
    starts = FIRST + timedelta(days=7)
    scaled = Scale("portal", 0.8, starts, ramp_days=4, uncertainty=0.3).apply(forecast())
    assert of_day(scaled, starts + timedelta(days=1)) == pytest.approx(450)
    assert scaled.spread.day_cv[8] == pytest.approx(np.sqrt(1.01 * (1 + 0.15**2) - 1))


def test_a_new_client_brings_its_week() -> None:
    """From the start on each full week holds the promised contacts, along the pattern of the queue."""
    client = NewClient("Acme", 1000, FIRST + timedelta(days=7), aht_seconds=300)
    joined = client.apply(forecast())
    added = joined.contacts - forecast().contacts
    weeks = [
        added[joined.grid.day_slice(w * 7).start : joined.grid.day_slice(w * 7 + 6).stop].sum() for w in range(4)
    ]
    assert weeks == pytest.approx([0, 1000, 1000, 1000])
    hour = joined.grid.find(joined.grid.instant(7, 600))
    assert added[hour] == pytest.approx(20)
    assert joined.aht_seconds[hour] == pytest.approx((50 * 200 + 20 * 300) / 70)
    assert np.all(added[~joined.open] == 0)


def test_a_new_client_may_have_its_own_pattern_ramp_and_end() -> None:
    """A Monday-only client, phased in over two weeks and gone in the fourth."""
    profile = np.zeros((7, 24))
    profile[0, 9:11] = 3.0
    client = NewClient("Acme", 100, FIRST, ramp_days=14, ends=FIRST + timedelta(days=21), profile=profile)
    joined = client.apply(forecast())
    extra = [of_day(joined, FIRST + timedelta(days=d)) - 500 for d in (0, 7, 14, 21)]
    assert extra == pytest.approx([100 / 14, 100 * 8 / 14, 100, 0])
    assert of_day(joined, FIRST + timedelta(days=1)) == 500


def test_a_new_clients_doubt_counts_for_its_part() -> None:
    """A client that is a third of the contacts lends a third of its uncertainty to the day."""
    joined = NewClient("Acme", 1250, FIRST, uncertainty=0.6).apply(forecast())
    assert joined.spread.day_cv[0] == pytest.approx(np.sqrt(1.01 * (1 + 0.2**2) - 1))


def test_an_unknown_handling_time_becomes_the_clients() -> None:
    """Where the queue's handling time is unknown, the client's is all there is."""
    f = forecast()
    blank = Forecast(f.queue, f.grid, f.contacts, np.full(len(f.grid), np.nan), f.open, f.spread, f.method)
    joined = NewClient("Acme", 1000, FIRST, aht_seconds=300).apply(blank)
    assert joined.aht_seconds[joined.open] == pytest.approx(300)


def test_a_new_skill_moves_contacts_without_losing_any() -> None:
    """What leaves the queue is what arrives in the new one, on every interval."""
    skill = NewSkill("Spanish", 0.3, FIRST + timedelta(days=7), ramp_days=3, aht_seconds=260)
    stays, moved = skill.apply(forecast()), skill.moved(forecast())
    assert stays.contacts + moved.contacts == pytest.approx(forecast().contacts)
    assert of_day(moved, FIRST + timedelta(days=7)) == pytest.approx(50)
    assert of_day(moved, FIRST + timedelta(days=9)) == pytest.approx(150)
    assert moved.queue == "Spanish"
    assert np.all(moved.aht_seconds == 260)
    assert NewSkill("Spanish", 0.3, FIRST).moved(forecast()).aht_seconds[0] == 200


def test_a_new_skills_doubt_is_the_same_contacts_on_both_sides() -> None:
    """A share of 20 % known to a quarter is a quarter of the new queue and a sixteenth of what remains."""
    skill = NewSkill("Spanish", 0.2, FIRST, uncertainty=0.25)
    assert skill.moved(forecast()).spread.day_cv[0] == pytest.approx(np.sqrt(1.01 * (1 + 0.25**2) - 1))
    assert skill.apply(forecast()).spread.day_cv[0] == pytest.approx(np.sqrt(1.01 * (1 + 0.0625**2) - 1))
    assert np.all(NewSkill("all", 1.0, FIRST, uncertainty=0.2).apply(forecast()).contacts == 0)


def test_scenarios_follow_one_another_and_are_listed() -> None:
    """The order matters as on paper, and every name stands in the notes."""
    growth, client = Growth("organic growth", 0.2, date(2023, 1, 1)), NewClient("Acme", 500, FIRST)
    both = apply_scenarios(forecast(), [growth, client])
    assert of_day(both, FIRST) == pytest.approx(500 * 1.2 ** (365 / 365.25) + 100, rel=1e-3)
    assert [note.split(":")[0] for note in both.notes] == ["organic growth", "Acme"]
    assert apply_scenarios(forecast(), []).notes == ()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Growth("g", -1.0, FIRST), "leaves no contacts"),
        (lambda: Growth("g", 0.1, FIRST, uncertainty=-1), "uncertainty of -1"),
        (lambda: Scale("s", -1, FIRST), "factors of -1"),
        (lambda: Scale("s", 1, FIRST, aht_factor=0), "factors of 1 and 0"),
        (lambda: NewClient("c", -5, FIRST), "cannot bring -5"),
        (lambda: NewClient("c", 5, FIRST, aht_seconds=0), "handling time of 0"),
        (lambda: NewClient("c", 5, FIRST, profile=np.ones((7, 3))).apply(forecast()), "7 × 24 shares"),
        (lambda: NewClient("c", 5, FIRST, profile=np.zeros((7, 24))).apply(forecast()), "is empty"),
        (lambda: NewSkill("s", 1.5, FIRST), "share of 1.5"),
        (lambda: NewSkill("s", 0.5, FIRST, aht_seconds=-1), "handling time of -1"),
        (lambda: Scale("s", 2, FIRST, FIRST).apply(forecast()), "cannot end on"),
        (lambda: Scale("s", 2, FIRST, ramp_days=-1).apply(forecast()), "ramp of -1"),
    ],
)
def test_what_cannot_be_is_refused(make: object, said: str) -> None:
    """Each setting that makes no sense is refused with its value."""
    assert callable(make)
    with pytest.raises(InvalidInput, match=said):
        make()
