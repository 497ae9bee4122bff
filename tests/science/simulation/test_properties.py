"""What must hold of every centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput, Unstable
from floorwalker.science.outcome import Progress, Stop
from floorwalker.science.simulation import (
    Agent,
    AgentChoice,
    AgentGroup,
    AtEnd,
    Callback,
    ContactType,
    Deterministic,
    Exponential,
    HalfWidth,
    LogNormal,
    Message,
    Model,
    Never,
    PerPeriod,
    QueueChoice,
    Redial,
    Routing,
    Simulation,
    Skill,
    Trace,
    Transfer,
    Value,
    experiment,
    simulate,
)
from floorwalker.science.simulation.contact_type import Channel
from floorwalker.science.simulation.kernel.layout import DONE
from floorwalker.science.simulation.streams import Streams
from floorwalker.science.simulation.tables import Tables
from floorwalker.science.simulation.workspace import Workspace
from tests.science.simulation.centres import calls, centre, group, unaccounted
from tests.science.simulation.small import n_design, x_design

PATIENT = LogNormal(120.0, 1.2)


def everything() -> tuple[tuple[ContactType, ...], tuple[AgentGroup, ...]]:
    """Calls with redials and transfers, a small queue with messages and call backs, mail; three groups."""
    mail = calls(name="mail", arrivals=Never(), seconds=60.0, channel=Channel.DEFERRED)
    kinds = (
        calls(
            name="a",
            arrivals=PerPeriod((200.0, 220.0, 180.0, 0.0)),
            patience=PATIENT,
            redial=Redial(0.4, Exponential(200.0)),
            transfers=(Transfer("b", 0.2),),
            value=Value(answered=3.0, lost=1.0),
        ),
        calls(
            name="b",
            arrivals=PerPeriod((120.0, 100.0, 140.0, 0.0)),
            patience=PATIENT,
            capacity=4,
            message=Message(40.0, 0.5, "mail"),
            callback=Callback(0.5, queue_length=3, unanswered=0.3, again_after_seconds=60.0),
            value=Value(answered=7.0, within_seconds=30.0),
        ),
        mail,
    )
    groups = (
        group(7, Skill("a", value_factor=1.5), Skill("mail", priority=9), name="one"),
        group((6, 5, 7, 7), Skill("b", keep_idle=1), Skill("a", priority=2, after_seconds=15.0), name="two"),
        group(3, Skill("b", handling_factor=1.2, value_factor=0.5), name="three"),
    )
    return kinds, groups


@pytest.mark.parametrize("agents", AgentChoice)
@pytest.mark.parametrize("queues", QueueChoice)
def test_no_contact_is_lost_and_no_agent_made(agents: AgentChoice, queues: QueueChoice) -> None:
    """Every contact ends once, and groups answered and earned what types did, under every pair of choices."""
    kinds, groups = everything()
    found = simulate(centre(kinds, groups, hours=4, routing=Routing(agents, queues, lines=60)), replications=10)
    assert [unaccounted(found, kind.name) for kind in kinds] == [0, 0, 0]
    assert found.total("value").mean > 1_000
    for measure in ("value", "callbacks_answered"):
        assert found.total(measure).mean > 0
        in_groups = sum(found.total(measure, group=each.name).mean for each in groups)
        assert in_groups == pytest.approx(found.total(measure).mean)
    in_groups = sum(found.total("answered", group=each.name).mean for each in groups)
    answered = found.total("answered").mean + found.total("callbacks_answered").mean
    assert in_groups == pytest.approx(answered)
    assert found.total("transferred", type="a").mean + found.total("first_tries", type="b").mean == pytest.approx(
        found.total("offered", type="b").mean
    )
    assert 0.5 < found.occupancy(period=0).mean < 1


@pytest.mark.parametrize("at_end", AtEnd)
def test_every_busy_second_is_handling_work_after_it_or_ringing(at_end: AtEnd) -> None:
    """To the second, all replications: nothing is worked twice and nobody is busy with nothing.

    Thirty seconds of work follow each handling that ended; all ends before the last hour does.
    """
    kinds, groups = everything()
    kinds = tuple(replace(kind, after_contact=Deterministic(30.0)) for kind in kinds)
    pace = tuple(
        replace(each, at_end=at_end, skills=tuple(replace(skill, handling_factor=1.0) for skill in each.skills))
        for each in groups
    )
    found = simulate(centre(kinds, pace, hours=4), replications=10)
    ended = found.total("answered").mean + found.total("callbacks_answered").mean
    sums = {
        name: sum(found.total(name, group=each.name).mean for each in groups)
        for name in ("busy_seconds", "ring_seconds")
    }
    assert sums["ring_seconds"] > 0
    assert (found.total("handed_back").mean > 0) is (at_end is AtEnd.HAND_BACK)
    assert found.total("unfinished").mean == found.total("left").mean == 0
    assert sums["busy_seconds"] == pytest.approx(
        found.total("handling_seconds").mean + 30.0 * ended + sums["ring_seconds"], rel=1e-12
    )


def test_agents_are_there_as_long_as_counts_and_shifts_say() -> None:
    """Where counts rise, to the second, hour by hour; where they fall those who finish stay, and nobody else;
    named agents who hand back what they have are there for their shifts."""
    kinds, groups = everything()
    rising, falling = (4, 5, 7, 9), (8, 5, 4, 4)
    shifts = (Agent("Ana", ((600.0, 5_000.0), (6_000.0, 14_000.0))), Agent("Bo", ((0.0, 9_999.0),)))
    named = AgentGroup("named", (Skill("b"),), agents=shifts, at_end=AtEnd.HAND_BACK)
    crews = (replace(groups[0], staff=rising), replace(groups[1], staff=falling), named)
    found = simulate(centre(kinds, crews, hours=4), replications=5)
    for hour in range(4):
        assert found.total("staffed_seconds", group="one", period=hour).mean == pytest.approx(3_600 * rising[hour])
        more = found.total("staffed_seconds", group="two", period=hour).mean - 3_600 * falling[hour]
        assert more == pytest.approx(0.0, abs=1e-6) if hour in (0, 3) else 0 <= more < 3 * 600
    for agent, seconds in (("Ana", 4_400.0 + 8_000.0), ("Bo", 9_999.0)):
        assert found.total("staffed_seconds", agent=agent).mean == pytest.approx(seconds)


@pytest.mark.parametrize("queues", QueueChoice)
def test_nobody_is_idle_while_somebody_waits_whom_they_may_take(queues: QueueChoice) -> None:
    """After every single event of two hours, for every queue and group; reserved agents may be."""
    kinds, groups = everything()
    model = centre(kinds, groups, hours=4, routing=Routing(queues=queues))
    tables = Tables(model)
    space = Workspace(tables)
    space.begin(Streams(model, 3).of(0), tables.counting)
    arrays, seen = space.arrays, 0
    types, firsts = {name: place for place, name in enumerate(model.type_names)}, tables.groups["first_list"]
    skills = [(types[skill.type], place, skill) for place, each in enumerate(groups) for skill in each.skills]
    while space.centre["now"][0] < 7_200:
        assert space.run(1) != DONE
        now = float(space.centre["now"][0])
        for of, place, skill in skills:
            head = int(arrays["queues"]["head"][of])
            if head < 0:
                continue
            seen += 1
            idle = int(arrays["lists"]["length"][firsts[place]])
            waited = now - float(arrays["contacts"]["queued"][head])
            if waited > skill.after_seconds:
                assert idle <= skill.keep_idle, (model.type_names[of], groups[place].name, now)
    assert seen > 1_000


def test_one_agent_more_never_hurts_on_the_same_numbers() -> None:
    """Contact for contact the same luck, one queue, first come first served.

    Where nobody gives up, nobody waits a second longer in all, day by day. Where people do, a long call that is
    now answered may cost two short ones behind it: rarely a day loses more, all days together never.
    """

    def runs(**more: Any) -> list[Simulation]:
        return [simulate(centre(calls(**more), group(agents)), replications=40) for agents in range(11, 16)]

    for fewer, more in pairwise(each.replication_totals("wait_seconds") for each in runs()):
        assert (more <= fewer + 1e-6).all()
    for fewer, more in pairwise(each.replication_totals("abandoned")[:, 0] for each in runs(patience=PATIENT)):
        assert (more <= fewer).mean() >= 0.97
        assert more.sum() < fewer.sum()


@pytest.mark.parametrize("design", [n_design, x_design])
def test_one_agent_more_never_hurts_where_groups_help_each_other(design: Callable[[], Model]) -> None:
    """In either group fewer are lost in all, on the same numbers, by more than a few."""
    model = design()
    before = simulate(model, replications=40).replication_totals("abandoned").sum()
    for place, each in enumerate(model.groups):
        one_more = replace(each, staff=tuple(count + 1 for count in each.staff or ()))
        groups = (*model.groups[:place], one_more, *model.groups[place + 1 :])
        after = simulate(replace(model, groups=groups), replications=40).replication_totals("abandoned").sum()
        assert after < 0.97 * before


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
