"""The price of an hour: against brute force cell by cell, near the peak, and in its corners."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Stop
from floorwalker.science.queueing import Goals, smallest_staff
from floorwalker.science.simulation import (
    Agent,
    AgentChoice,
    AgentGroup,
    Constant,
    ContactType,
    Deterministic,
    Exponential,
    Infinite,
    LogNormal,
    Model,
    Periods,
    PerPeriod,
    QueueChoice,
    Redial,
    Routing,
    Skill,
    Value,
    price_of_hour,
    simulate,
)
from floorwalker.science.simulation.price_runs import far_apart
from floorwalker.science.simulation.taken_off import take_off
from tests.science.simulation.small import EIGHTY_TWENTY

HALF_HOUR = 1800.0
SHAPE = np.array([4, 7, 11, 14, 15, 14, 12, 10, 11, 13, 14, 13, 11, 9, 7, 5, 4, 3]) / 10


def week(days=2, agents=18, over=1.05):
    """Two queues with a busy morning, three groups; at the peak ``over`` times the work they can do."""
    capacity = agents / SHAPE.max() * over
    load = np.tile(SHAPE, days) * capacity  # Erlangs
    busy = LogNormal(240.0, 0.8)
    kinds = [
        ContactType(
            name,
            PerPeriod(tuple(load * share * HALF_HOUR / 240.0)),
            busy,
            patience=Exponential(150.0),
            target=EIGHTY_TWENTY,
            value=Value(answered=worth),
        )
        for name, share, worth in (("sales", 0.4, 12.0), ("service", 0.6, 3.0))
    ]
    per_group = agents // 3
    groups = [
        AgentGroup("sales", (Skill("sales"),), staff=(per_group,)),
        AgentGroup("service", (Skill("service"),), staff=(agents - 2 * per_group,)),
        AgentGroup("both", (Skill("sales", 2), Skill("service", 1)), staff=(per_group,)),
    ]
    return Model(
        Periods.of(HALF_HOUR, len(SHAPE), days=days),
        tuple(kinds),
        tuple(groups),
        Routing(AgentChoice.FEWEST_SKILLS, QueueChoice.PRIORITY),
    )


def by_brute_force(model, group, period, base, replications, seed):
    """Contacts lost in the whole run by one agent away in one cell, per agent-hour: mean and 95 % half-width."""
    away = take_off(model, group, [period])
    less = simulate(away.model, replications=replications, seed=seed).replication_totals("answered")
    lost = (base - less).sum(axis=1) / away.hours[0]
    return lost.mean(), 1.96 * lost.std(ddof=1) / replications**0.5


def off_by(model, cells, replications, seed):
    """By how many joint half-widths table and brute force on other numbers differ, cell by cell."""
    table = price_of_hour(model, replications=replications, seed=seed)
    base = simulate(model, replications=replications, seed=seed + 1).replication_totals("answered")
    found = []
    for group, period in cells:
        priced = table.at(group, period)
        mean, half = by_brute_force(model, group, period, base, replications, seed + 1)
        both = ((priced.high - priced.mean) ** 2 + half**2) ** 0.5
        found.append((priced.mean - mean) / max(both, 0.01))
    return np.array(found)


def some_cells(model, count):
    rng = np.random.default_rng(5)
    groups = rng.choice(model.group_names, count)
    return list(zip(groups.tolist(), rng.integers(0, len(model.periods), count).tolist(), strict=True))


def test_prices_agree_with_brute_force_on_eight_cells():
    off = off_by(week(days=1), some_cells(week(days=1), 8), replications=60, seed=1)
    assert (np.abs(off) <= 1).sum() >= 6
    assert np.abs(off).max() < 2


@pytest.mark.prove
def test_prices_agree_with_brute_force_on_fifty_cells():
    """Each cell by whole runs with one agent fewer, on numbers of their own: nine in ten inside the joint band."""
    model = week(days=2, agents=45)
    off = off_by(model, some_cells(model, 50), replications=200, seed=2)
    assert (np.abs(off) <= 1).sum() >= 45
    assert abs(off.mean()) < 0.3


def test_an_hour_near_the_peak_costs_several_times_the_plain_share():
    """At 105 % of capacity nearly all an agent would have answered is lost; by the plain share hardly any is."""
    model = week(days=1)
    table = price_of_hour(model, replications=60, seed=3)
    peak = int(np.argmax(SHAPE))
    dear = np.mean([table.at(group, peak).mean for group in table.groups])
    quiet = np.mean([table.at(group, len(SHAPE) - 1).mean for group in table.groups])
    assert dear > 3 * table.plain_share
    assert dear > 2 * table.mean_price()
    assert quiet < 0.3 * table.mean_price()
    assert all(table.at(group, peak).low > 0 for group in table.groups)
    assert peak not in table.cheapest("both", 5)


def test_value_follows_who_is_lost():
    """An agent who sells costs more money than one who serves, for as many callers."""
    table = price_of_hour(week(days=1), replications=40, seed=4)
    peak = int(np.argmax(SHAPE))
    sales, service = (table.at(group, peak, measure="value").mean for group in ("sales", "service"))
    assert sales > 1.25 * service
    assert (table.late >= table.contacts)[np.isfinite(table.contacts)].all()  # who is lost is not in time either


def test_cells_of_one_run_do_not_touch():
    """Every period is priced once, and between two of one run lies more than the window."""
    model = week(days=3)
    runs = far_apart(model, 2 * HALF_HOUR, list(range(len(model.periods))))
    assert sorted(cell.period for run in runs for cell in run) == list(range(len(model.periods)))
    assert len(runs) == 4
    for run in runs:
        for one, other in pairwise(run):
            assert one.end <= other.first < other.period


def test_where_people_wait_for_ever_a_run_prices_one_cell_a_day():
    model = week(days=3)
    runs = far_apart(model, float("inf"), list(range(len(model.periods))))
    assert len(runs) == len(SHAPE)
    assert all(len(run) == 3 for run in runs)
    assert runs[0][0].end == len(SHAPE)


@pytest.mark.parametrize(
    ("hours", "days", "window"), [(1.4, 1, float("inf")), (6.0, 2, 12 * 3600.0), (0.1, 1, 3600.0 + 1080.0)]
)
def test_who_calls_again_later_and_is_answered_was_not_lost(hours, days, window):
    """Nine in ten redial, hours later or at the same time of the next day: the same price as by whole runs.

    Counted for an hour only it would be half as much again, as if none of them were answered in the end.
    """
    day = (90.0, 90.0, *[50.0] * 10)
    back = Redial(0.9, Deterministic(3600 * hours), most=1)
    calls = ContactType(
        "calls", PerPeriod(day * days), Exponential(180.0), patience=Exponential(60.0), redial=back
    )
    model = Model(
        Periods.of(HALF_HOUR, 12, days=days), (calls,), (AgentGroup("team", (Skill("calls"),), staff=(7,)),)
    )
    assert price_of_hour(model, replications=2).window_seconds == window
    cells = [("team", 1), ("team", 13 if days > 1 else 5)]
    assert np.abs(off_by(model, cells, replications=100, seed=11)).max() < 1.5


def shifts(*spans):
    return AgentGroup(
        "team",
        (Skill("calls"),),
        agents=tuple(Agent(f"agent {n}", ((start, end),)) for n, (start, end) in enumerate(spans)),
    )


def one_team(group):
    calls = ContactType(
        "calls", Constant(60.0), Exponential(180.0), patience=Exponential(120.0), target=EIGHTY_TWENTY
    )
    return Model(Periods.of(HALF_HOUR, 4), (calls,), (group,))


def test_named_agents_lose_the_period_and_nothing_else():
    model = one_team(shifts((0.0, 7200.0), (0.0, 7200.0), (900.0, 5400.0)))
    away = take_off(model, "team", [1], 2)
    assert away.hours == (1.0,)
    there = [agent.at_work for agent in away.model.groups[0].agents]
    gone = ((0.0, 1800.0), (3600.0, 7200.0)), ((900.0, 1800.0), (3600.0, 5400.0))
    assert sum(spans in gone for spans in there) == 2
    assert sum(spans in (((0.0, 7200.0),), ((900.0, 5400.0),)) for spans in there) == 1
    left = sum(end - start for agent in away.model.groups[0].agents for start, end in agent.at_work)
    before = sum(end - start for agent in model.groups[0].agents for start, end in agent.at_work)
    assert before - left == 3600.0


def test_who_is_there_for_a_part_goes_for_that_part():
    model = one_team(shifts((900.0, 7200.0)))
    assert take_off(model, "team", [0]).hours == (0.25,)


def test_nobody_there_has_no_price():
    """Agents come in the third half-hour: before it there is nobody to take away, and no number is made up."""
    table = price_of_hour(one_team(shifts((3600.0, 7200.0), (3600.0, 7200.0))), replications=4)
    assert np.isnan(table.contacts[0, :2, 0]).all()
    assert np.isfinite(table.contacts[0, 2:, 0]).all()
    assert {row["period"] for row in table.rows()} == {2, 3}
    assert table.losses("team", 0) == ((1, 0.0),)


def test_more_agents_away_never_cost_less():
    model = one_team(AgentGroup("team", (Skill("calls"),), staff=(4,)))
    table = price_of_hour(model, levels=(1, 2, 4), replications=30, seed=1)
    for period in range(4):
        costs = [cost for _, cost in table.losses("team", period)]
        assert costs == sorted(costs)
        assert costs[0] >= 0
    assert table.losses("team", 1)[2][1] > 20  # nobody is left: about thirty come in the half-hour


def test_the_same_seed_prices_the_same_on_any_number_of_workers():
    model = one_team(AgentGroup("team", (Skill("calls"),), staff=(4,)))
    one, two = (price_of_hour(model, replications=10, seed=9, workers=n) for n in (1, 2))
    assert np.array_equal(one.contacts, two.contacts)
    assert not np.array_equal(one.contacts, price_of_hour(model, replications=10, seed=10).contacts)


def test_a_spare_agent_costs_nothing():
    """Where hardly anybody waits an hour off the phones is free."""
    staff = smallest_staff(60, 3600, 180, Goals(EIGHTY_TWENTY)) + 8
    model = one_team(AgentGroup("team", (Skill("calls"),), staff=(staff,)))
    table = price_of_hour(model, replications=20)
    assert np.abs(table.contacts).max() < 0.05


def test_where_nobody_gives_up_it_says_so():
    """A price of 0 contacts there is the description's, not the centre's; who is late still tells."""
    model = one_team(AgentGroup("team", (Skill("calls"),), staff=(4,)))
    patient = replace(model.types[0], patience=Infinite())
    table = price_of_hour(replace(model, types=(patient,)), replications=10)
    assert table.never_lost == ("calls",)
    assert table.to_dict()["never_lost"] == ["calls"]
    assert (table.contacts == 0).all()
    assert table.late.mean() > 1
    assert price_of_hour(model, replications=2).never_lost == ()


def test_stopped_early_it_keeps_what_is_finished():
    model = one_team(AgentGroup("team", (Skill("calls"),), staff=(4,)))
    table = price_of_hour(model, replications=4, window_seconds=1e6, stop=Stop(seconds=0.0))
    assert np.isnan(table.contacts).all()
    assert list(table.rows()) == []
    assert table.mean_price() == 0.0


def test_a_stop_is_heard_from_the_first_run_on_and_nothing_half_done_is_kept():
    """Asked to end while the centre is run as it stands, no price is given, though some replications are done."""
    model, asked = one_team(AgentGroup("team", (Skill("calls"),), staff=(4,))), []
    stop = Stop(cancelled=lambda: asked.append(1) or len(asked) > 2)
    table = price_of_hour(model, replications=4_000, workers=1, stop=stop)
    assert np.isnan(table.contacts).all()
    assert len(asked) < 20


def test_its_progress_rises_to_all_of_it():
    """Shares of the work from the first run to the last, never falling, 1 at the end."""
    told = []
    model = one_team(AgentGroup("team", (Skill("calls"),), staff=(4,)))
    price_of_hour(model, replications=4, levels=(1, 2), workers=1, stop=Stop(told=told.append))
    shares = [step.share for step in told if step.share is not None]
    assert shares == sorted(shares)
    assert shares[0] < 0.5 < shares[-1] == 1.0


def test_other_forms_say_the_same():
    model = one_team(AgentGroup("team", (Skill("calls"),), staff=(4,)))
    table = price_of_hour(model, replications=6)
    frame, plain = table.to_frame(), table.to_dict()
    assert len(frame) == 4 == len(plain["cells"])
    assert frame["contacts"].tolist() == [table.at("team", period).mean for period in range(4)]
    assert plain["plain_share"] == table.plain_share > 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"levels": ()}, "levels"),
        ({"levels": (2, 1)}, "ascending"),
        ({"replications": 1}, "2 or more"),
        ({"groups": ("night",)}, "there is no group 'night'"),
        ({"window_seconds": -1.0}, "window_seconds is -1"),
    ],
)
def test_what_cannot_be_priced_is_refused(wrong, said):
    model = one_team(AgentGroup("team", (Skill("calls"),), staff=(4,)))
    with pytest.raises(InvalidInput, match=said):
        price_of_hour(model, **wrong)


def test_unknown_cells_are_refused():
    table = price_of_hour(one_team(AgentGroup("team", (Skill("calls"),), staff=(2,))), replications=2)
    with pytest.raises(InvalidInput, match="no price in 'money'"):
        table.at("team", 0, measure="money")
    with pytest.raises(InvalidInput, match="no price of 3 agents"):
        table.at("team", 0, level=3)
    with pytest.raises(InvalidInput, match="no group 'night'"):
        table.at("night", 0)
