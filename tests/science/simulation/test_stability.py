"""Models that can never come to rest are told before they run, with the types, the work and the agents."""

from __future__ import annotations

import pytest

from floorwalker.science.simulation import (
    AgentGroup,
    AtClose,
    Channel,
    Concurrency,
    Constant,
    ContactType,
    Exponential,
    Hours,
    Model,
    Periods,
    PerPeriod,
    Skill,
    Transfer,
    Value,
)
from floorwalker.science.simulation.stability import overloads
from floorwalker.science.simulation.workload import contacts_with_transfers

HOUR = Periods.of(1800, 2)


def call(name: str, erlangs: float, **more: object) -> ContactType:
    """So many Erlangs of three-minute calls, nobody of whom gives up."""
    return ContactType(name, Constant(erlangs * 20), Exponential(180.0), **more)  # type: ignore[arg-type]


def group(name: str, staff: int, *types: str, **more: object) -> AgentGroup:
    return AgentGroup(name, tuple(Skill(each) for each in types), staff=(staff,), **more)  # type: ignore[arg-type]


def test_one_queue_is_stable_below_its_agents() -> None:
    """9.9 Erlangs on ten agents come to rest, 10.5 do not."""
    assert overloads(Model(HOUR, (call("a", 9.9),), (group("g", 10, "a"),))) == ()
    (found,) = overloads(Model(HOUR, (call("a", 10.5),), (group("g", 10, "a"),)))
    assert found.agents_needed == pytest.approx(10.5)
    assert found.agents_present == pytest.approx(10)
    assert found.unserved == pytest.approx(10)
    assert str(found).startswith("a: 10.5 hours of work keep 10.5 agents busy, but g have 10.0 on average. Nobody")


def test_the_set_that_is_short_is_named() -> None:
    """Spanish is short though the centre as a whole is not; helpers of both count for both."""
    types = (call("english", 8), call("spanish", 5), call("mail", 2))
    groups = (group("front", 14, "english"), group("both", 2, "english", "spanish"), group("es", 2, "spanish"))
    (found,) = overloads(Model(HOUR, types, (*groups, group("office", 3, "mail"))))
    assert found.types == ("spanish",)
    assert set(found.groups) == {"both", "es"}
    assert found.unserved == pytest.approx(20)


def test_two_types_can_be_short_together_though_each_alone_is_not() -> None:
    """Hall's condition: each could be done by the group, both cannot."""
    model = Model(HOUR, (call("a", 6), call("b", 6)), (group("g", 10, "a", "b"), group("h", 1, "b")))
    (found,) = overloads(model)
    assert set(found.types) == {"a", "b"}
    assert set(found.groups) == {"g", "h"}


@pytest.mark.parametrize(
    "relief",
    [
        {"patience": Exponential(60.0)},
        {"capacity": 5},
        {"balking": 0.2},
        {"hours": Hours(((0.0, 1800.0),), AtClose.DROP)},
    ],
    ids=str,
)
def test_whatever_takes_callers_out_of_the_queue_brings_rest(relief: dict[str, object]) -> None:
    """Patience, a full queue, balking, cutting off."""
    assert overloads(Model(HOUR, (call("a", 12, **relief),), (group("g", 10, "a"),))) == ()


def test_a_type_nobody_takes_waits_for_ever() -> None:
    """No group has the skill, or the group with it is never there."""
    (found,) = overloads(Model(HOUR, (call("a", 1), call("b", 1)), (group("g", 9, "a"), group("none", 0, "b"))))
    assert str(found) == "b: no agent takes these 20 contacts, and nobody of them gives up"


def test_work_is_reckoned_as_the_groups_do_it() -> None:
    """Slow generalists need more, chats at once less, transfers come on top, quiet periods weigh less."""
    slow = AgentGroup("g", (Skill("a", handling_factor=1.2),), staff=(10,))
    assert overloads(Model(HOUR, (call("a", 9),), (slow,)))
    chat = call("a", 18, channel=Channel.CHAT)
    assert overloads(Model(HOUR, (chat,), (group("g", 10, "a", concurrency=Concurrency(3, 0.25)),))) == ()
    assert overloads(Model(HOUR, (chat,), (group("g", 10, "a", concurrency=Concurrency(3, 0.4)),)))
    on = call("a", 6, transfers=(Transfer("b", 0.5),))
    second = ContactType("b", Constant(0.0), Exponential(180.0), value=Value(5.0))
    assert contacts_with_transfers(Model(HOUR, (on, second), (group("g", 10, "a", "b"),))) == {"a": 120, "b": 60}
    assert overloads(Model(HOUR, (on, second), (group("g", 8, "a", "b"),)))
    quick_when_busy = ContactType("a", PerPeriod((180.0, 20.0)), Exponential(180.0), handling_factors=(0.9, 2.0))
    assert overloads(Model(HOUR, (quick_when_busy,), (group("g", 10, "a"),)))[0].agents_needed == pytest.approx(
        10.1
    )
