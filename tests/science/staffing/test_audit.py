"""Plans simulated: what holds, what does not, and the arithmetic of bands."""

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import Definition, Goals, ServiceTarget
from floorwalker.science.staffing import Served, achieved, audit, audit_day, counted_model, plan_intervals
from floorwalker.science.staffing.audits import service_level
from tests.science.staffing.centres import forecast

TARGET = ServiceTarget(0.8, 20)


def audited(volume, agents, *, patience=120.0, replications=60, **more):
    found = forecast(volume, **more)
    claimed = achieved(found, agents, TARGET, patience)
    model = counted_model([Served(found, TARGET, patience)], {"calls": agents})
    return audit(model, {"calls": claimed}, replications=replications, workers=1).of("calls")


def test_a_steady_day_keeps_what_the_formula_claims():
    """Alike all day, long enough for the start not to matter: within two points, and sure of it."""
    total = audited(100.0, np.full(48, 12)).total
    assert total.within
    assert total.sure
    assert abs(total.abandoned.mean - total.abandoned_claimed) <= 3 * total.abandoned.half_width


def test_a_queue_that_outlasts_its_hour_breaks_the_claim():
    """A queue no formula of single intervals sees: far below the claim after the overload."""
    volume = np.zeros(48)
    volume[10:30] = [100.0] * 8 + [180.0] * 4 + [100.0] * 8
    found = audited(volume, np.full(48, 14), patience=600.0, opened=volume > 0)
    after = found.intervals[22]
    assert after.gap < -0.1
    assert not after.within
    assert after.sure
    assert found.intervals[5] is None


def test_one_interval_of_a_requirement_is_checked_within_its_day():
    """The line below a why: the required agents of that day, simulated."""
    found = forecast([20.0, 40.0, 60.0, 40.0] * 6, days=2, opened=np.arange(96) < 24)
    need = plan_intervals(found, Goals(TARGET), patience_seconds=120.0)
    day = audit_day(found, need, 0, patience_seconds=120.0, replications=100, workers=1)
    check = day.intervals[2]
    assert check.claimed == pytest.approx(need.service_level[2])
    assert check.achieved.low < check.achieved.mean < check.achieved.high
    assert day.to_dict()["intervals"][2]["within_two_points"] == check.within


@pytest.mark.parametrize(
    ("definition", "share"),
    [
        (Definition.LATE_ABANDONS, 60 / 90),
        (Definition.ALL_OFFERED, 60 / 100),
        (Definition.ANSWERED_ONLY, 60 / 80),
        (Definition.QUICK_ABANDONS_MET, 70 / 100),
    ],
)
def test_each_definition_counts_what_it_says(definition, share):
    """Of 100 offered 80 are answered, 60 in time; 20 hang up, 10 of them in time."""
    once = {
        "offered": 100.0,
        "answered": 80.0,
        "abandoned": 20.0,
        "answered_within": 60.0,
        "abandoned_within": 10.0,
    }
    sums = {name: np.full(5, value) for name, value in once.items()}
    found = service_level(ServiceTarget(0.8, 20, definition), sums, 5)
    assert (found.mean, found.half_width) == (pytest.approx(share), pytest.approx(0.0))


def test_the_band_covers_the_truth_of_many_small_audits():
    """Of 60 audits of ten replications each, the 95 % bands hold the mean of all in at least 50."""
    found = forecast(50.0, days=1)
    agents = np.full(48, 7)
    claimed = achieved(found, agents, TARGET, 120.0)
    model = counted_model([Served(found, TARGET, 120.0)], {"calls": agents})
    small = [
        audit(model, {"calls": claimed}, replications=10, seed=s, workers=1).queues[0].total for s in range(60)
    ]
    truth = np.mean([each.achieved.mean for each in small])
    assert sum(each.achieved.low <= truth <= each.achieved.high for each in small) >= 50


def test_what_nothing_is_claimed_of_is_named():
    found = forecast(10.0)
    model = counted_model([Served(found, TARGET)], {"calls": np.full(48, 3)})
    with pytest.raises(InvalidInput, match="nothing is claimed of the queue 'calls'"):
        audit(model, {}, replications=2, workers=1)
