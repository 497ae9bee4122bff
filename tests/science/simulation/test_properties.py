"""What must hold of every centre."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput, Unstable
from floorwalker.science.outcome import Progress, Stop
from floorwalker.science.simulation import (
    AgentChoice,
    Exponential,
    HalfWidth,
    LogNormal,
    Message,
    Never,
    PerPeriod,
    QueueChoice,
    Redial,
    Routing,
    Simulation,
    Skill,
    Trace,
    Transfer,
    experiment,
    simulate,
)
from floorwalker.science.simulation.contact_type import Channel
from floorwalker.science.simulation.tables import Tables
from tests.science.simulation.centres import calls, centre, group, unaccounted

PATIENT = LogNormal(120.0, 1.2)


@pytest.mark.parametrize("agents", AgentChoice)
@pytest.mark.parametrize("queues", QueueChoice)
def test_no_contact_is_lost_and_no_agent_made(agents: AgentChoice, queues: QueueChoice) -> None:
    """Every contact ends once, and the time in hands is the time of the agents, under every pair of choices."""
    mail = calls(name="mail", arrivals=Never(), seconds=60.0, channel=Channel.DEFERRED)
    kinds = (
        calls(name="a", patience=PATIENT, redial=Redial(0.4, Exponential(200.0)), transfers=(Transfer("b", 0.2),)),
        calls(120.0, name="b", patience=PATIENT, capacity=4, message=Message(40.0, 0.5, "mail")),
        mail,
    )
    groups = (
        group(7, Skill("a"), Skill("mail", priority=9), name="one"),
        group((6, 5, 7, 6), Skill("b", keep_idle=1), Skill("a", priority=2, after_seconds=15.0), name="two"),
        group(3, Skill("b", handling_factor=1.2), name="three"),
    )
    found = simulate(centre(kinds, groups, hours=4, routing=Routing(agents, queues, lines=60)), replications=10)
    assert [unaccounted(found, kind.name) for kind in kinds] == [0, 0, 0]
    for measure in ("answered", "value"):
        in_groups = sum(found.total(measure, group=each.name).mean for each in groups)
        assert in_groups == pytest.approx(found.total(measure).mean)
    assert found.total("transferred", type="a").mean + found.total("first_tries", type="b").mean == pytest.approx(
        found.total("offered", type="b").mean
    )
    assert 0.5 < found.occupancy().mean < 1


def test_one_agent_more_never_hurts_on_the_same_numbers() -> None:
    """Contact for contact the same luck: in one queue with first come first served fewer are lost, day by day."""
    kind = calls(patience=PATIENT)
    lost = [
        simulate(centre(kind, group(agents)), replications=40).replication_totals("abandoned")[:, 0]
        for agents in range(8, 15)
    ]
    for fewer, more in pairwise(lost):
        assert (more <= fewer).mean() >= 0.97  # an agent more can reorder a few, never cost the run
        assert more.sum() < fewer.sum()


def test_two_skills_each_come_close_to_all_skills() -> None:
    """A little flexibility is nearly all of it (Wallace and Whitt 2005)."""
    types = 5

    def answered(width: int) -> float:
        kinds = tuple(calls(290.0, name=f"t{t}", patience=PATIENT) for t in range(types))
        groups = tuple(
            group(15, *(Skill(f"t{(g + k) % types}", priority=1 + (k > 0)) for k in range(width)), name=f"g{g}")
            for g in range(types)
        )
        routing = Routing(AgentChoice.PRIORITY, QueueChoice.PRIORITY)
        return simulate(centre(kinds, groups, hours=20, routing=routing), replications=10).service_level().mean

    one, two, all_of_them = answered(1), answered(2), answered(types)
    assert one < two < all_of_them + 0.01
    assert two - one > 0.75 * (all_of_them - one)


def test_the_same_seed_gives_the_same_numbers_for_any_number_of_workers() -> None:
    model = centre(calls(arrivals=PerPeriod((200.0,) * 4, day_cv=0.2), patience=PATIENT), group(10), hours=4)
    runs = [simulate(model, replications=9, seed=3, workers=workers) for workers in (1, 2, 4)]
    for run in runs[1:]:
        assert np.array_equal(run.kept.totals, runs[0].kept.totals)
        assert np.array_equal(run.kept.waits, runs[0].kept.waits)
    assert not np.array_equal(simulate(model, replications=9, seed=4).kept.totals, runs[0].kept.totals)


def test_contacts_have_the_same_luck_whatever_the_staffing() -> None:
    """The number offered and the work of those answered depend on the contacts alone."""
    few, many = (simulate(centre(calls(), group(agents)), replications=5) for agents in (13, 30))
    for measure in ("offered", "handling_seconds"):
        assert few.replication_totals(measure) == pytest.approx(many.replication_totals(measure))


def test_busy_days_spread_as_told_and_go_together() -> None:
    arrivals = PerPeriod((50.0,) * 4, day_cv=0.5)
    kinds = tuple(calls(name=name, arrivals=arrivals, patience=PATIENT) for name in ("a", "b"))
    model = centre(kinds, group(20, "a", "b"), hours=4)
    model = type(model)(model.periods, model.types, model.groups, busyness_correlation=0.8)
    offered = simulate(model, replications=1_000).replication_totals("offered")
    assert offered.mean() == pytest.approx(200, rel=0.03)
    assert offered[:, 0].var() == pytest.approx(200 + 100.0**2, rel=0.2)
    assert 0.7 < np.corrcoef(offered.T)[0, 1] < 0.85


def test_a_run_goes_on_until_the_interval_is_narrow_enough() -> None:
    model = centre(calls(patience=PATIENT), group(10), hours=4)
    found = simulate(model, replications=10, until=HalfWidth("service_level", 0.01))
    assert found.service_level().half_width <= 0.01
    assert 10 < found.replications < 2_000
    again = simulate(model, replications=found.replications, workers=2)
    assert np.array_equal(again.kept.totals, found.kept.totals)


def test_a_run_can_be_stopped_and_tells_where_it_is() -> None:
    told: list[Progress] = []
    model = centre(calls(patience=PATIENT), group(10), hours=4)
    found = simulate(model, replications=500, workers=1, stop=Stop(work=5, told=told.append))
    assert 5 <= found.replications < 20
    assert any(line.note.startswith("replication") for line in told)


def test_memory_does_not_grow_with_the_calls() -> None:
    from floorwalker.science.simulation.experiment import EVENTS_AT_ONCE
    from floorwalker.science.simulation.streams import Streams
    from floorwalker.science.simulation.workspace import Workspace

    model = centre(calls(2000.0, patience=PATIENT), group(100), hours=100)
    space = Workspace(Tables(model))
    space.begin(Streams(model, 0).of(0), 1)
    assert space.run(EVENTS_AT_ONCE) == 0
    assert len(space.arrays["contacts"]) == len(space.arrays["heap"]) == 1024
    assert space.centre["in_use"][0] == 0
    assert space.arrays["by_type"][0, :, 0].sum() > 190_000


def test_a_queue_that_only_grows_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiment, "MOST_CONTACTS", 4096)
    model = centre(calls(arrivals=Trace((0.0,) * 5_000)), group(1), hours=1)
    with pytest.raises(Unstable, match=r"contacts of 'calls' wait: more come"):
        simulate(model, replications=1)


def test_nonsense_is_refused() -> None:
    model = centre(calls(), group(10))
    for wrong in (
        {"replications": 0},
        {"seed": -1},
        {"workers": 0},
        {"warm_up_seconds": 36_000.0},
    ):
        with pytest.raises(InvalidInput):
            simulate(model, **wrong)
    found: Simulation = simulate(model, replications=2)
    for ask in (
        lambda: found.total("happiness"),
        lambda: found.total("offered", type="nobody"),
        lambda: found.total("offered", period=99),
        lambda: found.total("offered", day=1),
        lambda: found.total("busy_seconds", agent="Ann"),
        lambda: found.percentile("calls", 95),
        lambda: found.to_frame("mood"),
        lambda: HalfWidth("offered", 0.0),
    ):
        with pytest.raises(InvalidInput):
            ask()


def test_tables_hold_what_the_estimates_say() -> None:
    found = simulate(centre(calls(patience=PATIENT), group(10), hours=3), replications=5)
    assert found.to_frame("type")["answered"].sum() == pytest.approx(found.total("answered").mean)
    assert found.to_frame("period")["answered"].sum() == pytest.approx(found.total("answered").mean)
    assert found.to_frame("day")["answered"].sum() == pytest.approx(found.total("answered").mean)
    assert found.to_frame("group")["occupancy"][0] == pytest.approx(found.occupancy().mean)
    assert found.to_frame("agent").empty
    assert found.to_dict()["types"]["calls"]["answered"]["mean"] == found.total("answered").mean
    assert found.metrics().answered_within == found.share("answered_within", "offered").mean
