"""Why 43? The parts of a requirement."""

import math

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import Goals, ServiceTarget, smallest_staff
from floorwalker.science.staffing import explain, explain_each, plan_intervals

from .centres import forecast

TARGET = ServiceTarget(0.8, 20)
FULL = Goals(
    TARGET,
    max_abandon=0.01,
    max_occupancy=0.75,
    max_asa_seconds=5.0,
    max_wait_probability=0.2,
    max_mean_wait_seconds=4.0,
)


def amounts(explanation):
    return {part.name: part.amount for part in explanation.parts}


def test_the_parts_of_a_textbook_interval():
    """100 calls of 3 minutes in half an hour: 10 Erlangs, 14 agents for 80/20, fewer with patience."""
    ahead = forecast([100])
    opened = explain(ahead, 0, Goals(TARGET), patience_seconds=120.0, shrinkage=0.3)
    even = smallest_staff(100, 1800, 180, Goals(None, max_wait_probability=0.5))
    patient = smallest_staff(100, 1800, 180, Goals(TARGET), 120.0)
    assert amounts(opened) == {
        "load": 10,
        "whole agents": 0,
        "randomness": even - 10,
        "target": 14 - even,
        "abandonment": patient - 14,
        "absence allowance": math.ceil(patient / 0.7) - patient,
    }
    assert "calls at 2026-06-01T00:00:00+00:00" in opened.subject and opened.unit == "people"


@pytest.mark.parametrize("over", ["interval", "day", "week"])
@pytest.mark.parametrize("patience", [None, 90.0])
@pytest.mark.parametrize("confidence", [None, 0.8])
def test_the_parts_add_up_to_the_plan(over, patience, confidence):
    """Whatever the settings, the total is what plan_intervals schedules."""
    ahead = forecast([0.2, 7, 33, 80.5, 120, 0], aht=211.0, slot_cv=0.1, day_cv=0.1, opened=np.arange(48) < 7)
    goals = Goals(TARGET, max_occupancy=0.85, max_abandon=None if patience is None else 0.03)
    settings = {
        "patience_seconds": patience,
        "shrinkage": 0.28,
        "min_staff": 2,
        "over": over,
        "confidence": confidence,
        "absence": 0.05,
        "seed": 3,
        "paths": 30,
    }
    plan = plan_intervals(ahead, goals, **settings)
    for index in (0, 1, 4, 6, 7):
        opened = explain(ahead, index, goals, **settings)
        assert opened.total == plan.scheduled[index]
    together = list(explain_each(ahead, (4, 0), goals, **settings))
    assert together == [explain(ahead, index, goals, **settings) for index in (4, 0)]


def test_switching_a_thing_off_removes_its_part():
    """Each part is the difference its setting makes, everything after it being off."""
    ahead = forecast([97], aht=200)
    demand = (97, 1800, 200)
    parts = amounts(explain(ahead, 0, FULL, patience_seconds=60.0, min_staff=30))
    without = Goals(TARGET, max_occupancy=0.75)
    assert parts["max_occupancy"] == smallest_staff(*demand, without) - smallest_staff(*demand, Goals(TARGET))
    before_abandon = Goals(TARGET, None, 0.75, 5.0, 0.2, 4.0)
    calm = smallest_staff(*demand, before_abandon)
    assert parts["abandonment"] == smallest_staff(*demand, before_abandon, 60.0) - calm
    assert parts["max_abandon"] == smallest_staff(*demand, FULL, 60.0) - smallest_staff(
        *demand, before_abandon, 60.0
    )
    assert parts["minimum staff"] == 30 - smallest_staff(*demand, FULL, 60.0)
    assert parts["whole agents"] == pytest.approx(math.ceil(97 * 200 / 1800) - 97 * 200 / 1800)


def test_goals_without_a_service_target():
    """Caps alone, and a cap on abandonment alone, are opened as well."""
    ahead = forecast([50])
    for goals in (Goals(None, max_occupancy=0.6), Goals(None, max_abandon=0.02)):
        opened = explain(ahead, 0, goals, patience_seconds=90.0)
        assert opened.total == smallest_staff(50, 1800, 180, goals, 90.0)


def test_a_target_kinder_than_an_even_chance_has_a_negative_part():
    """80 % within ten minutes lets nearly everyone wait."""
    parts = amounts(explain(forecast([300]), 0, Goals(ServiceTarget(0.8, 600))))
    assert parts["target"] < 0


def test_closed_and_empty_intervals():
    """Closed needs nobody for one reason; open without contacts needs the minimum."""
    ahead = forecast([0, 0], opened=np.arange(48) < 1)
    assert amounts(explain(ahead, 0, Goals(TARGET), min_staff=2)) == {"minimum staff": 2}
    assert amounts(explain(ahead, 1, Goals(TARGET), min_staff=2)) == {"closed": 0}
    assert explain(ahead, 0, Goals(TARGET)).total == 0


def test_the_average_lends_and_borrows():
    """Over the day some intervals give staff away, and the sum goes down."""
    ahead = forecast([5, 60, 20, 90, 2])
    lent = [amounts(explain(ahead, i, Goals(TARGET), over="day"))["average"] for i in range(5)]
    assert min(lent) < 0 and sum(lent) < 0


def test_an_interval_outside_the_grid_is_refused():
    """Borders: first and last are fine, beyond is not."""
    ahead = forecast([1])
    assert explain(ahead, 47, Goals(TARGET)).total == 0
    for index in (-1, 48):
        with pytest.raises(InvalidInput, match="count from 0"):
            explain(ahead, index, Goals(TARGET))
