"""The second layer of a made-up centre: contacts, waits and states that agree with its history."""

from datetime import date
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


def test_states_of_an_agent_follow_each_other_without_a_gap_in_a_shift(week):
    """Stretches neither overlap nor repeat; time in contact is the handling of the contacts."""
    rows = list(week.states())
    assert {row[3] for row in rows} <= {"available", "contact", "meal", "away"}
    for before, after in pairwise(rows):
        if before[0] == after[0]:
            assert before[2] <= after[1]


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
