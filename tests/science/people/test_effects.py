"""Before and after: a planted effect is found, luck that mends by itself is not taken for one."""

from dataclasses import replace

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.people import Event, Panel, effect_of_events

PEOPLE, WEEKS = 120, 40


def a_year(seed: int, *, effect: float = 0.0, chosen_by_luck: bool = True) -> tuple[Panel, list[Event]]:
    """People of different level with weekly noise; talks go to whoever had the worst week, and add ``effect``."""
    rng = np.random.default_rng(seed)
    values = rng.normal(75, 5, PEOPLE)[:, None] + rng.normal(0, 6, (PEOPLE, WEEKS))
    events: list[Event] = []
    talked: set[int] = set()
    for week in range(8, 34, 2):
        order = np.argsort(values[:, week - 1]) if chosen_by_luck else rng.permutation(PEOPLE)
        for who in [int(each) for each in order if int(each) not in talked][:3]:
            talked.add(who)
            values[who, week + 1 :] += effect
            events.append(Event(f"p{who}", week))
    return Panel([f"p{number}" for number in range(PEOPLE)], values), events


def before_and_after(panel: Panel, events: list[Event]) -> float:
    """The naive twin: the mean of four weeks after, less that of the two weeks before."""
    changes = []
    for each in events:
        own = panel.values[panel.people.index(each.person)]
        changes.append(own[each.period + 1 : each.period + 5].mean() - own[each.period - 2 : each.period].mean())
    return float(np.mean(changes))


def test_what_mends_by_itself_is_nobodys_success() -> None:
    """Talks after a bad week that do nothing: nine in ten intervals hold zero; before-and-after sees a success."""
    held = naive = 0
    for seed in range(40):
        panel, events = a_year(seed)
        found = effect_of_events(panel, events, worth=6.0)
        assert found.low is not None and found.high is not None, found.silent
        held += found.low <= 0 <= found.high
        naive += before_and_after(panel, events) > 3
    assert held >= 33
    assert naive == 40


def test_a_planted_effect_is_found() -> None:
    """Four points, inside nine in ten intervals, and zero outside nearly all."""
    held = told = 0
    for seed in range(40):
        panel, events = a_year(seed, effect=4.0)
        found = effect_of_events(panel, events, worth=6.0)
        assert found.low is not None and found.high is not None
        held += found.low <= 4 <= found.high
        told += found.low > 0
    assert held >= 33
    assert told >= 30


def test_power_is_said_before_the_result() -> None:
    """The size that can be shown does not depend on what happened, and a wish beyond it gets no figure."""
    nothing, events = a_year(1, chosen_by_luck=False)
    much, _ = a_year(1, effect=20.0, chosen_by_luck=False)
    assert effect_of_events(nothing, events, worth=6.0).detectable == pytest.approx(
        effect_of_events(much, events, worth=6.0).detectable, rel=0.35
    )
    wished = effect_of_events(nothing, events, worth=0.5)
    assert wished.change is None and wished.detectable is not None and "0.5 was asked for" in wished.silent


def test_few_people_say_nothing() -> None:
    """Twelve talks with one person are one person."""
    panel, events = a_year(1)
    found = effect_of_events(panel, events[:5], worth=6.0)
    assert (found.change, found.people) == (None, 5) and "12 are needed" in found.silent
    same = [Event("p1", week) for week in range(6, 30, 2)]
    assert effect_of_events(panel, same, worth=6.0).people <= 1


def test_gaps_and_borders_are_left_out() -> None:
    """An event too early or late, or of somebody without figures, is not counted."""
    panel, events = a_year(1)
    values = panel.values.copy()
    values[panel.people.index(events[0].person)] = np.nan
    fewer = effect_of_events(replace(panel, values=values), [*events, Event("p0", 1), Event("p0", 39)], worth=6.0)
    whole = effect_of_events(panel, events, worth=6.0)
    assert fewer.events == whole.events - 1


def test_bad_input_is_named() -> None:
    """Strangers, twins, shapes."""
    panel, events = a_year(1)
    with pytest.raises(InvalidInput, match="not in the panel: nobody"):
        effect_of_events(panel, [Event("nobody", 9)], worth=1.0)
    with pytest.raises(InvalidInput, match="above zero"):
        effect_of_events(panel, events, worth=0.0)
    with pytest.raises(InvalidInput, match="twice"):
        Panel(["a", "a"], np.zeros((2, 3)))
    with pytest.raises(InvalidInput, match="as many rows"):
        Panel(["a"], np.zeros((2, 3)))


def teams_that_saw(seed: int, *, effect: float) -> tuple[Panel, list[Event], dict[str, str]]:
    """Thirty teams of six with weeks of their own; half of them see one thanks, which adds ``effect``."""
    rng = np.random.default_rng(seed)
    own = np.repeat(rng.normal(0, 5, (30, WEEKS)), 6, axis=0)
    values = rng.normal(75, 5, 180)[:, None] + rng.normal(0, 4, (180, WEEKS)) + own
    names = [f"p{number}" for number in range(180)]
    events = []
    for team in range(0, 30, 2):
        week = int(rng.integers(8, 34))
        for who in range(team * 6, team * 6 + 5):  # the sixth was thanked
            values[who, week + 1 :] += effect
            events.append(Event(names[who], week))
    return Panel(names, values), events, {name: str(number // 6) for number, name in enumerate(names)}


def test_what_a_team_saw_is_compared_as_a_team() -> None:
    """Weeks of a team's own are not an effect of the thanks it saw; taken person by person they look like one."""
    held = naive = found = 0
    for seed in range(30):
        panel, events, teams = teams_that_saw(seed, effect=0.0)
        told = effect_of_events(panel, events, worth=20.0, groups=teams)
        assert told.low is not None and told.high is not None
        held += told.low <= 0 <= told.high
        apart = effect_of_events(panel, events, worth=20.0)
        assert apart.low is not None and apart.high is not None
        naive += apart.low <= 0 <= apart.high
        panel, events, teams = teams_that_saw(seed, effect=8.0)
        told = effect_of_events(panel, events, worth=20.0, groups=teams)
        found += told.low is not None and told.low > 0
    assert held >= 24 and naive < held
    assert found >= 24


def test_few_teams_claim_nothing() -> None:
    """Fifty people of ten teams are ten comparisons: too few, and the number of teams is said."""
    panel, events, teams = teams_that_saw(1, effect=8.0)
    told = effect_of_events(panel, events[:50], worth=20.0, groups=teams)
    assert told.change is None and "10 groups" in told.silent
