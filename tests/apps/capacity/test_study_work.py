"""The work of a study: stopped, gone on with, and cut down to what is promising."""

import pytest

from floorwalker.apps.capacity.rules import how_many_to_teach
from floorwalker.apps.capacity.work import studies
from floorwalker.kernel.jobs.watch import Watch
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
