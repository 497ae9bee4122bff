"""Waits counted finer: by period and by agent, and nothing else becomes another number."""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import Definition, ServiceTarget
from floorwalker.science.simulation import (
    Agent,
    AgentGroup,
    Deterministic,
    Exponential,
    Model,
    Periods,
    PerPeriod,
    Simulation,
    Skill,
    Trace,
    simulate,
)
from floorwalker.science.simulation.kernel.measured import GROUP_MEASURES
from tests.science.simulation.centres import calls, centre, group

HOUR = 3_600.0


def two_days(*, detail: bool) -> Simulation:
    """Of three hours each, with counted and named agents and a warm-up."""
    kind = calls(arrivals=PerPeriod((60.0, 90.0, 120.0) * 2), patience=Exponential(90.0))
    people = tuple(Agent(name, ((0.0, 6 * HOUR),)) for name in ("Ana", "Bo"))
    groups = (group(3, name="counted"), AgentGroup("named", (Skill("calls"),), agents=people))
    model = Model(Periods.of(HOUR, 3, days=2), (kind,), groups)
    return simulate(model, replications=12, warm_up_seconds=1_800.0, detail=detail)


@pytest.fixture(scope="module")
def fine() -> Simulation:
    return two_days(detail=True)


def test_detail_changes_no_other_number(fine: Simulation) -> None:
    """Every table has the columns it had, with the same figures; some have more."""
    coarse = two_days(detail=False)
    for by in ("type", "group", "day", "period", "agent", "group-period", "group-day"):
        plain, more = coarse.to_frame(by), fine.to_frame(by)
        assert set(plain) <= set(more)
        np.testing.assert_allclose(
            more[list(plain)].select_dtypes("number"), plain.select_dtypes("number"), rtol=1e-12
        )
    assert coarse.to_dict() == fine.to_dict()


def test_the_periods_of_a_day_are_the_day(fine: Simulation) -> None:
    """The share in time of a day is the mean of its periods' shares, each by its contacts; so at any second."""
    other = ServiceTarget(0.8, 45, Definition.ALL_OFFERED)
    periods = [fine.service_level("calls", period=p, target=other).mean for p in range(3)]
    weights = [fine.total("offered", period=p).mean for p in range(3)]
    day = fine.service_level("calls", day=0, target=other).mean
    assert np.average(periods, weights=weights) == pytest.approx(day, rel=1e-9)
    found = [fine.percentile("calls", 0.8, period=p).mean for p in range(3)]
    assert min(found) <= fine.percentile("calls", 0.8, day=0).mean <= max(found)


def test_the_agents_of_a_group_are_the_group(fine: Simulation) -> None:
    for measure in GROUP_MEASURES:
        people = sum(fine.total(measure, agent=name).mean for name in ("Ana", "Bo"))
        assert people == pytest.approx(fine.total(measure, group="named").mean, rel=1e-9)
    row = fine.to_frame("agent").set_index("agent").loc["Ana"]
    assert row["mean_wait_seconds"] == pytest.approx(fine.mean_wait(agent="Ana").mean) and row["in_time"] > 0


def test_waits_of_a_period_and_of_an_agent_followed_by_hand() -> None:
    """Ana takes three calls in the second hour after 0, 50 and 100 s; one of the first hour waits for nobody."""
    kind = calls(arrivals=Trace((0.0, HOUR, HOUR + 10.0, HOUR + 20.0)), handling=Deterministic(60.0))
    people = AgentGroup("all", (Skill("calls"),), agents=(Agent("Ana", ((0.0, 2 * HOUR),)),))
    found = simulate(Model(Periods.of(HOUR, 2), (kind,), (people,)), replications=2, detail=True)
    assert found.percentile("calls", 0.95, period=0).mean == 0
    assert 99 < found.percentile("calls", 0.99, period=1).mean <= 100
    assert found.mean_wait(agent="Ana").mean == (0 + 50 + 100) / 4
    assert found.share("answered_within", "callers_answered", agent="Ana").mean == 2 / 4
    assert found.total("answered", agent="Ana").mean == 4


def test_percentiles_of_a_group_are_of_all_it_answered() -> None:
    """Ana answers both types: after 0, 50 and 90 s in the order they came; those of a type alone are its own."""
    kinds = tuple(
        calls(arrivals=Trace(moments), handling=Deterministic(60.0), name=name)
        for name, moments in (("orders", (0.0, 30.0)), ("returns", (10.0,)))
    )
    ana = group(1, "orders", "returns", name="Ana")
    found = simulate(Model(Periods.of(HOUR, 1), kinds, (ana,)), replications=2, detail=True)
    waits = sorted((0.0, 60.0 - 10.0, 120.0 - 30.0))
    for share, wait in zip((0.3, 0.6, 0.99), waits, strict=True):
        assert wait - 1 <= found.percentile(None, share, group="Ana").mean <= wait
    row = found.to_frame("group").set_index("group").loc["Ana"]
    assert row["p95_wait_seconds"] == found.percentile(None, 0.95, group="Ana").mean
    assert found.percentile("returns", 0.99).mean <= 50.0 < row["p95_wait_seconds"]


def test_percentiles_of_the_only_group_are_those_of_everybody() -> None:
    """With a warm-up, in batches, and whatever the number of types; what is asked too finely is refused."""
    kinds = tuple(calls(80.0, name=name, patience=Exponential(90.0)) for name in ("orders", "returns"))
    only = group(4, "orders", "returns", name="all")
    model = Model(Periods.of(HOUR, 3), kinds, (only,))
    found = simulate(model, replications=40, warm_up_seconds=1_800.0, detail=True)
    for share in (0.5, 0.8, 0.95):
        assert found.percentile(None, share, group="all").mean == pytest.approx(
            found.percentile(None, share).mean, abs=2
        )
    with pytest.raises(InvalidInput, match="whole run"):
        found.percentile("orders", 0.8, group="all")
    with pytest.raises(InvalidInput, match="detail=True"):
        simulate(model, replications=2).percentile(None, 0.8, group="all")


@pytest.mark.parametrize(
    ("seconds", "shares"),
    [(10.0, (1 / 3, 1 / 3, 1 / 2, 1 / 3)), (35.0, (1.0, 2 / 3, 1.0, 1.0))],
)
def test_every_definition_is_told_by_period(seconds: float, shares: tuple[float, ...]) -> None:
    """In the second hour two are answered after 0 and 20 s, and one gives up after 30."""
    moments = (0.0, HOUR, HOUR + 10.0, HOUR + 80.0)
    kind = calls(arrivals=Trace(moments), handling=Deterministic(100.0), patience=Deterministic(30.0))
    found = simulate(centre(kind, group(1), hours=2), replications=2, detail=True)
    definitions = (
        Definition.LATE_ABANDONS,
        Definition.ALL_OFFERED,
        Definition.ANSWERED_ONLY,
        Definition.QUICK_ABANDONS_MET,
    )
    told = [
        found.service_level(target=ServiceTarget(0.8, seconds, definition), period=1).mean
        for definition in definitions
    ]
    assert told == pytest.approx(shares)


def test_without_detail_it_is_said_how_to_get_it() -> None:
    found = two_days(detail=False)
    with pytest.raises(InvalidInput, match="detail=True"):
        found.percentile("calls", 0.8, period=1)
    with pytest.raises(InvalidInput, match="detail=True"):
        found.service_level(target=ServiceTarget(0.8, 45), period=1)
    with pytest.raises(InvalidInput, match="detail=True"):
        found.mean_wait(agent="Ana")


def test_more_than_memory_holds_is_refused_before_it_runs() -> None:
    kinds = tuple(calls(1.0, name=f"t{n}") for n in range(40))
    model = Model(Periods.of(900, 96, days=7), kinds, (group(2, *(kind.name for kind in kinds)),))
    with pytest.raises(InvalidInput, match=r"40 types in 672 periods take 4\.\d GB"):
        simulate(model, replications=2, detail=True)
