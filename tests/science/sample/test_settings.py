"""Every setting changes a result, and settings that cannot be are refused."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import ServiceTarget
from floorwalker.science.sample import (
    CentrePlan,
    Handling,
    Peak,
    QueuePlan,
    SitePlan,
    Volume,
    corner,
    make_centre,
    sized,
)

UNTIL = date(2026, 7, 6)
BASE = corner().queues[0]


def seen(plan: CentrePlan) -> dict[str, object]:
    """What can be seen of a centre in three parts: its people, its history, and the rest."""
    centre = make_centre(plan, seed=3, until=UNTIL, weeks=40)
    rest = centre.observable()
    history = [(d.offered, d.handled, d.handling_seconds) for d in centre.demand.values()]
    return {"people": rest.pop("people"), "history": np.array(history).tolist(), "rest": rest}


@pytest.fixture(scope="module")
def usual() -> dict[str, object]:
    return seen(corner())


def with_queue(**changes: object) -> CentrePlan:
    return replace(corner(), queues=(replace(BASE, **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("weekdays", (1.4, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5)),
        ("peaks", (Peak(700, 60, 1.0),)),
        ("floor", 0.6),
        ("season", 0.2),
        ("growth", 0.3),
        ("level_shift", 0.3),
        ("holiday", 0.5),
        ("closed_on", ((6, 10),)),
        ("holiday_before", 1.5),
        ("holiday_after", 1.5),
        ("month_start", (1.5,)),
        ("day_cv", 0.2),
        ("slot_cv", 0.2),
        ("outages_a_year", 20.0),
        ("abandon_share", 0.1),
    ],
)
def test_each_setting_of_volume_changes_the_history(name: str, value: object, usual: dict[str, object]) -> None:
    """No setting of the volume is there for show."""
    changed = seen(with_queue(volume=replace(BASE.volume, **{name: value})))  # type: ignore[arg-type]
    assert changed["history"] != usual["history"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("seconds", 500.0), ("cv", 0.4), ("trend", 0.3), ("swing", 0.3), ("slowest_minute", 600.0)],
)
def test_each_setting_of_handling_changes_the_history(name: str, value: float, usual: dict[str, object]) -> None:
    """No setting of the handling time is there for show."""
    changed = seen(with_queue(handling=replace(BASE.handling, **{name: value})))
    assert changed["history"] != usual["history"]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"client": "Someone Else"}, "rest"),
        ({"skill": "sales"}, "people"),
        ({"people": 24}, "people"),
        ({"contractors": 5}, "people"),
        ({"hours": ((600, 900),) * 7}, "history"),
        ({"channel": "chat"}, "rest"),
        ({"target": ServiceTarget(0.9, 10)}, "rest"),
    ],
)
def test_each_setting_of_a_queue_shows(changes: dict[str, object], part: str, usual: dict[str, object]) -> None:
    """What a queue is shows in its people, its history or its description."""
    assert seen(with_queue(**changes))[part] != usual[part]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"name": "other"}, "rest"),
        ({"sites": (SitePlan("Dublin", "Europe/Warsaw", "IE"),)}, "people"),
        ({"sites": (SitePlan("Dublin", "Europe/Dublin", "PL"),)}, "history"),
        ({"team_size": 5}, "people"),
        ({"part_time_share": 0.9}, "people"),
        ({"shrinkage": 0.1}, "history"),
        ({"led_by": "supervisor"}, "rest"),
    ],
)
def test_each_setting_of_a_centre_shows(changes: dict[str, object], part: str, usual: dict[str, object]) -> None:
    """What a centre is shows in its people, its history or its description."""
    assert seen(replace(corner(), **changes))[part] != usual[part]  # type: ignore[arg-type]


def test_a_queue_keeps_its_numbers_when_another_joins() -> None:
    """Random streams go by name: a second queue leaves the first one's history as it was."""
    second = replace(BASE, name="second")
    alone = make_centre(corner(), seed=3, until=UNTIL, weeks=4)
    together = make_centre(replace(corner(), queues=(BASE, second)), seed=3, until=UNTIL, weeks=4)
    assert np.array_equal(alone.demand["helpdesk"].offered, together.demand["helpdesk"].offered)
    assert not np.array_equal(together.demand["second"].offered, together.demand["helpdesk"].offered)


def test_a_steady_centre_has_no_extra_noise_or_outages() -> None:
    """With both factors and outages off, history is plain Poisson around the truth."""
    volume = replace(BASE.volume, day_cv=0.0, slot_cv=0.0, outages_a_year=0.0)
    centre = make_centre(with_queue(volume=volume), seed=3, until=UNTIL)
    demand, truth = centre.demand["helpdesk"], centre.truth.queues["helpdesk"]
    rates = truth.rates(demand.grid)
    assert not centre.incidents
    score = np.mean((demand.offered - rates)[rates > 0] ** 2 / rates[rates > 0])
    assert score == pytest.approx(1.0, abs=0.06)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Volume(weekdays=(1.0,) * 6), "seven factors"),
        (lambda: Volume(peaks=()), "at least one peak"),
        (lambda: Volume(abandon_share=0.9), "abandon_share of 0.9"),
        (lambda: Volume(month_start=(-1.0,)), "month_start"),
        (lambda: Handling(seconds=0), "above 0"),
        (lambda: Handling(swing=1.0), "swing"),
        (lambda: replace(BASE, name="Help Desk"), "lower-case"),
        (lambda: replace(BASE, contractors=21), "contractors"),
        (lambda: replace(BASE, hours=(None,) * 7), "at least one open"),
        (lambda: replace(BASE, hours=((480, 1500),) * 7), "within the day"),
        (lambda: SitePlan("Atlantis", "Atlantic/Atlantis", "PT"), "IANA"),
        (lambda: replace(corner(), queues=(BASE, BASE)), "different names"),
        (lambda: with_queue(site="Cork"), "'Cork'"),
        (lambda: with_queue(people=20_001), "20,000"),
        (lambda: replace(corner(), shrinkage=1.0), "shrinkage"),
        (lambda: sized(0), "1 to 20,000"),
        (lambda: sized(20_001), "1 to 20,000"),
        (lambda: make_centre("corner", seed=-1, until=UNTIL), "seed"),
        (lambda: make_centre("corner", seed=1, until=UNTIL, weeks=0), "one week"),
        (lambda: make_centre("corner", seed=1, until=UNTIL, step_seconds=420), "7 minutes"),
    ],
)
def test_impossible_settings_are_refused(build: object, words: str) -> None:
    """Each refusal says in words what cannot be."""
    with pytest.raises(InvalidInput, match=words):
        build()  # type: ignore[operator]


def test_the_queue_plan_default_target_is_eighty_in_twenty() -> None:
    """The usual promise stands where none is given."""
    queue = QueuePlan("q", "c", "s", "service", 5, ((480, 1020),) * 7)
    assert str(queue.target) == "80/20"
