"""Tables and estimates of a simulation: every figure with its half-width, of whatever it is asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from floorwalker.science.queueing import Definition, ServiceTarget
from floorwalker.science.simulation import (
    Agent,
    AgentGroup,
    Callback,
    Channel,
    Deterministic,
    Estimate,
    Exponential,
    Infinite,
    Model,
    Never,
    Periods,
    PerPeriod,
    Simulation,
    Skill,
    Trace,
    simulate,
)
from floorwalker.science.simulation.kernel.measured import AGENT_MEASURES, GROUP_MEASURES, TYPE_MEASURES
from tests.science.simulation.centres import calls, centre, group

HOUR, DAYS, PER_DAY = 3_600.0, 2, 3
KEYS = ("type", "group", "agent", "period", "day")


@pytest.fixture(scope="module")
def found() -> Simulation:
    """Two days of three hours, two types of different definitions, counted and named agents, a warm-up."""
    rates = (60.0, 90.0, 120.0) * DAYS
    kinds = (
        calls(name="a", arrivals=PerPeriod(rates), patience=Exponential(90.0)),
        calls(
            name="b",
            arrivals=PerPeriod(rates),
            patience=Exponential(90.0),
            target=ServiceTarget(0.8, 10, Definition.ALL_OFFERED),
        ),
    )
    people = tuple(Agent(name, ((0.0, 6 * HOUR),)) for name in ("Ana", "Bo"))
    groups = (group(5, "a", "b", name="counted"), AgentGroup("named", (Skill("b"),), agents=people))
    model = Model(Periods.of(HOUR, PER_DAY, days=DAYS), kinds, groups)
    return simulate(model, replications=12, warm_up_seconds=1_800.0)


def asked(found: Simulation, row: dict[str, Any], name: str) -> Estimate:
    """The estimate that a cell of a table stands for."""
    where = {key: row[key] for key in ("period", "day") if key in row}
    kind = {"type": row["type"]} if "type" in row else {}
    whose = {key: row[key] for key in ("group", "agent") if key in row}
    if name == "service_level":
        return found.service_level(row["type"], **where)
    if name == "mean_wait_seconds":
        return found.mean_wait(**kind, **whose, **where)
    if name == "queue_length":
        return found.queue_length(row["type"], **where)
    if name == "occupancy":
        return found.occupancy(**whose, **where)
    if name == "in_time":
        return found.share("answered_within", "callers_answered", **whose, **where)
    if name.startswith("p"):
        return found.percentile(row["type"], int(name[1:3]) / 100, **where)
    return found.total(name, **kind, **whose, **where)


@pytest.mark.parametrize(
    ("by", "measures", "more"),
    [
        ("type", TYPE_MEASURES, 5),
        ("period", TYPE_MEASURES, 3),
        ("day", TYPE_MEASURES, 5),
        ("group", GROUP_MEASURES, 3),
        ("group-period", GROUP_MEASURES, 3),
        ("group-day", GROUP_MEASURES, 3),
        ("agent", AGENT_MEASURES, 1),
    ],
)
def test_every_cell_is_the_estimate_asked_for_alone(
    found: Simulation, by: str, measures: tuple[str, ...], more: int
) -> None:
    """Mean and half-width; and nothing in a table is without its half-width."""
    table = found.to_frame(by)
    figures = [name for name in table if name not in KEYS and not name.endswith("_half_width")]
    assert len(figures) == len(measures) + more
    for row in table.to_dict("records"):
        for name in figures:
            alone = asked(found, row, name)
            half = alone.half_width if np.isfinite(alone.half_width) else np.nan
            assert row[name] == pytest.approx(alone.mean, nan_ok=True, rel=1e-9, abs=1e-9)
            assert row[f"{name}_half_width"] == pytest.approx(half, nan_ok=True, rel=1e-6, abs=1e-9)


def test_a_half_width_is_students(found: Simulation) -> None:
    """Of a sum over replications, reckoned here from the replications themselves."""
    days = found.batches("answered")[:, 0, 3:].sum(axis=1)
    row = found.to_frame("day").set_index(["type", "day"]).loc[("a", 1)]
    assert row["answered"] == pytest.approx(days.mean())
    assert row["answered_half_width"] == pytest.approx(2.201 * days.std(ddof=1) / 12**0.5, rel=1e-3)


def test_one_run_tells_no_interval() -> None:
    """An empty cell of a file, null in JSON: never a width of nought."""
    found = simulate(centre(calls(), group(12), hours=2), replications=1)
    for by in ("type", "group", "period", "day", "group-period", "group-day"):
        table = found.to_frame(by)
        assert table[[name for name in table if name.endswith("_half_width")]].isna().all(axis=None)
    assert found.to_dict()["types"]["calls"]["queue_length"]["half_width"] is None


def test_the_length_of_a_queue_is_of_the_time_counted() -> None:
    """One waits from 600 to 1,800 s: a third of the first hour; of what is after 900 s, a third as well."""
    kind = calls(arrivals=Trace((0.0, 600.0)), handling=Deterministic(1_800.0))
    found = simulate(centre(kind, group(1), hours=2), replications=2)
    assert found.queue_length("calls", period=0).mean == pytest.approx(1 / 3)
    assert found.queue_length("calls").mean == pytest.approx(1 / 6)
    late = simulate(centre(kind, group(1), hours=2), replications=2, warm_up_seconds=900.0)
    assert late.queue_length(period=0).mean == pytest.approx(900 / 2_700)
    assert late.queue_length().mean == late.metrics().queue_length == pytest.approx(900 / 6_300)
    gone = simulate(centre(kind, group(1), hours=2), replications=2, warm_up_seconds=HOUR)
    assert np.isnan(gone.queue_length(period=0).mean)  # nothing of that hour is counted


def test_waits_are_told_apart_by_day() -> None:
    """One waits 60 s on the first day, one 10 s on the second: percentiles and other targets know which."""
    kind = calls(arrivals=Trace((0.0, 40.0, HOUR, HOUR + 90.0)), handling=Deterministic(100.0))
    model = Model(Periods.of(HOUR, 1, days=2), (kind,), (group(1),))
    found = simulate(model, replications=3)
    assert 59 < found.percentile("calls", 0.99, day=0).mean <= 60
    assert 9 < found.percentile("calls", 0.99, day=1).mean <= 10
    assert found.percentile("calls", 0.99).mean > 59
    other = ServiceTarget(0.8, 30)
    assert [found.service_level(target=other, day=day).mean for day in (0, 1)] == [0.5, 1.0]
    assert found.service_level(target=other).mean == 0.75


def test_groups_know_the_waits_of_whom_they_answered() -> None:
    """Of two calls one waits 40 s for a mail that came first; the mail counts for neither wait nor time."""
    kinds = (
        calls(arrivals=Trace((0.0, 70.0)), handling=Deterministic(100.0)),
        calls(name="mail", arrivals=Trace((0.0,)), handling=Deterministic(10.0), channel=Channel.DEFERRED),
    )
    found = simulate(centre(kinds, group(1, Skill("calls"), Skill("mail", priority=2)), hours=1), replications=2)
    sums = {name: found.total(name, group="all").mean for name in GROUP_MEASURES[3:]}
    assert sums == {
        "answered": 3,
        "value": 0,
        "callbacks_answered": 0,
        "callers_answered": 2,
        "wait_seconds": 40,
        "answered_within": 1,
    }
    assert found.mean_wait(group="all").mean == 20
    assert found.mean_wait("mail").mean > 0


def test_groups_and_agents_know_whom_they_called_back() -> None:
    """Two are called back by Ana, in one group or by one name; a call back is no call that waited."""
    rule = Callback(1.0, queue_length=0, unanswered=0.0)
    kind = calls(
        arrivals=Trace((0.0, 10.0, 20.0)), handling=Deterministic(60.0), patience=Infinite(), callback=rule
    )
    one = AgentGroup("all", (Skill("calls"),), agents=(Agent("Ana", ((0.0, HOUR),)),))
    found = simulate(Model(Periods.of(HOUR, 1), (kind,), (one,)), replications=2)
    for whose in ({"group": "all"}, {"agent": "Ana"}):
        assert found.total("callbacks_answered", **whose).mean == 2
        assert found.total("answered", **whose).mean == 3
    assert found.total("callers_answered", group="all").mean == 1


def test_who_came_late_counts_on_the_day_of_coming() -> None:
    """Called at the end of the first day, answered on the second: the wait belongs to the first."""
    kind = calls(arrivals=Trace((0.0, HOUR - 10.0)), handling=Deterministic(HOUR))
    other = calls(name="other", arrivals=Never())
    model = Model(Periods.of(HOUR, 1, days=2), (kind, other), (group(1),))
    found = simulate(model, replications=2)
    assert 9 < found.percentile("calls", 0.99, day=0).mean <= 10
    assert np.isnan(found.percentile("calls", 0.99, day=1).mean)
    assert np.isnan(found.percentile("other", 0.5).mean)
