"""Single contacts at known moments, where what happens next can be told by hand."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.simulation import (
    AgentChoice,
    AtClose,
    AtEnd,
    Callback,
    Channel,
    ContactType,
    Deterministic,
    HalfWidth,
    Hours,
    Message,
    Model,
    Periods,
    Promise,
    QueueChoice,
    Redial,
    Routing,
    Simulation,
    Skill,
    Trace,
    Transfer,
    Value,
    simulate,
)
from floorwalker.science.simulation.stability import overloads
from tests.science.simulation.centres import calls, centre, group, unaccounted


def at(*seconds: float, name: str = "calls", takes: float = 600.0, **more: Any) -> ContactType:
    """Contacts at these moments – none: they come from elsewhere – each handled in ``takes`` seconds."""
    return calls(name=name, arrivals=Trace(seconds), handling=Deterministic(takes), **more)


def once(*parts: Any, **more: Any) -> Simulation:
    return simulate(centre(*parts, **more), replications=1)


def total(found: Simulation, measure: str, of: str) -> float:
    return found.total(measure, type=of).mean


def test_who_was_passed_on_and_gave_up_finds_the_type_closed_when_trying_again() -> None:
    """Passed on at 10 minutes, gives up at 11, tries again at 61: closed since 30, so not offered again."""
    sales = at(
        name="sales",
        patience=Deterministic(60.0),
        redial=Redial(1.0, Deterministic(3_000.0)),
        hours=Hours(((0.0, 1_800.0),)),
    )
    service = at(0.0, name="service", transfers=(Transfer("sales", 1.0),))
    found = once((service, sales), group(1, "service"), hours=2)
    assert [total(found, measure, "sales") for measure in ("offered", "closed")] == [1, 1]


def test_who_leaves_no_message_goes_to_the_group_that_opens_at_that_moment() -> None:
    """A message and a second group both after 60 seconds: who declines the first is answered by the other."""
    kind = at(0.0, message=Message(60.0, 0.0, "mail"))
    mail = at(name="mail", channel=Channel.DEFERRED)
    found = once((kind, mail), (group(0, name="own"), group(1, Skill("calls", after_seconds=60.0), name="help")))
    assert total(found, "wait_seconds", "calls") == 60


@pytest.mark.parametrize("choice", [QueueChoice.FIRST_COME, QueueChoice.LONGEST_WAIT])
def test_who_kept_a_place_in_front_hides_nobody_from_a_group_that_comes_in_later(choice: QueueChoice) -> None:
    """One passed on at 600 s stands before one who waits since 560; at 650 s only the latter has waited 60 s."""
    first = at(0.0, name="first", takes=600.0, transfers=(Transfer("calls", 1.0, keep_place=True),))
    kind = at(560.0, takes=10.0)
    busy = at(0.0, name="busy", takes=650.0)
    help_ = group(1, Skill("busy"), Skill("calls", after_seconds=60.0), name="help")
    found = once((first, kind, busy), (group(1, "first", name="own"), help_), routing=Routing(queues=choice))
    assert total(found, "wait_seconds", "calls") == 90 + 60


def test_longest_wait_counts_the_wait_in_this_queue() -> None:
    """Who was passed on at 600 s and kept the place waits anew: the one who came at 560 is taken first."""
    first = at(0.0, name="first", takes=600.0, transfers=(Transfer("calls", 1.0, keep_place=True),))
    kind, busy = at(560.0, takes=100.0), at(0.0, name="busy", takes=700.0)
    groups = (group(1, "first", name="own"), group(1, "busy", "calls", name="help"))
    waits = {
        choice: total(once((first, kind, busy), groups, routing=Routing(queues=choice)), "wait_seconds", "calls")
        for choice in (QueueChoice.LONGEST_WAIT, QueueChoice.FIRST_COME)
    }
    assert waits == {QueueChoice.LONGEST_WAIT: 140 + 200, QueueChoice.FIRST_COME: 100 + 240}


def test_work_handed_back_and_not_taken_up_again_is_unfinished_and_not_left() -> None:
    """It was begun, so it counts as answered; nothing counts twice."""
    mail = at(0.0, name="mail", takes=7_000.0, channel=Channel.DEFERRED)
    found = once(mail, group((1, 0), "mail", at_end=AtEnd.HAND_BACK), hours=2)
    assert [total(found, each, "mail") for each in ("answered", "unfinished", "left", "done")] == [1, 1, 0, 0]
    assert unaccounted(found, "mail") == 0


def test_no_call_back_is_offered_for_a_wait_reckoned_over_the_night() -> None:
    """Two answers in the evening, one of the next morning's first waits a minute: nobody is promised a call."""
    day = 86_400.0
    hours = Hours(((0.0, 3_600.0), (day, day + 3_600.0)))
    rule = Callback(1.0, expected_wait_seconds=600.0)
    kind = at(0.0, 700.0, day, day + 1.0, day + 2.0, takes=30.0, hours=hours, callback=rule)
    model = Model(Periods.of(3_600, 24, days=2), (kind,), (group(1),))
    assert total(simulate(model, replications=1), "callbacks_offered", "calls") == 0


def test_hours_that_touch_are_one_opening() -> None:
    """Open day and night, told day by day: nobody is cut off at midnight."""
    hours = Hours(((0.0, 1_800.0), (1_800.0, 3_600.0)), at_close=AtClose.DROP)
    found = once(at(0.0, 1_700.0, takes=1_790.0, hours=hours), group(1), hours=1)
    assert [total(found, measure, "calls") for measure in ("answered", "cut_off")] == [2, 0]
    apart = Hours(((0.0, 1_750.0), (1_800.0, 3_600.0)), at_close=AtClose.DROP)
    found = once(at(0.0, 1_700.0, takes=1_790.0, hours=apart), group(1), hours=1)
    assert [total(found, measure, "calls") for measure in ("answered", "cut_off")] == [1, 1]


def test_the_slower_pace_of_a_skill_holds_for_the_work_after_it_too() -> None:
    """As the bound reckons it that says beforehand what can come to rest."""
    kind = at(0.0, takes=100.0, after_contact=Deterministic(300.0))
    slow = group(1, Skill("calls", handling_factor=1.5))
    assert once(kind, slow).total("busy_seconds", group="all").mean == 600
    tight = calls(8.0, handling=Deterministic(100.0), after_contact=Deterministic(300.0))
    assert not overloads(centre(tight, group(1)))
    assert overloads(centre(tight, slow))


def test_one_run_tells_no_interval_and_most_is_most() -> None:
    """No half-width is known of one replication; five at most are five."""
    kind = calls(patience=Deterministic(60.0))
    assert simulate(centre(kind, group(9)), replications=1).percentile("calls", 0.8).half_width == inf
    never = HalfWidth("service_level", 1e-9, most=5)
    assert simulate(centre(kind, group(9)), replications=20, until=never).replications == 5


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Redial(1.0, Deterministic(0.0), most=8), "most is 8; give 7 at most"),
        (lambda: Callback(1.0, queue_length=0, attempts=16), "attempts is 16; give 15 at most"),
        (lambda: group(2_000_000), r"staff\[0\] is 2000000; give 1,000,000 at most"),
    ],
)
def test_more_than_can_be_simulated_is_refused(make: Any, told: str) -> None:
    """A file from anybody neither hangs the machine nor fills its memory."""
    with pytest.raises(InvalidInput, match=told):
        make()


@pytest.mark.parametrize(
    ("busy_seconds", "hours_open", "ended"),
    [(600.0, 7_200.0, "kept"), (1_500.0, 7_200.0, "late"), (1_500.0, 1_000.0, "broken")],
)
def test_a_promised_call_is_kept_late_or_broken_and_earns_only_when_kept(
    busy_seconds: float, hours_open: float, ended: str
) -> None:
    """Promised at 60 s within 1,200 s; the agent is free at 600, at 1,500, or when nobody calls any more."""
    callback = Callback(
        1.0,
        queue_length=0,
        promise=Promise.WINDOW,
        window_from_seconds=300.0,
        window_to_seconds=1_200.0,
        unanswered=0.0,
    )
    back = at(
        60.0,
        takes=60.0,
        callback=callback,
        value=Value(answered=8.0),
        hours=Hours(((0.0, hours_open),), AtClose.DROP),
    )
    busy = at(0.0, name="busy", takes=busy_seconds)
    found = once((back, busy), group(1, "busy", "calls", name="one"), hours=2)
    counts = {name: total(found, f"callbacks_{name}", "calls") for name in ("kept", "late", "broken", "answered")}
    assert counts == {"kept": 0, "late": 0, "broken": 0, "answered": 0} | {
        ended: 1,
        "answered": int(ended != "broken"),
    }
    assert total(found, "value", "calls") == (8.0 if ended == "kept" else 0.0)


@pytest.mark.parametrize(
    ("choice", "share", "off"),
    [
        (AgentChoice.LONGEST_IDLE, 0.25, 0.0005),  # four agents in turn
        (AgentChoice.FEWEST_SKILLS, 1.0, 0.0),
        (AgentChoice.PRIORITY, 0.0, 0.0),
        (AgentChoice.RANDOM, 0.5, 0.025),  # three standard errors of 4,000 draws
        (AgentChoice.PROPORTIONAL, 0.25, 0.021),
    ],
)
def test_who_takes_a_contact_when_everybody_is_idle(choice: AgentChoice, share: float, off: float) -> None:
    """One who can do little and takes it second, three who can do more and take it first, all idle each time."""
    kind = at(*(20.0 * place for place in range(4_000)), takes=10.0)
    other = at(name="other")
    few = group(1, Skill("calls", 2), name="few")
    many = group(3, Skill("calls", 1), "other", name="many")
    found = once((kind, other), (few, many), hours=24, routing=Routing(choice))
    assert found.total("answered", group="few").mean / 4_000 == pytest.approx(share, abs=off)
