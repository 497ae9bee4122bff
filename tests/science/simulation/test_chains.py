"""The simulator against centres solved exactly as Markov chains: shares, queues, service levels, occupancy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from floorwalker.science.queueing import erlang_a
from floorwalker.science.simulation import AgentChoice, QueueChoice, Routing, simulate
from tests.science.simulation.chains import Chain
from tests.science.simulation.small import (
    EIGHTY_TWENTY,
    calls,
    group,
    m_design,
    n_design,
    one_queue,
    steady,
    x_design,
)

REPLICATIONS = 30
WARM_UP_SECONDS = 3600.0


def reserving():
    """The generalists keep one of them idle for their own type; the other queues for nothing else."""
    model = n_design((4, 4))
    both = model.groups[1]
    kept = replace(both, skills=(both.skills[0], replace(both.skills[1], keep_idle=1)))
    return replace(model, groups=(model.groups[0], kept))


def fewest_skills():
    """The same agents, found by their number of skills."""
    return replace(n_design(), routing=Routing(AgentChoice.FEWEST_SKILLS, QueueChoice.PRIORITY))


CENTRES = {
    "one queue": lambda: one_queue(6, 130.0),
    "balking": lambda: one_queue(6, 130.0, balking=0.3),
    "few places to wait": lambda: one_queue(6, 130.0, capacity=2, patience=None),
    "few lines": lambda: replace(one_queue(6, 130.0), routing=replace(one_queue().routing, lines=8)),
    "N": lambda: n_design((3, 3)),
    "N by number of skills": fewest_skills,
    "N with a reservation": reserving,
    "X": lambda: x_design((3, 3)),
    "M with slower generalists": m_design,
}


def deviations(model, exact_model=None, longest=16):
    """Half-widths by which each measure of the simulation is off the exact answers of ``exact_model``."""
    chain = Chain(exact_model or model, longest)
    run = simulate(model, replications=REPLICATIONS, seed=11, warm_up_seconds=WARM_UP_SECONDS)
    found = {}

    def note(what, estimate, exact):
        found[what] = abs(estimate.mean - exact) / max(estimate.half_width, 1e-4)

    for name in model.type_names:
        exact = chain.measures(name)
        note(f"{name} answered", run.share("answered", "offered", type=name), exact.answered)
        gone = exact.abandoned + exact.balked
        note(f"{name} abandoned", run.share("abandoned", "offered", type=name), gone)
        note(f"{name} balked", run.share("balked", "offered", type=name), exact.balked)
        note(f"{name} blocked", run.share("blocked", "offered", type=name), exact.blocked)
        note(f"{name} service", run.service_level(name), chain.service_level(name))
        queue = run.total("queue_seconds", type=name)
        hours = sum(model.periods.lengths_seconds) - WARM_UP_SECONDS
        note(
            f"{name} queue",
            replace(queue, mean=queue.mean / hours, half_width=queue.half_width / hours),
            exact.queue_length,
        )
    for each in model.groups:
        exact_share = chain.busy(each.name) / each.staff[0]
        note(f"{each.name} occupancy", run.occupancy(each.name), exact_share)
    return found


def agrees(found):
    """Nine in ten inside their 95 % band, none far outside."""
    inside = [value <= 1 for value in found.values()]
    return sum(inside) >= 0.9 * len(inside) - 1 and max(found.values()) < 2.5


@pytest.mark.parametrize("centre", CENTRES.values(), ids=CENTRES)
def test_the_simulator_agrees_with_exact_answers(centre):
    found = deviations(centre())
    assert agrees(found), {what: round(value, 2) for what, value in found.items() if value > 1}


WRONG = {
    "priorities the other way round": (
        fewest_skills,
        lambda: replace(
            fewest_skills(), groups=(fewest_skills().groups[0], group("a and b", 4, ("b", 2), ("a", 1)))
        ),
    ),
    "generalists as fast as specialists": (m_design, lambda: m_design(slower=1.0)),
    "patience a tenth longer": (
        lambda: one_queue(6, 130.0),
        lambda: one_queue(6, 130.0, patience=132.0),
    ),
    "nobody balks": (lambda: one_queue(6, 130.0, balking=0.1), lambda: one_queue(6, 130.0)),
}


@pytest.mark.parametrize(("centre", "other"), WRONG.values(), ids=WRONG)
def test_a_wrong_oracle_is_found_out(centre, other):
    """The same judgement refuses exact answers of a slightly different centre."""
    assert not agrees(deviations(centre(), other()))


def test_the_oracle_agrees_with_the_formula():
    """M/M/n+M two ways: sums over states against the integral of the waiting time."""
    chain = Chain(one_queue())
    exact = erlang_a(
        10, contacts=200, interval_seconds=3600, aht_seconds=180, patience_seconds=120, target=EIGHTY_TWENTY
    )
    assert chain.service_level("calls") == pytest.approx(exact.service_level, abs=1e-9)
    assert chain.measures("calls").abandoned == pytest.approx(exact.abandon_rate, abs=1e-9)
    assert chain.busy("agents") / 10 == pytest.approx(exact.occupancy, abs=1e-9)


def test_the_oracle_pools_what_cannot_be_told_apart():
    """Two types alike, taken by all agents in the order of two priorities, lose together what one type loses."""
    one = Chain(steady([calls("all", 130.0)], [group("agents", 6, "all")]), 20).measures("all").abandoned
    two = Chain(steady([calls("a", 65.0), calls("b", 65.0)], [group("agents", 6, ("a", 1), ("b", 2))]), 20)
    assert (two.measures("a").abandoned + two.measures("b").abandoned) / 2 == pytest.approx(one, abs=1e-6)
