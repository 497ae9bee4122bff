"""Several chats at once."""

from dataclasses import astuple

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import Definition, Goals, ServiceTarget, erlang_a, erlang_c, smallest_staff
from floorwalker.science.staffing import Concurrency, chat_metrics, plan_chat, plan_intervals, smallest_chat_staff

from .centres import forecast

TARGET = ServiceTarget(0.8, 30)


@pytest.mark.parametrize("definition", list(Definition))
@pytest.mark.parametrize("agents", [0, 1, 9, 11, 14, 40])
def test_one_chat_at_a_time_is_erlang(agents, definition):
    """Every measure equals Erlang C and Erlang A, overload and no agents included."""
    target = ServiceTarget(0.8, 30, definition)
    one = Concurrency(1, 0.4)
    found = chat_metrics(agents, 60, 1800, 300, target, one, 150.0)
    assert astuple(found) == pytest.approx(astuple(erlang_a(agents, 60, 1800, 300, 150, target)), rel=1e-9)
    found = chat_metrics(agents, 60, 1800, 300, target, one)
    assert astuple(found) == pytest.approx(astuple(erlang_c(agents, 60, 1800, 300, target)), rel=1e-9)


def chain(agents, load, concurrency, leaving, depth=4000):
    """Probability of waiting, share abandoned and busy agents of the birth-death chain, summed state by state."""
    places = agents * concurrency.chats
    p, states = 1.0, [1.0]
    for m in range(1, depth):
        chats = min(m, places)
        each = [chats // agents + (a < chats % agents) for a in range(agents)]
        rate = sum(c / (1 + concurrency.slowdown * (c - 1)) for c in each if c) + max(0, m - places) * leaving
        p *= load / rate
        states.append(p)
    states = np.array(states) / sum(states)
    count = np.arange(depth)
    lost = (np.maximum(count - places, 0) * leaving * states).sum() / load
    return states[places:].sum(), lost, (np.minimum(count, agents) * states).sum() / agents


@pytest.mark.parametrize(("chats", "slowdown"), [(2, 0.0), (3, 0.3), (4, 0.8)])
@pytest.mark.parametrize("load", [1.5, 5.0, 12.0])
def test_the_chain_summed_state_by_state(chats, slowdown, load):
    """Waiting, abandonment and occupancy against the plain sum, calm and overloaded."""
    kind = Concurrency(chats, slowdown)
    found = chat_metrics(4, load * 6, 1800, 300, TARGET, kind, 200.0)
    wait, lost, busy = chain(4, load, kind, 300 / 200)
    assert (found.wait_probability, found.abandon_rate, found.occupancy) == pytest.approx((wait, lost, busy))


def test_free_concurrency_multiplies_the_places():
    """Without slowdown four agents with three chats are twelve servers: the same waits, fewer people."""
    found = chat_metrics(4, 60, 1800, 300, TARGET, Concurrency(3), 150.0)
    twelve = erlang_a(12, 60, 1800, 300, 150, TARGET)
    assert found.service_level == pytest.approx(twelve.service_level)
    assert found.mean_wait_seconds == pytest.approx(twelve.mean_wait_seconds)


def test_more_chats_need_fewer_agents_and_slowdown_more():
    """Monotone in both."""
    goals = Goals(TARGET)
    by_chats = [smallest_chat_staff(120, 1800, 300, goals, Concurrency(k, 0.3)) for k in (1, 2, 3, 4)]
    assert by_chats == sorted(by_chats, reverse=True) and by_chats[0] > by_chats[-1]
    by_slowdown = [smallest_chat_staff(120, 1800, 300, goals, Concurrency(3, s)) for s in (0.0, 0.3, 0.6, 0.9)]
    assert by_slowdown == sorted(by_slowdown) and by_slowdown[0] < by_slowdown[-1]


@pytest.mark.parametrize("patience", [None, 120.0])
def test_the_smallest_staff_meets_its_goals_and_one_fewer_does_not(patience):
    """The border lies between; with one chat it is the Erlang staff."""
    goals, kind = Goals(TARGET, max_asa_seconds=9.0), Concurrency(3, 0.25)
    staff = smallest_chat_staff(150, 1800, 300, goals, kind, patience)

    def fine(agents):
        found = chat_metrics(agents, 150, 1800, 300, TARGET, kind, patience)
        return found.service_level >= 0.8 and found.asa_seconds <= 9.0

    assert fine(staff) and not fine(staff - 1)
    alone = smallest_chat_staff(150, 1800, 300, goals, Concurrency(1), patience)
    assert alone == smallest_staff(150, 1800, 300, goals, patience)


def test_the_plan_of_one_chat_is_the_interval_plan():
    """Same staff, same measures, same rules for closed and quiet intervals."""
    ahead = forecast([40, 80, 0], opened=np.arange(48) < 5)
    settings = {"patience_seconds": 120.0, "shrinkage": 0.3, "min_staff": 2}
    chat = plan_chat(ahead, Goals(TARGET), Concurrency(1), **settings)
    calls = plan_intervals(ahead, Goals(TARGET), **settings)
    assert np.array_equal(chat.required, calls.required) and np.array_equal(chat.scheduled, calls.scheduled)
    for name in ("service_level", "abandon_rate", "asa_seconds", "occupancy"):
        assert np.allclose(getattr(chat, name), getattr(calls, name))
    other = plan_chat(ahead, Goals(None, max_occupancy=0.9), Concurrency(3), measured_as=TARGET)
    assert other.required.sum() < chat.required.sum()


def test_what_cannot_be_is_refused():
    """Half chats, harmful slowdowns, half agents, service without a target."""
    for kind in ((0, 0.1), (1.5, 0.1), (2, 1.0)):
        with pytest.raises(InvalidInput):
            Concurrency(*kind)
    with pytest.raises(InvalidInput, match="whole number"):
        chat_metrics(1.5, 10, 1800, 300, TARGET, Concurrency(2))
    with pytest.raises(InvalidInput, match="measured_as"):
        plan_chat(forecast([1]), Goals(None, max_occupancy=0.8), Concurrency(2))


def test_a_cap_on_abandonment_needs_patience():
    """Without it nobody abandons, so the cap would promise nothing; with it the cap adds staff."""
    capped = Goals(TARGET, max_abandon=0.002)
    with pytest.raises(InvalidInput, match="patience_seconds"):
        smallest_chat_staff(90, 1800, 300, capped, Concurrency(2))
    plain = smallest_chat_staff(90, 1800, 300, Goals(TARGET), Concurrency(2), 60.0)
    assert smallest_chat_staff(90, 1800, 300, capped, Concurrency(2), 60.0) > plain
