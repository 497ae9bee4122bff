"""Interval plans: required and scheduled staff, and the measures of a cover."""

from datetime import date
from itertools import product

import numpy as np
import pytest

from floorwalker.science.errors import InvalidInput
from floorwalker.science.queueing import Definition, Goals, ServiceTarget, erlang_a, erlang_c, smallest_staff
from floorwalker.science.staffing import Over, achieved, plan_intervals, scheduled_for

from .centres import forecast

TARGET = ServiceTarget(0.8, 20)
GOALS = Goals(TARGET)


def test_the_plan_is_the_smallest_staff_of_every_interval():
    """Interval by interval the plan equals the scalar inverse, with and without patience."""
    ahead = forecast([3, 40, 100, 7.5])
    for patience in (None, 120.0):
        plan = plan_intervals(ahead, GOALS, patience_seconds=patience)
        expected = [smallest_staff(c, 1800, 180, GOALS, patience) for c in (3, 40, 100, 7.5)]
        assert list(plan.required[:4]) == expected
        assert not plan.required[4:].any()


def test_measures_are_those_of_the_required_agents():
    """Service, abandonment, speed of answer and occupancy come from the formula at the required staff."""
    plan = plan_intervals(forecast([100]), GOALS, patience_seconds=120.0)
    expected = erlang_a(int(plan.required[0]), 100, 1800, 180, 120, TARGET)
    found = (plan.service_level[0], plan.abandon_rate[0], plan.asa_seconds[0], plan.occupancy[0])
    assert found == pytest.approx(
        (expected.service_level, expected.abandon_rate, expected.asa_seconds, expected.occupancy)
    )
    assert plan.service_level[0] >= 0.8 and plan.service_level[1] == 1


def test_closed_means_nobody_and_open_means_at_least_the_minimum():
    """Zero staff where closed, min_staff where open, also with no contact expected."""
    opened = np.arange(48) < 4
    plan = plan_intervals(forecast([60, 1, 0, 0, 50], opened=opened), GOALS, min_staff=2)
    assert plan.required[0] > 2 and list(plan.required[1:4]) == [2, 2, 2] and not plan.required[4:].any()


def test_a_closed_week_needs_nobody():
    """Zero volume and closed days are not an error."""
    for over in Over:
        plan = plan_intervals(forecast(0, days=7, opened=np.zeros(336, dtype=bool)), GOALS, min_staff=3, over=over)
        assert plan.required.sum() == plan.scheduled.sum() == 0


@pytest.mark.parametrize(
    ("required", "shrinkage", "people"), [(30, 0.25, 40), (7, 0.3, 10), (21, 0.3, 30), (0, 0.3, 0), (31, 0.25, 42)]
)
def test_shrinkage_divides_and_never_rounds_noise_up(required, shrinkage, people):
    """30 at 25 % are 40 people, and 7 at 30 % are 10 although 7 / 0.7 is a hair above 10."""
    assert scheduled_for(required, shrinkage) == people


def test_shrinkage_schedules_more_people_and_asks_no_more_agents():
    """Required stays, scheduled grows."""
    plan = plan_intervals(forecast([100]), GOALS, shrinkage=0.3)
    assert plan.required[0] == 14 and plan.scheduled[0] == 20 and plan.shrinkage == 0.3


@pytest.mark.parametrize("shrinkage", [-0.1, 1.0, 30.0, float("nan")])
def test_a_shrinkage_that_is_no_share_is_refused(shrinkage):
    """30 is a typing error for 0.3."""
    with pytest.raises(InvalidInput, match=r"write 0\.3 for 30"):
        plan_intervals(forecast([10]), GOALS, shrinkage=shrinkage)


def test_a_missing_handling_time_is_named_with_its_place():
    """NaN where contacts are expected stops the plan and says where; elsewhere it does no harm."""
    ahead = forecast([10, 10])
    ahead.aht_seconds[5] = np.nan
    assert plan_intervals(ahead, GOALS).required[0] > 0
    ahead.aht_seconds[1] = np.nan
    with pytest.raises(InvalidInput, match=r"2026-06-01T00:30:00\+00:00.*handling time in seconds"):
        plan_intervals(ahead, GOALS)


def test_other_arguments_that_cannot_be_are_refused():
    """Half people, unknown stretches and service without a target."""
    with pytest.raises(InvalidInput, match="min_staff"):
        plan_intervals(forecast([10]), GOALS, min_staff=1.5)
    with pytest.raises(InvalidInput, match="interval, day, week"):
        plan_intervals(forecast([10]), GOALS, over="month")
    with pytest.raises(InvalidInput, match="measured_as"):
        plan_intervals(forecast([10]), Goals(None, max_occupancy=0.8))


def test_the_reporting_target_changes_the_measure_and_not_the_staff():
    """measured_as reports another service level for the same plan."""
    plain = plan_intervals(forecast([100]), GOALS)
    other = plan_intervals(forecast([100]), GOALS, measured_as=ServiceTarget(0.8, 60))
    assert other.required[0] == plain.required[0] and other.service_level[0] > plain.service_level[0]
    capped = plan_intervals(forecast([100]), Goals(None, max_occupancy=0.5), measured_as=TARGET)
    assert capped.required[0] == 20


def brute_force(contacts, goals, patience, top, over_all):
    """Fewest agents in all, by trying every combination."""
    best = None
    for agents in product(*(range(1, top + 1) for _ in contacts)):
        if (best is None or sum(agents) < best) and over_all(agents):
            best = sum(agents)
    return best


@pytest.mark.parametrize("definition", list(Definition))
@pytest.mark.parametrize("patience", [None, 90.0])
@pytest.mark.parametrize("contacts", [[2, 6, 10], [0.3, 12, 1], [5, 5, 5]])
def test_the_day_plan_is_the_cheapest_there_is(definition, patience, contacts):
    """Against every combination of up to nine agents in three intervals."""
    target = ServiceTarget(0.75, 20, definition)
    ahead = forecast(contacts, aht=600, step=3600)

    def fine(agents):
        cover = achieved(ahead, np.pad(np.array(agents, dtype=float), (0, 21)), target, patience)
        return cover.stable[:3].all() and cover.total().service_level >= target.share - 1e-12

    plan = plan_intervals(ahead, Goals(target), patience_seconds=patience, over="day")
    assert fine(tuple(plan.required[:3]))
    assert plan.required.sum() == brute_force(contacts, Goals(target), patience, 6, fine)


def test_several_goals_hold_over_the_day_together():
    """Service, abandonment, waits: each over all contacts of the day, with no agent to spare."""
    goals = Goals(TARGET, max_abandon=0.02, max_asa_seconds=8, max_wait_probability=0.25, max_mean_wait_seconds=7)
    ahead = forecast([20, 80, 50, 10, 3, 90])
    plan = plan_intervals(ahead, goals, patience_seconds=100.0, over="day")
    total = achieved(ahead, plan.required, TARGET, 100.0).total()
    assert total.service_level >= 0.8 and total.abandon_rate <= 0.02 and total.asa_seconds <= 8
    plain = plan_intervals(ahead, GOALS, patience_seconds=100.0, over="day").required.sum()
    tight = {"max_abandon": 0.004, "max_wait_probability": 0.05, "max_asa_seconds": 1, "max_mean_wait_seconds": 1}
    for goal, cap in tight.items():
        plan = plan_intervals(ahead, Goals(TARGET, **{goal: cap}), patience_seconds=100.0, over="day")
        assert plan.required.sum() > plain


def test_longer_stretches_need_no_more_agent_hours():
    """Interval ≥ day ≥ week, and each stretch keeps its promise, on a DST day too."""
    shape = 30 + 25 * np.sin(np.arange(336) / 7)
    ahead = forecast(shape, days=7, day=date(2026, 3, 23), zone="Europe/London")
    hours = []
    for over in Over:
        plan = plan_intervals(ahead, GOALS, over=over, patience_seconds=150.0)
        cover = achieved(ahead, plan.required, TARGET, 150.0)
        assert all(total.service_level >= 0.8 - 1e-9 for total in cover.totals(over))
        hours.append(cover.total().agent_hours)
    assert hours[0] > hours[1] >= hours[2]


def test_the_day_plan_keeps_its_floors():
    """Minimum staff, stability and the occupancy cap hold in every interval, averages or not."""
    ahead = forecast([5, 60, 0, 90])
    plan = plan_intervals(ahead, Goals(TARGET, max_occupancy=0.7), min_staff=4, over="day")
    assert plan.required.min() == 4 and plan.occupancy.max() <= 0.7 + 1e-9
    loose = plan_intervals(ahead, Goals(ServiceTarget(0.01, 20)), over="day")
    assert np.all(loose.required[[0, 1, 3]] > np.array([0.5, 6, 9]))


def test_a_higher_target_never_needs_fewer():
    """Monotone in the share, interval by interval and over the day."""
    ahead = forecast([12, 45, 80, 20])
    for over in ("interval", "day"):
        sums = [
            plan_intervals(ahead, Goals(ServiceTarget(share, 20)), over=over).required.sum()
            for share in (0.5, 0.7, 0.8, 0.9, 0.99)
        ]
        assert sums == sorted(sums) and sums[0] < sums[-1]


def test_weeks_are_counted_from_the_first_day():
    """Ten days are a week and three days."""
    ahead = forecast(5, days=10)
    assert [part.stop - part.start for part in Over.WEEK.slices(ahead.grid)] == [336, 144]
    assert len(achieved(ahead, np.full(480, 2.0), TARGET).totals("week")) == 2


def test_achieved_takes_fractions_and_adds_up():
    """30 people at 30 % shrinkage are 21 on the phones; totals weigh by contacts."""
    ahead = forecast([100, 20])
    cover = achieved(ahead, np.pad([13.5, 4.0], (0, 46)), TARGET, 120.0)
    low, high = (erlang_a(n, 100, 1800, 180, 120, TARGET).service_level for n in (13, 14))
    assert low < cover.service_level[0] < high
    total = cover.total()
    assert total.abandoned == pytest.approx(cover.abandoned.sum())
    answered = cover.contacts - cover.abandoned
    assert total.asa_seconds == pytest.approx((answered * cover.asa_seconds).sum() / answered.sum())
    assert total.contacts == 120 and total.answered + total.abandoned == pytest.approx(120)
    assert total.agent_hours == 8.75
    assert total.occupancy == pytest.approx(answered.sum() * 180 / (8.75 * 3600))


def test_achieved_without_contacts_or_without_agents():
    """No contacts: service 1, nothing else. Contacts and nobody there: unstable, or everyone abandons."""
    quiet = achieved(forecast(0), np.zeros(48), TARGET).total()
    assert quiet.service_level == 1 and quiet.occupancy == quiet.asa_seconds == quiet.abandon_rate == 0
    nobody = achieved(forecast([10]), np.zeros(48), TARGET)
    assert nobody.service_level[0] == 0 and not nobody.stable[0] and np.isinf(nobody.total().asa_seconds)
    assert achieved(forecast([10]), np.zeros(48), TARGET, 60.0).total().abandoned == pytest.approx(10)


def test_achieved_matches_erlang_c():
    """Without patience it is Erlang C."""
    cover = achieved(forecast([100]), np.pad([14.0], (0, 47)), TARGET)
    assert cover.service_level[0] == pytest.approx(erlang_c(14, 100, 1800, 180, TARGET).service_level)


def test_achieved_refuses_what_is_no_cover():
    """Wrong length, negative, not finite."""
    with pytest.raises(InvalidInput, match="3 values for 48"):
        achieved(forecast([1]), np.ones(3), TARGET)
    with pytest.raises(InvalidInput, match="2026-06-01T00:30"):
        achieved(forecast([1]), np.where(np.arange(48) == 1, -1.0, 1.0), TARGET)
