"""The work of a study: stopped, gone on with, and cut down to what is promising."""

from dataclasses import replace
from statistics import fmean

import pytest

from floorwalker.apps.capacity.rules import how_many_to_teach
from floorwalker.apps.capacity.work import studies
from floorwalker.apps.capacity.work.model import APART, week_model
from floorwalker.kernel.jobs.watch import Watch
from floorwalker.science.simulation import Callback, Promise, simulate
from floorwalker.science.timegrid import TimeGrid
from tests.apps.capacity.test_work import MONDAY, a_queue


@pytest.fixture(autouse=True)
def few_replications(monkeypatch):
    for name, value in {"AGENTS": (1, 2), "REPLICATIONS": 2, "DRAWS": 2, "EACH": 2}.items():
        monkeypatch.setattr(studies, name, value)


def a_week(*people, **more):
    """Two days; so many people of each queue from eight to six."""
    grid = TimeGrid(MONDAY, 2, 1800, "Europe/Lisbon")
    spans = [[grid.instant(d, 480), grid.instant(d, 1080)] for d in range(2)]
    queues = [
        {**a_queue(number), "people": [{"spans": spans, "helps": [], "has": []} for _ in range(count)]}
        for number, count in enumerate(people, 1)
    ]
    of = {"roster": [7, 2], "queues": [], "taught": None, "slower": 0.15, "training_hours": 40.0, "seed": 1}
    return {"purpose": "skills", "queues": queues, "of": {**of, **more}}


def test_the_same_question_is_answered_alike():
    """Whatever is drawn by lot comes from the seed."""
    plain = a_week(20, 30)
    assert studies.study(plain, Watch()) == studies.study(plain, Watch())


def test_a_worker_killed_goes_on_behind_the_last_lesson_that_was_finished():
    """And gives what it would have given."""
    plain, kept = a_week(20, 30), []
    whole = studies.study(plain, Watch(keep=kept.append))
    assert [len(each["blocks"]) for each in kept] == [1, 2] or len(kept) == 2
    told = []
    again = studies.study(plain, Watch(told.append, kept={**kept[-1], "blocks": kept[-1]["blocks"][:1]}))
    assert again == whole
    assert "Queue 2 → Queue 1" not in {each.get("text") for each in told[:1]} or len(told) < 5


@pytest.mark.parametrize("ask", ["skills", "levers"])
def test_what_was_kept_of_another_roster_is_not_mixed_with_this_ones(ask):
    """The week was published anew between a worker's death and the next: each line is of the newer roster."""
    make, kept = {"skills": a_week, "levers": a_question}[ask], []
    studies.study(make(20, 30), Watch(keep=kept.append))
    newer = make(16, 30)
    assert studies.study(newer, Watch(kept=kept[-1]))["found"] == studies.study(newer, Watch())["found"]


def test_stopped_the_lessons_that_were_finished_are_given():
    """The comparison of ways, which needs all, is left out."""
    told = []
    stop = Watch(told.append, lambda: len(told) > studies.DRAWS)
    found = studies.study(a_week(20, 30), stop)["found"]
    assert (found["finished"], found["looked_at"]) == (1, 2)
    assert len(found["lines"]) == 2 and found["arrangements"] == []


def test_of_many_lessons_the_promising_ones_are_looked_at_closely(monkeypatch):
    monkeypatch.setattr(studies, "MOST_PAIRS", 1)
    found = studies.study(a_week(18, 60), Watch())["found"]
    assert (found["lessons"], found["looked_at"]) == (2, 1)
    assert {(line["skill"], line["group"]) for line in found["lines"]} == {("Queue 1", "Queue 2")}


def test_a_queue_with_nobody_rostered_is_taught_to_others():
    """It stands in the model, and its skill can be learned."""
    found = studies.study(a_week(0, 60), Watch())["found"]
    assert {(line["skill"], line["group"]) for line in found["lines"]} == {("Queue 1", "Queue 2")}
    assert found["lines"][0]["contacts_saved"][0] > 0


@pytest.mark.parametrize(
    ("gains", "count"),
    [
        ([(1, 10.0), (2, 19.0), (4, 27.0)], 2),  # each further one 4, less than half of the first's 10
        ([(1, 10.0), (2, 19.0), (4, 33.0)], 4),
        ([(1, 10.0)], 1),
        ([(1, 0.0), (2, 5.0)], 1),
        ([(2, 8.0), (3, 10.0)], 3),  # exactly half
    ],
)
def test_as_many_are_taught_as_still_bring_half_of_what_the_first_brought(gains, count):
    assert how_many_to_teach(gains) == count


def a_question(*people, within_hours=2.0, **more):
    """The same week asked about callbacks in its first queue."""
    rule = {"from_minutes": 1.0, "accepted": 0.5, "within_hours": within_hours}
    return {**a_week(*people, rule=rule, callbacks=[1], help=[1, 2], refused=[], **more), "purpose": "levers"}


@pytest.mark.parametrize(
    ("hours", "promise"),
    [(1.0, {"promise": Promise.WINDOW, "window_to_seconds": 3600.0}), (None, {})],
)
def test_callbacks_bring_what_the_simulator_says_of_the_same_week(hours, promise):
    """Draw by draw: the first queue with the rule, the second without."""
    plain = a_question(18, 30, within_hours=hours)
    found = {each["name"]: each for each in studies.study(plain, Watch())["found"]["rungs"]}
    rule, lost, kept = Callback(0.5, expected_wait_seconds=60.0, **promise), [], []
    for draw in range(2):
        model = week_model(plain, 2, draw)[0]
        model = replace(model, types=(replace(model.types[0], callback=rule), model.types[1]))
        run = simulate(model, replications=2, seed=1 + APART * draw)
        answered = run.total("answered").mean + run.total("callbacks_answered").mean
        lost.append(run.total("offered").mean - answered)
        kept.append(run.total("callbacks_kept").mean)
    assert list(found) == ["rostered", "callbacks"]
    assert found["callbacks"]["lost"][0] == pytest.approx(fmean(lost), rel=1e-5)
    assert found["callbacks"]["kept"][0] == pytest.approx(fmean(kept), rel=1e-5) and fmean(kept) > 0
    saved = found["rostered"]["lost"][0] - found["callbacks"]["lost"][0]
    assert found["callbacks"]["saved"][0] == pytest.approx(saved, rel=1e-3)


def test_stopped_the_steps_that_were_finished_are_given_and_gone_on_with():
    """What was asked comes before what else might be done; resumed it gives what it would have given."""
    plain, told, kept = a_question(18, 30), [], []
    for each in plain["queues"][1]["people"][:6]:
        each["has"] = [1]
    whole = studies.study(plain, Watch(keep=kept.append))["found"]
    assert [each["name"] for each in whole["rungs"]] == ["rostered", "able", "last_resort", "callbacks"]
    assert [len(each["rungs"]) for each in kept][-1] == 4
    stop = Watch(told.append, lambda: len(told) > 2 * studies.DRAWS)
    found = studies.study(plain, stop)["found"]
    assert [each["name"] for each in found["rungs"]] == ["rostered", "callbacks"]
    assert (found["finished"], found["looked_at"]) == (2, 4)
    first = {name: kept[-1]["rungs"][name] for name in ("rostered", "callbacks")}
    told.clear()
    assert studies.study(plain, Watch(told.append, kept={**kept[-1], "rungs": first}))["found"] == whole
    assert len([each for each in told if each.get("text")]) == 2 * studies.DRAWS
