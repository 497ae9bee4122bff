"""Each thing a description can say, against a number known otherwise."""

from __future__ import annotations

import pytest

from floorwalker.science.queueing import ServiceTarget, erlang_a, erlang_b, erlang_c
from floorwalker.science.simulation import (
    Agent,
    AgentGroup,
    AtClose,
    AtEnd,
    Callback,
    Channel,
    Concurrency,
    Deterministic,
    Exponential,
    Hours,
    LogNormal,
    Message,
    Model,
    Never,
    Outbound,
    Periods,
    Promise,
    QueueChoice,
    Redial,
    Routing,
    Scheduled,
    Skill,
    Trace,
    Transfer,
    Value,
    simulate,
)
from tests.science.simulation.centres import calls, centre, group, unaccounted, within

PATIENT = Exponential(120.0)


def test_balking_is_a_share_of_those_who_find_nobody_free() -> None:
    found = simulate(centre(calls(balking=1.0), group(10), hours=50))
    assert within(found.share("balked", "offered"), erlang_b(10, 10.0))
    assert found.total("balked") == found.total("abandoned")


def test_lines_are_places_in_hands_and_in_the_queue_together() -> None:
    found = simulate(centre(calls(), group(15), hours=50, routing=Routing(lines=10)))
    assert within(found.share("blocked", "offered"), erlang_b(10, 10.0))


def test_redials_follow_the_lost_and_are_told_apart() -> None:
    redial = Redial(0.5, Deterministic(60.0), most=2)
    found = simulate(centre(calls(capacity=0, redial=redial), group(5)))
    assert unaccounted(found, "calls") == 0
    sums = {name: found.total(name).mean for name in ("offered", "first_tries", "redialled", "closed", "blocked")}
    assert sums["offered"] + sums["closed"] == pytest.approx(sums["first_tries"] + sums["redialled"])
    assert 0.4 < sums["redialled"] / sums["blocked"] < 0.5  # the third try of two allowed is the last


def test_one_redial_keeps_its_patience_or_draws_it_anew() -> None:
    def offered(keep: bool) -> float:
        redial = Redial(1.0, Deterministic(7200.0), most=1, keep_patience=keep)
        trace = Trace((0.0,) * 1000)
        kind = calls(arrivals=trace, seconds=1.0, patience=LogNormal(2.0, 2.0), redial=redial)
        return simulate(centre(kind, group(0)), replications=2).total("wait_seconds_lost").mean

    assert offered(True) / 2 == pytest.approx(simulate_once(), rel=1e-9)
    assert offered(False) != offered(True)


def simulate_once() -> float:
    kind = calls(arrivals=Trace((0.0,) * 1000), seconds=1.0, patience=LogNormal(2.0, 2.0))
    return simulate(centre(kind, group(0)), replications=2).total("wait_seconds_lost").mean


def test_a_message_ends_the_call_and_is_due_as_other_work() -> None:
    mail = calls(name="mail", arrivals=Never(), seconds=60.0, channel=Channel.DEFERRED, due_seconds=1.0)
    kinds = (calls(patience=PATIENT, message=Message(0.0, 1.0, "mail")), mail)
    found = simulate(centre(kinds, group(10, "calls", Skill("mail", priority=2))))
    assert [unaccounted(found, name) for name in ("calls", "mail")] == [0, 0]
    assert found.total("messages").mean == found.total("offered", type="mail").mean > 0
    assert (
        found.total("wait_seconds", type="calls").mean == 0
    )  # who does not find an agent at once leaves a message
    assert found.total("done_late", type="mail").mean > 0.9 * found.total("done", type="mail").mean


@pytest.mark.parametrize("promise", Promise)
def test_a_call_back_is_kept_late_or_broken(promise: Promise) -> None:
    callback = Callback(0.5, queue_length=0, promise=promise, window_from_seconds=900.0, window_to_seconds=1200.0)
    found = simulate(centre(calls(patience=PATIENT, callback=callback), group(10)))
    sums = {
        name: found.total(f"callbacks_{name}").mean for name in ("accepted", "kept", "late", "broken", "answered")
    }
    assert unaccounted(found, "calls") == 0
    assert sums["kept"] + sums["late"] + sums["broken"] == pytest.approx(sums["accepted"])
    assert within(found.share("callbacks_accepted", "callbacks_offered"), 0.5)
    assert sums["answered"] + found.total("unreached").mean + sums["broken"] == pytest.approx(sums["accepted"])
    assert within(found.share("unreached", "callbacks_accepted"), 0.01, bands=3)  # a tenth of a tenth


def test_a_transfer_is_a_contact_of_the_other_type() -> None:
    kinds = (calls(transfers=(Transfer("desk", 0.4),)), calls(name="desk", arrivals=Never(), seconds=90.0))
    found = simulate(centre(kinds, (group(14), group(4, "desk", name="desk"))))
    assert found.total("transferred", type="calls") == found.total("offered", type="desk")
    assert within(found.share("transferred", "answered", type="calls"), 0.4)
    assert found.total("first_tries", type="desk").mean == 0


def test_after_contact_work_keeps_the_agent_and_not_the_caller() -> None:
    kind = calls(seconds=120.0, after_contact=Exponential(60.0), capacity=0)
    found = simulate(centre(kind, group(10), hours=50))
    assert within(found.share("blocked", "offered"), erlang_b(10, 10.0))  # insensitive to the shape
    assert within(found.share("handling_seconds", "answered"), 120.0)
    assert within(found.occupancy(), 1.0 - erlang_b(10, 10.0))


def test_chats_share_their_agent_exactly() -> None:
    """One agent, one place more than chats: the chain of chats in hand has rates 1, 2/(1 + s), 3/(1 + 2s) …"""
    places, slower, load = 3, 0.3, 2.0
    kind = calls(per_hour=3600 * load / 300.0, seconds=300.0, channel=Channel.CHAT, capacity=0)
    found = simulate(centre(kind, group(1, concurrency=Concurrency(places, slower)), hours=200))
    weights = [1.0]
    for chats in range(1, places + 1):
        weights.append(weights[-1] * load * (1 + slower * (chats - 1)) / chats)
    assert within(found.share("blocked", "offered"), weights[-1] / sum(weights))
    assert within(found.occupancy(), 1 - weights[0] / sum(weights))


def test_chats_in_one_hand_end_when_the_sharing_says() -> None:
    """Three chats of 100 s begun at 0, 10 and 20 s, each beyond the first makes all half as long again."""
    kind = calls(arrivals=Trace((0.0, 10.0, 20.0)), handling=Deterministic(100.0), channel=Channel.CHAT)
    found = simulate(centre(kind, group(1, concurrency=Concurrency(3, 0.5)), hours=1), replications=1)
    # alone to 10 s; two at 1/1.5 to 20 s; three at 1/2 until the first has 100: 20 + 2 (100 - 10 - 10/1.5)
    first = 20 + 2 * (100 - 10 - 10 / 1.5)
    second = first + 1.5 * (100 - 10 / 1.5 - (first - 20) / 2)
    third = second + (100 - (first - 20) / 2 - (second - first) / 1.5)
    assert found.total("handling_seconds").mean == pytest.approx(first + second - 10 + third - 20)


def test_deferred_work_is_done_while_its_type_is_open() -> None:
    hours = Hours(((3600.0, 7200.0), (14_400.0, 36_000.0)))
    came, handling = Trace((0.0, 7100.0, 8000.0, 35_990.0)), Deterministic(200.0)
    mail = calls(arrivals=came, handling=handling, channel=Channel.DEFERRED, hours=hours, due_seconds=4_000.0)
    found = simulate(centre(mail, group(1)), replications=1)
    # begun at 3,600, 7,100 (finished after closing), 14,400 (late) and 35,990
    assert found.total("done").mean == 4
    assert found.total("done_late").mean == 1
    assert found.total("wait_seconds").mean == 3600 + 0 + 6400 + 0


def test_closing_serves_or_drops_those_who_wait() -> None:
    def at(close: AtClose) -> dict[str, float]:
        came, hours = Trace((0.0, 10.0, 20.0, 3700.0)), Hours(((0.0, 3600.0),), close)
        kind = calls(arrivals=came, handling=Deterministic(3000.0), hours=hours)
        found = simulate(centre(kind, group(1)), replications=1)
        return {name: found.total(name).mean for name in ("answered", "cut_off", "abandoned", "closed")}

    assert at(AtClose.SERVE) == {"answered": 3, "cut_off": 0, "abandoned": 0, "closed": 1}
    assert at(AtClose.DROP) == {"answered": 2, "cut_off": 1, "abandoned": 1, "closed": 1}


def test_outbound_calls_leave_agents_free_for_those_who_call() -> None:
    out = Outbound(unanswered=0.4, ring_seconds=30.0, attempts=2, again_after_seconds=600.0)
    kinds = (
        calls(40.0, patience=PATIENT),
        calls(name="sales", arrivals=Scheduled((0.0,), (2000,)), channel=Channel.OUTBOUND, outbound=out),
    )
    skills = ("calls", Skill("sales", keep_idle=3))
    found = simulate(centre(kinds, group(8, *skills)))
    assert unaccounted(found, "sales") == 0
    assert found.total("abandoned", type="calls").mean < 0.01 * found.total("offered", type="calls").mean
    assert found.occupancy().mean < 5 / 8 + 0.1  # three are kept free of sales
    tried = found.total("answered", type="sales").mean + found.total("unanswered_attempts", type="sales").mean
    assert found.total("unanswered_attempts", type="sales").mean == pytest.approx(0.4 * tried, rel=0.03)
    rings = found.total("ring_seconds", group="all").mean
    assert rings == pytest.approx(30 * found.total("unanswered_attempts", type="sales").mean, rel=0.01)


def test_overflow_waits_its_time_and_reservation_keeps_agents_free() -> None:
    late = group(5, Skill("calls", after_seconds=30.0), name="late")
    found = simulate(centre(calls(arrivals=Trace((0.0, 0.0))), (group(0), late)), replications=1)
    assert found.total("wait_seconds").mean == 60.0
    kept = group(5, Skill("calls", keep_idle=2))
    found = simulate(centre(calls(200.0, capacity=0), kept, hours=50))
    assert within(found.share("blocked", "offered"), erlang_b(3, 10.0))


def test_an_agent_whose_time_is_over_finishes_or_hands_back() -> None:
    def at(end: AtEnd) -> dict[str, float]:
        kind = calls(arrivals=Trace((100.0,)), handling=Deterministic(600.0))
        first, second = Agent("Ann", ((0.0, 400.0),)), Agent("Bo", ((500.0, 3600.0),), pace=2.0)
        one = AgentGroup("all", (Skill("calls"),), agents=(first, second), at_end=end)
        found = simulate(Model(Periods.of(3600, 1), (kind,), (one,)), replications=1)
        busy = {name: found.total("busy_seconds", agent=name).mean for name in ("Ann", "Bo")}
        return {**busy, "staffed": found.total("staffed_seconds", agent="Ann").mean}

    assert at(AtEnd.FINISH) == {"Ann": 600.0, "Bo": 0.0, "staffed": 700.0}
    assert at(AtEnd.HAND_BACK) == {"Ann": 300.0, "Bo": 600.0, "staffed": 400.0}  # half is left, at half the pace


def test_counted_agents_follow_their_counts() -> None:
    found = simulate(centre(calls(100.0, capacity=0), group((3, 8, 0, 5), "calls"), hours=4), replications=200)
    staffed = [found.total("staffed_seconds", group="all", period=hour).mean / 3600 for hour in range(4)]
    assert staffed[0] == 3
    assert staffed[1] == 8
    assert staffed[2] == pytest.approx(0.2, abs=0.1)  # those who finish
    assert found.share("blocked", "offered", period=2).mean == 1.0


def test_priority_takes_the_first_skill_first_and_first_come_whoever_came() -> None:
    """One agent busy until 1,000 s; then b, who came later, has priority or not."""

    def waits(choice: QueueChoice) -> tuple[float, float]:
        kinds = tuple(
            calls(
                name=name,
                arrivals=Trace(moments),
                handling=Deterministic(1000.0),
                target=ServiceTarget(0.8, seconds),
            )
            for name, moments, seconds in (("a", (0.0, 10.0), 100.0), ("b", (20.0,), 10.0))
        )
        one = group(1, Skill("a", priority=2), Skill("b", priority=1))
        found = simulate(centre(kinds, one, hours=1, routing=Routing(queues=choice)), replications=1)
        return found.total("wait_seconds", type="a").mean, found.total("wait_seconds", type="b").mean

    assert waits(QueueChoice.FIRST_COME) == waits(QueueChoice.LONGEST_WAIT) == (990.0, 1980.0)
    assert waits(QueueChoice.PRIORITY) == waits(QueueChoice.AGAINST_TARGET) == (1990.0, 980.0)


def test_value_counts_those_answered_in_time_and_cost_those_lost() -> None:
    worth = Value(answered=10.0, lost=3.0, within_seconds=20.0)
    kind = calls(patience=PATIENT, value=worth, target=ServiceTarget(0.8, 20.0))
    found = simulate(centre(kind, group(10, Skill("calls", value_factor=1.5))))
    assert found.total("value").mean == pytest.approx(15 * found.total("answered_within").mean)
    assert found.total("value", group="all").mean == pytest.approx(found.total("value").mean)
    assert found.total("lost_cost").mean == pytest.approx(3 * found.total("abandoned").mean)


def test_waits_are_counted_finely_enough_for_percentiles_and_other_targets() -> None:
    found = simulate(centre(calls(170.0), group(10), hours=100), warm_up_seconds=3600)
    for share, seconds in ((0.8, 20.0), (0.9, 60.0)):
        true = erlang_c(10, 170, 3600, 180, ServiceTarget(share, seconds)).service_level
        assert within(found.service_level(target=ServiceTarget(share, seconds)), true)
        assert found.percentile("calls", true).mean == pytest.approx(seconds, rel=0.15, abs=3)
    late = erlang_a(10, 200, 3600, 180, 120, ServiceTarget(0.8, 20.0)).service_level
    found = simulate(centre(calls(patience=PATIENT, target=ServiceTarget(0.8, 60.0)), group(10), hours=100))
    assert within(found.service_level(target=ServiceTarget(0.8, 20.0)), late)
