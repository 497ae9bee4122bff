"""Uncertain counts and absent people: the chance of missing, and staffing to a confidence."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from floorwalker.science.errors import Infeasible, InvalidInput
from floorwalker.science.queueing import Goals, ServiceTarget, smallest_staff
from floorwalker.science.staffing import plan_intervals, risk

from .centres import forecast

TARGET = ServiceTarget(0.8, 20)
GOALS = Goals(TARGET)
SHAPE = [0] * 16 + [20, 40, 60, 70, 60, 50, 40, 40, 50, 60, 50, 30] + [0] * 20


def test_the_risk_of_an_interval_is_the_tail_of_its_counts():
    """Against the exact negative binomial tail beyond the largest count that the staff serves."""
    ahead = forecast([50], slot_cv=0.2)
    people = np.full(48, 8)
    largest = max(c for c in range(200) if smallest_staff(c, 1800, 180, GOALS) <= 8)
    excess = 0.2**2 * 50**2
    size = 50**2 / excess
    exact = stats.nbinom.sf(largest, size, size / (size + 50))
    assert risk(ahead, GOALS, people).interval[0] == pytest.approx(exact, abs=0.01)
    assert 0.1 < exact < 0.9


def test_absence_is_binomial():
    """At the expected count the risk is that of too few people turning up."""
    ahead = forecast([1000], aht=18)
    need = smallest_staff(1000, 1800, 18, GOALS)
    people = np.full(48, need + 2)
    found = risk(ahead, GOALS, people, absence=0.1)
    assert found.from_absence[0] == pytest.approx(stats.binom.cdf(need - 1, need + 2, 0.9))
    assert risk(ahead, GOALS, people).from_absence[0] == 0


def test_each_source_of_risk_can_be_seen_alone():
    """Wider counts raise from_counts only, more absence from_absence only, and both the whole."""
    people = plan_intervals(forecast([60]), GOALS, absence=0.1).scheduled
    calm = risk(forecast([60]), GOALS, people, absence=0.1)
    wide = risk(forecast([60], slot_cv=0.4), GOALS, people, absence=0.1)
    sick = risk(forecast([60]), GOALS, people, absence=0.3)
    assert wide.from_counts[0] > calm.from_counts[0] and wide.from_absence[0] == calm.from_absence[0]
    assert sick.from_absence[0] > calm.from_absence[0] and sick.interval[0] > calm.interval[0]


def test_more_people_never_raise_a_risk():
    """Monotone in the staff: intervals, days and the agents missing."""
    ahead = forecast(SHAPE, day_cv=0.15, slot_cv=0.1)
    plan = plan_intervals(ahead, GOALS, shrinkage=0.2).scheduled
    runs = [
        risk(ahead, GOALS, plan + extra, shrinkage=0.2, absence=0.05, patience_seconds=120.0)
        for extra in (0, 1, 3)
    ]
    for fewer, more in pairwise(runs):
        assert np.all(more.interval <= fewer.interval) and np.all(more.short_agents <= fewer.short_agents)
        assert more.day[0] <= fewer.day[0]
    assert runs[0].day[0] > runs[-1].day[0]


def test_agents_short_on_average():
    """The mean shortfall against a direct sum over counts and people present."""
    from floorwalker.science.staffing.needs import Needs
    from floorwalker.science.staffing.workload import Workload

    ahead = forecast([50], slot_cv=0.2)
    needs = Needs.of(ahead, Workload.of(ahead), GOALS, None).agents[:, 0]
    present, chance = np.arange(9), stats.binom.pmf(np.arange(9), 8, 0.9)
    direct = (np.maximum(needs[:, None] - present, 0) * chance).sum(axis=1).mean()
    assert risk(ahead, GOALS, np.full(48, 8), absence=0.1).short_agents[0] == pytest.approx(direct)


@pytest.mark.parametrize("over", ["interval", "day", "week"])
@pytest.mark.parametrize("absence", [0.0, 0.08])
def test_more_confidence_never_takes_fewer_people(over, absence):
    """Confidence up, staff up."""
    ahead = forecast(SHAPE, day_cv=0.15, slot_cv=0.1)
    sums = [
        plan_intervals(
            ahead, GOALS, over=over, confidence=c, absence=absence, patience_seconds=120.0, paths=60
        ).scheduled.sum()
        for c in (0.5, 0.8, 0.95)
    ]
    assert sums == sorted(sums) and sums[0] < sums[-1]


@pytest.mark.parametrize("absence", [0.0, 0.08])
def test_a_confidence_is_kept_and_not_overpaid(absence):
    """Each interval misses at most 1 time in 5, and with one person fewer would miss more often."""
    ahead = forecast(SHAPE, slot_cv=0.2)
    settings = {"shrinkage": 0.25, "absence": absence}
    people = plan_intervals(ahead, GOALS, confidence=0.8, **settings).scheduled
    busy = np.asarray(SHAPE) > 0
    assert risk(ahead, GOALS, people, **settings).interval.max() <= 0.2 + 1e-9
    assert np.all(risk(ahead, GOALS, np.maximum(people - 1, 0), **settings).interval[busy] > 0.2)


def test_a_day_misses_as_often_as_was_allowed():
    """One day in five, judged on samples it was not planned on."""
    ahead = forecast(SHAPE * 6, days=6, day_cv=0.15, slot_cv=0.1)
    settings = {"shrinkage": 0.25, "absence": 0.06, "patience_seconds": 120.0, "paths": 250}
    plan = plan_intervals(ahead, GOALS, over="day", confidence=0.8, **settings)
    assert risk(ahead, GOALS, plan.scheduled, seed=7, **settings).day.mean() == pytest.approx(0.2, abs=0.04)


def test_a_confidence_no_staff_can_give_is_refused():
    """One day in a hundred brings more than twenty times the mean, and staff is sought up to ten times."""
    with pytest.raises(Infeasible, match="less confidence"):
        plan_intervals(forecast([30], day_cv=6.0), GOALS, over="day", confidence=0.99, paths=2000)


def test_confidence_and_absence_are_checked():
    """Percentages in place of shares are caught."""
    for confidence in (0.0, 1.0, 80):
        for over in ("interval", "day"):
            with pytest.raises(InvalidInput, match="1 time in 5"):
                plan_intervals(forecast([10]), GOALS, over=over, confidence=confidence)
    with pytest.raises(InvalidInput, match="an absence of 5"):
        plan_intervals(forecast([10]), GOALS, absence=5)


def test_the_same_seed_gives_the_same_numbers():
    """And another seed other days."""
    ahead = forecast(SHAPE, day_cv=0.15)
    people = plan_intervals(ahead, GOALS).scheduled
    one, two, other = (risk(ahead, GOALS, people, seed=s, paths=77, absence=0.1).day[0] for s in (1, 1, 2))
    assert one == two != other
    assert risk(ahead, GOALS, people, seed=1, paths=78, absence=0.1).day[0] != one


def test_early_warnings_name_the_days_and_the_hour():
    """The day that is half staffed is named with its riskiest interval; days beyond the horizon are not."""
    ahead = forecast(SHAPE * 16, days=16)
    people = plan_intervals(ahead, GOALS, confidence=0.95).scheduled
    people[3 * 48 : 4 * 48] //= 2
    people[15 * 48 :] = 0
    found = risk(ahead, GOALS, people)
    (only,) = found.warnings()
    assert only.day == ahead.grid.dates[3] and 3 * 48 <= only.riskiest < 4 * 48 and only.probability > 0.9
    assert found.interval[only.riskiest] == found.interval[3 * 48 : 4 * 48].max() and only.short_hours > 10
    assert len(found.warnings(days=16)) == 2 and not found.warnings(threshold=1.0)


def test_closed_and_empty_days_carry_no_risk():
    """Nobody there, nobody calls: nothing is missed."""
    found = risk(forecast(0, opened=np.zeros(48, dtype=bool)), Goals(TARGET, max_occupancy=0.8), np.zeros(48))
    assert found.interval.max() == found.day.max() == found.short_agents.max() == 0


def test_every_goal_can_be_missed():
    """A cap on occupancy alone makes a day miss that meets its service target."""
    ahead = forecast(SHAPE)
    people = plan_intervals(ahead, GOALS, confidence=0.95).scheduled
    assert risk(ahead, GOALS, people).day[0] < 0.05
    assert risk(ahead, Goals(TARGET, max_occupancy=0.3), people).day[0] == 1


def test_people_who_cannot_be_are_refused():
    """Halves, negatives, wrong lengths, no sample."""
    for people in (np.full(48, 1.5), np.full(48, -1), np.ones(3)):
        with pytest.raises(InvalidInput, match="48 whole numbers"):
            risk(forecast([1]), GOALS, people)
    with pytest.raises(InvalidInput, match="0 paths"):
        risk(forecast([1]), GOALS, np.ones(48), paths=0)
