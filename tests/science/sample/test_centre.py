"""The made-up centre as a whole: same seed same centre, nothing hidden shows, everything fits together."""

import csv
import hashlib
import io
import json
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.sample import Centre, make_centre, to_files

UNTIL = date(2026, 9, 7)


@pytest.fixture(scope="module")
def harbour() -> Centre:
    return make_centre("harbour", seed=1, until=UNTIL)


@pytest.fixture(scope="module")
def corner() -> Centre:
    return make_centre("corner", seed=1, until=UNTIL)


def fingerprint(centre: Centre) -> str:
    digest = hashlib.sha256()
    for name, text in sorted(to_files(centre).items()):
        digest.update(name.encode() + text.encode())
    return digest.hexdigest()


def test_same_seed_same_centre_other_seed_another() -> None:
    """Every file of a centre depends on the seed and on nothing else."""
    first, again = (make_centre("corner", seed=1, until=UNTIL, weeks=20) for _ in range(2))
    assert fingerprint(again) == fingerprint(first)
    assert fingerprint(make_centre("corner", seed=2, until=UNTIL, weeks=20)) != fingerprint(first)


def test_the_same_numbers_on_every_machine() -> None:
    """Histories and people of a seed are these bytes, whatever machine, process or hash seed made them."""
    files = to_files(make_centre("harbour", seed=1, until=UNTIL, weeks=8))
    digest = hashlib.sha256("".join(files[name] for name in sorted(files) if name.endswith(".csv")).encode())
    assert digest.hexdigest()[:16] == "9f496c912d2f9fba"


def test_harbour_is_what_it_promises(harbour: Centre) -> None:
    """120 people, two sites in two zones, two clients, sales and service, one contractor team."""
    assert len(harbour.people) == 120
    assert {site.zone for site in harbour.sites} == {"Europe/Lisbon", "America/New_York"}
    assert len(harbour.clients) == 2
    assert {queue.skill for queue in harbour.queues} == {"sales", "service"}
    assert [team.contract for team in harbour.teams].count("contractor") == 1


def test_corner_is_what_it_promises(corner: Centre) -> None:
    """20 people, one site, one queue, one manager."""
    assert len(corner.people) == 20
    assert (len(corner.sites), len(corner.queues), len(corner.teams)) == (1, 1, 1)
    assert [leader.role for leader in corner.supervisors] == ["manager"]


def test_history_ends_the_evening_before_until(harbour: Centre) -> None:
    """Each queue has whole weeks in its own zone, the last day being the one before ``until``."""
    for queue in harbour.queues:
        grid = harbour.demand[queue.name].grid
        assert grid.zone == queue.zone
        assert (grid.days, grid.last_day) == (104 * 7, UNTIL - timedelta(days=1))


def test_days_of_the_clock_change_have_their_length(harbour: Centre) -> None:
    """Both zones change their clocks: each year has one day of 46 and one of 50 half hours."""
    for demand in harbour.demand.values():
        lengths = Counter(Counter(demand.grid.day_index).values())
        assert (lengths[46], lengths[50]) == (2, 2)


def test_no_demand_when_closed(harbour: Centre) -> None:
    """Outside opening hours and on closed days nothing arrives; within them something does, most days."""
    for queue in harbour.queues:
        demand = harbour.demand[queue.name]
        closed = {special.day for special in harbour.special_days if queue.name in special.closed}
        open_now = np.zeros(len(demand.grid), dtype=bool)
        for index in range(len(demand.grid)):
            local = demand.grid.local(index)
            span = queue.hours[local.weekday()]
            minute = 60 * local.hour + local.minute
            open_now[index] = span is not None and span[0] <= minute < span[1] and local.date() not in closed
        assert demand.offered[~open_now].sum() == 0
        assert (demand.offered[open_now] > 0).mean() > 0.97


def test_incidents_are_silent(harbour: Centre) -> None:
    """No contact arrives in an interval that lies within an outage."""
    assert harbour.incidents
    for incident in harbour.incidents:
        demand = harbour.demand[incident.queue]
        starts, lengths = np.asarray(demand.grid.starts), np.asarray(demand.grid.lengths)
        within = (starts >= incident.start) & (starts + lengths <= incident.end)
        assert demand.offered[within].sum() == 0


def test_people_are_unique_and_belong_to_one_queue(harbour: Centre) -> None:
    """Ids and names are unique, and the groups of the queues hold everybody once."""
    assert len({agent.id for agent in harbour.people}) == 120
    assert len({agent.name for agent in harbour.people} | {s.name for s in harbour.supervisors}) == 120 + len(
        harbour.teams
    )
    grouped = [person.id for queue in harbour.queues for person in harbour.people_for(queue.name)]
    assert sorted(grouped) == sorted(agent.id for agent in harbour.people)


def test_the_observable_part_holds_no_truth(harbour: Centre) -> None:
    """Nothing planted shows in what a planner sees: no parameter by name, no expected rate."""
    seen = json.dumps(harbour.observable(), default=str)
    assert "truth" not in harbour.observable()
    for name in harbour.truth.queues["brightwater-service"].to_dict():
        if name not in ("queue", "until", "patience_seconds"):  # a setting: telephone systems say it
            assert f'"{name}"' not in seen


def test_unknown_preset_is_refused() -> None:
    """The refusal names the presets there are."""
    with pytest.raises(InvalidInput, match="corner, harbour"):
        make_centre("castle", seed=1, until=UNTIL)


def test_files_hold_what_the_centre_holds() -> None:
    """The files add up to the histories and name everybody; only one of them tells the truth."""
    centre = make_centre("harbour", seed=1, until=UNTIL, weeks=3)
    files = to_files(centre)
    assert sorted(files) == sorted(
        ["centre.json", "people.csv", "truth.json", "history-lisbon.csv", "history-boston.csv"]
    )
    histories = [
        row for site in ("lisbon", "boston") for row in csv.DictReader(io.StringIO(files[f"history-{site}.csv"]))
    ]
    for queue, demand in centre.demand.items():
        rows = [row for row in histories if row["queue"] == queue]
        assert [row["start"] for row in rows] == demand.grid.isoformat()
        assert [float(row["offered"]) for row in rows] == demand.offered.tolist()
        assert demand.handled is not None
        assert [float(row["answered"]) for row in rows] == demand.handled.tolist()
        assert all(int(row["answered"]) + int(row["abandoned"]) == int(row["offered"]) for row in rows)
        assert demand.handling_seconds is not None
        assert sum(int(row["handling_seconds"]) for row in rows) == demand.handling_seconds.sum()
    people = list(csv.DictReader(io.StringIO(files["people.csv"])))
    assert [row["id"] for row in people] == [agent.id for agent in centre.people]
    assert [row["days_off"] for row in people] == [
        "|".join(sorted(day.isoformat() for day in agent.days_off)) for agent in centre.people
    ]
    assert {row["available"][-5:] for row in people} == {"18:00", "24:00", ""}


def test_truth_file_expects_each_interval() -> None:
    """truth.json carries the expected contacts of the history and of the eight weeks ahead."""
    centre = make_centre("corner", seed=1, until=UNTIL, weeks=3)
    planted = json.loads(to_files(centre)["truth.json"])["queues"]["helpdesk"]
    demand, truth = centre.demand["helpdesk"], centre.truth.queues["helpdesk"]
    assert planted["expected"] == pytest.approx(truth.expected(demand.grid), abs=1e-4)
    assert planted["expected_ahead"] == pytest.approx(truth.rates(demand.grid.following(56)), abs=1e-4)


def test_people_as_rostering_sees_them(harbour: Centre) -> None:
    """Each person keeps their hours, days off, window and queues; cross-trained people serve their client only."""
    agents = {agent.id: agent for agent in harbour.people}
    client = {queue.name: queue.client for queue in harbour.queues}
    several = 0
    for queue in harbour.queues:
        for person in harbour.people_for(queue.name):
            agent = agents[person.id]
            assert (person.min_hours, person.max_hours) == (agent.min_hours, agent.max_hours)
            assert person.days_off == agent.days_off
            assert person.available == (agent.available,)
            assert queue.name in person.queues
            assert {client[name] for name in person.queues} == {queue.client}
            several += len(person.queues) > 1
    assert 10 <= several <= 45


def test_skills_grow_with_tenure_and_lean_to_the_own_queue() -> None:
    """Levels are 1 to 5; long service raises them, sales people sell better, service people serve better."""
    people = make_centre(2000, seed=1, until=UNTIL, weeks=1).people
    levels = {skill: np.array([dict(agent.skills)[skill] for agent in people]) for skill in ("sales", "service")}
    days = np.array([(UNTIL - agent.start_date).days for agent in people])
    sells = np.array([agent.queue.endswith("sales") for agent in people])
    assert set(levels["sales"]) == set(levels["service"]) == {1, 2, 3, 4, 5}
    assert days.min() >= 14
    assert levels["service"][days > 700].mean() > levels["service"][days < 200].mean() + 0.7
    assert levels["sales"][sells].mean() > levels["sales"][~sells].mean() + 0.7


def test_people_of_an_unknown_queue_are_refused(corner: Centre) -> None:
    """The refusal names the queues there are."""
    with pytest.raises(InvalidInput, match="helpdesk"):
        corner.people_for("billing")
