"""The second layer of a made-up centre: contacts, waits and states that agree with its history."""

from datetime import date, datetime
from itertools import pairwise

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.sample import live, make_centre, to_files
from floorwalker.science.simulation import simulate

UNTIL = date(2026, 9, 7)


@pytest.fixture(scope="module")
def centre():
    return make_centre("corner", seed=1, until=UNTIL, weeks=2)


@pytest.fixture(scope="module")
def week(centre):
    return live(centre)[0]


def test_exactly_the_contacts_of_the_history_come(centre, week):
    """Offered in each interval is what the history counts; who was not answered hung up."""
    counts = week.counts()
    offered = centre.demand["helpdesk"].offered[-len(week.grid) :]
    assert counts["offered"].tolist() == offered.tolist()
    assert (counts["answered"] + counts["abandoned"]).tolist() == offered.tolist()


def test_it_is_the_replication_the_simulator_counts(week):
    """Answered, waits and handling of the contacts add up to the sums of the same replication."""
    found = simulate(week.model, replications=2, seed=1)
    contacts, answered = week.contacts, ~np.isnan(week.contacts.answered_seconds)
    sums = {
        "offered": len(contacts),
        "answered": answered.sum(),
        "wait_seconds": contacts.wait_seconds[answered].sum(),
        "handling_seconds": np.nansum(contacts.handling_seconds),
    }
    for name, value in sums.items():
        assert found.replication_totals(name)[1, 0] == pytest.approx(value)


def test_planted_means_are_found_in_the_contacts(centre, week):
    """Handling about the truth's mean, and nobody answered by somebody who is not at work."""
    truth = centre.truth.queues["helpdesk"]
    handling = np.nanmean(week.contacts.handling_seconds)
    assert handling == pytest.approx(truth.aht_seconds, rel=0.15)
    at_work = {a.name: a.at_work for group in week.model.groups for a in group.agents}
    for number in np.flatnonzero(week.contacts.agent >= 0):
        moment = week.contacts.answered_seconds[number]
        spans = at_work[week.contacts.agents[week.contacts.agent[number]]]
        assert any(start <= moment <= end for start, end in spans)


def seconds(text):
    return datetime.fromisoformat(text).timestamp()


def check_states(week):
    """Stretches of an agent follow each other; each shift is covered from its first second to its last, a gap lies
    only between two; and the time in contact is the handling of the contacts."""
    rows = [(name, seconds(start), seconds(end), state) for name, start, end, state in week.states()]
    assert {row[3] for row in rows} <= {"available", "contact", "meal", "away"}
    contacts, roster = week.contacts, week.roster
    for place, name in enumerate(contacts.agents):
        own = [row[1:] for row in rows if row[0] == name]
        shifts = [roster.span(duty) for duty in roster.duties_by_person[name]]
        assert all(start < end for start, end, _ in own)
        for before, after in pairwise(own):
            assert before[1] <= after[0]
            if before[1] < after[0]:  # a gap
                assert not any(start < after[0] - 1 and before[1] + 1 < end for start, end in shifts)
        for start, end in shifts:
            covered = sum(max(0.0, min(last, end) - max(first, start)) for first, last, _ in own)
            assert covered == pytest.approx(end - start, abs=1.0)
        handled = np.nansum(contacts.handling_seconds[contacts.agent == place])
        spent = [end - start for start, end, state in own if state == "contact"]
        assert sum(spent) == pytest.approx(handled, abs=len(spent))  # each stretch is told to the second


def test_states_of_an_agent_follow_each_other_without_a_gap_in_a_shift(week):
    assert sum(state == "contact" for *_, state in week.states()) > 100
    check_states(week)


@pytest.mark.prove
def test_a_large_centre_in_two_zones_is_lived_through_as_well():
    """Harbour: four queues, each in its own zone, with the contacts of its history and states without gaps."""
    centre = make_centre("harbour", seed=1, until=UNTIL, weeks=1)
    weeks = live(centre)
    assert [week.queue.name for week in weeks] == [queue.name for queue in centre.queues]
    assert len(weeks) == 4
    assert len({week.grid.zone for week in weeks}) == 2
    for week in weeks:
        offered = centre.demand[week.queue.name].offered[-len(week.grid) :]
        assert week.counts()["offered"].tolist() == offered.tolist()
        check_states(week)


def test_files_hold_both_layers_and_agree(centre, week):
    """The history of the lived week counts its contacts; the same seed gives the same bytes."""
    files = to_files(centre, [week])
    legs = files["legs.csv"].splitlines()
    assert legs[0] == "source_key,queue,channel,start,outcome,wait_seconds,handling_seconds,agent"
    assert len(legs) - 1 == len(week.contacts)
    last = [line.split(",") for line in files["history.csv"].splitlines()[-len(week.grid) :]]
    assert sum(int(row[3]) for row in last) == sum(",answered," in line for line in legs)
    assert files == to_files(centre, live(centre))


def test_more_weeks_than_there_are_are_refused(centre):
    with pytest.raises(InvalidInput, match="the history holds 2"):
        live(centre, 3)
