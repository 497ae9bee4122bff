"""The planted truths can be found again from the observable history alone, within statistical tolerance."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from floorwalker.science.forecasting import Demand
from floorwalker.science.sample import Centre, CentrePlan, harbour, make_centre
from floorwalker.science.sample.truth import YEAR_DAYS, QueueTruth

UNTIL = date(2026, 9, 7)
Floats = NDArray[np.float64]


@pytest.fixture(scope="module")
def centre() -> Centre:
    """A harbour ten times its size: the same patterns with less noise from small counts."""
    plan = harbour()
    queues = tuple(replace(q, people=10 * q.people, contractors=10 * q.contractors) for q in plan.queues)
    return make_centre(CentrePlan("harbour-large", plan.sites, queues), seed=11, until=UNTIL)


def by_day(demand: Demand, values: Floats) -> Floats:
    return np.bincount(np.asarray(demand.grid.day_index), weights=values, minlength=demand.grid.days)


def beside(days: set[date]) -> set[date]:
    return {day + timedelta(days=shift) for day in days for shift in (-1, 0, 1)}


def holidays_of(centre: Centre, queue: str) -> set[date]:
    zone = next(q.zone for q in centre.queues if q.name == queue)
    country = next(site.country for site in centre.sites if site.zone == zone)
    return {special.day for special in centre.special_days if special.country == country}


def ordinary(centre: Centre, queue: str) -> NDArray[np.bool_]:
    """Open days without a holiday, a neighbour of one, a month's first days or an incident."""
    demand = centre.demand[queue]
    out = beside(holidays_of(centre, queue))
    out |= {demand.grid.dates[demand.grid.day_index[demand.grid.find(i.start)]] for i in centre.incidents}
    counts = by_day(demand, demand.offered)
    return np.array(
        [n > 0 and day not in out and day.day > 5 for n, day in zip(counts, demand.grid.dates, strict=True)]
    )


def regression(centre: Centre, queue: str) -> tuple[Floats, Floats]:
    """Log daily counts on growth, level shift, yearly wave and open weekdays: effects and standard errors."""
    demand, truth = centre.demand[queue], centre.truth.queues[queue]
    use = ordinary(centre, queue)
    days = [day for day, keep in zip(demand.grid.dates, use, strict=True) if keep]
    turn = 2 * np.pi * np.array([day.timetuple().tm_yday for day in days]) / YEAR_DAYS
    is_open = [w for w in range(7) if truth.weekday_factors[w] > 0]
    columns = [np.array([(day - UNTIL).days / YEAR_DAYS for day in days])]
    columns += [np.array([day >= truth.shift_day for day in days], dtype=float)]
    columns += [np.cos(turn), np.sin(turn), np.cos(2 * turn), np.sin(2 * turn)]
    columns += [np.array([day.weekday() == w for day in days], dtype=float) for w in is_open]
    X, y = np.stack(columns, axis=1), np.log(by_day(demand, demand.offered)[use])
    fitted, left = np.linalg.lstsq(X, y, rcond=None)[:2]
    errors = np.sqrt(np.diag(np.linalg.inv(X.T @ X)) * left[0] / (len(y) - len(fitted)))
    return fitted, errors


@pytest.mark.parametrize("queue", [q.name for q in harbour().queues])
def test_volume_is_the_expected_one(centre: Centre, queue: str) -> None:
    """Two years hold the planted number of contacts; the gamma factors have mean 1 and add none."""
    truth, demand = centre.truth.queues[queue], centre.demand[queue]
    assert demand.offered.sum() == pytest.approx(truth.expected(demand.grid).sum(), rel=0.012)


@pytest.mark.parametrize("queue", [q.name for q in harbour().queues])
def test_growth_shift_season_and_weekdays_are_found(centre: Centre, queue: str) -> None:
    """A plain regression on daily counts finds each effect close to what was planted."""
    truth = centre.truth.queues[queue]
    found, error = regression(centre, queue)
    assert max(error[:4]) < 0.03
    assert abs(found[0] - np.log(1 + truth.growth)) < 4 * error[0]
    assert abs(found[1] - np.log(1 + truth.shift)) < 4 * error[1]
    assert abs(np.hypot(*found[2:4]) - truth.season_height) < 4 * max(error[2:4])
    weekdays, planted = np.exp(found[6:]), np.array([f for f in truth.weekday_factors if f > 0])
    assert weekdays / weekdays.mean() == pytest.approx(planted, rel=0.03)


def test_profile_of_the_day_is_found(centre: Centre) -> None:
    """Shares of the slots, pooled over ordinary Tuesdays, are the planted ones."""
    truth, demand = centre.truth.queues["brightwater-service"], centre.demand["brightwater-service"]
    days, slots = np.asarray(demand.grid.day_index), np.asarray(demand.grid.slots)
    tuesdays = (np.asarray(demand.grid.weekdays) == 1) & ordinary(centre, "brightwater-service")
    counts = np.bincount(slots, weights=demand.offered * tuesdays[days], minlength=48)
    assert counts / counts.sum() == pytest.approx(truth.profile[1], abs=0.002)


def test_holidays_and_the_days_beside_are_found(centre: Centre) -> None:
    """Against the same weekday of the weeks around, a holiday falls and the day after it rises as planted."""
    queue = "northlight-service"
    demand, truth = centre.demand[queue], centre.truth.queues[queue]
    counts, use = by_day(demand, demand.offered), ordinary(centre, queue)
    special = holidays_of(centre, queue)

    def ratios(days: set[date]) -> tuple[float, float]:
        seen, planted = [], []
        for number, day in enumerate(demand.grid.dates):
            around = [n for n in range(number % 7, demand.grid.days, 7) if abs(n - number) <= 28 and use[n]]
            factor = truth.special_factors.get(day, 1.0)
            if day in days and day.day > 5 and factor > 0 and len(around) > 2:
                seen.append(counts[number] / counts[around].mean())
                planted.append(factor)
        assert len(seen) >= 10
        return float(np.mean(seen)), float(np.mean(planted))

    on, after = special, {day + timedelta(days=1) for day in special} - special
    for days, low, high in ((on, 0.4, 0.7), (after, 1.1, 1.25)):
        seen, planted = ratios(days)
        assert low < planted < high
        assert seen == pytest.approx(planted, rel=0.06)


def test_the_first_days_of_a_month_are_found(centre: Centre) -> None:
    """Billing is busier on the first of a month by the planted factor."""
    queue = "brightwater-billing"
    demand, truth = centre.demand[queue], centre.truth.queues[queue]
    counts = by_day(demand, demand.offered)
    out = beside(holidays_of(centre, queue))
    usual = np.exp(regression(centre, queue)[0][6:])  # Monday to Friday
    later, first = [], []
    for count, day in zip(counts, demand.grid.dates, strict=True):
        if day not in out and day.weekday() < 5 and (day.day == 1 or day.day > 5):
            (first if day.day == 1 else later).append(count / usual[day.weekday()])
    assert np.mean(first) / np.mean(later) == pytest.approx(truth.month_start[0], rel=0.06)


def test_days_are_more_dispersed_than_poisson_by_the_planted_factors(centre: Centre) -> None:
    """The coefficient of variation of daily counts beyond Poisson is the one of the two gamma factors."""
    for queue, truth in centre.truth.queues.items():
        demand = centre.demand[queue]
        expected = by_day(demand, truth.expected(demand.grid))
        busy = expected > 0
        ratio = by_day(demand, demand.offered)[busy] / expected[busy]
        beyond = np.mean((ratio - 1) ** 2 - 1 / expected[busy])
        of_slots = truth.slot_cv**2 * np.mean(np.sum(truth.profile**2, axis=1))
        assert np.sqrt(beyond) == pytest.approx(np.sqrt(truth.day_cv**2 + of_slots), rel=0.12)


def test_after_an_outage_some_come_back(centre: Centre) -> None:
    """In the two hours after an incident there is more than usual, by about the planted part of what was lost."""
    lost = extra = 0.0
    for incident in centre.incidents:
        demand, truth = centre.demand[incident.queue], centre.truth.queues[incident.queue]
        rates, starts = truth.rates(demand.grid), np.asarray(demand.grid.starts)
        out = (starts >= incident.start - 1800) & (starts < incident.end)
        back = (starts >= incident.end) & (starts < incident.end + 7200) & (rates > 0)
        if back.sum() == 4 and incident.start % 1800 == incident.end % 1800 == 0:
            lost += rates[out & (starts >= incident.start)].sum()
            extra += demand.offered[back].sum() - rates[back].sum()
    assert lost > 0
    assert extra / lost == pytest.approx(0.4, abs=0.2)


def handling(demand: Demand) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    assert demand.handled is not None
    assert demand.handling_seconds is not None
    return demand.handled, demand.handling_seconds, demand.handled > 0


def weighted_mean_aht(truth: QueueTruth, demand: Demand, part: slice) -> tuple[float, float]:
    handled, seconds, _ = handling(demand)
    planted = truth.aht(demand.grid)[part] @ handled[part] / handled[part].sum()
    return float(seconds[part].sum() / handled[part].sum()), float(planted)


def test_handling_time_its_trend_and_its_spread_are_found(centre: Centre) -> None:
    """Mean handling time of the first and of the last half year, and the spread of single contacts."""
    for queue, truth in centre.truth.queues.items():
        demand = centre.demand[queue]
        half = demand.grid.day_slice(180).start
        first, planted_first = weighted_mean_aht(truth, demand, slice(0, half))
        last, planted_last = weighted_mean_aht(truth, demand, slice(-half, None))
        assert first == pytest.approx(planted_first, rel=0.01)
        assert last == pytest.approx(planted_last, rel=0.01)
        assert last / first == pytest.approx((1 + truth.aht_trend) ** (548 / 365.25), rel=0.015)
        handled, seconds, some = handling(demand)
        ratio = seconds[some] / handled[some] / truth.aht(demand.grid)[some]
        cv = np.sqrt(np.mean((ratio - 1) ** 2 * handled[some]))
        assert cv == pytest.approx(truth.aht_cv, rel=0.06)


def test_the_slow_end_of_the_day_is_found(centre: Centre) -> None:
    """Evening contacts take longer than morning ones by the planted slot factors."""
    truth, demand = centre.truth.queues["northlight-service"], centre.demand["northlight-service"]
    handled, seconds, _ = handling(demand)
    slots = np.asarray(demand.grid.slots)
    found = [seconds[slots == s].sum() / handled[slots == s].sum() for s in (18, 40)]
    planted = truth.aht_slot_factors[40] / truth.aht_slot_factors[18]
    assert planted > 1.05
    assert found[1] / found[0] == pytest.approx(planted, rel=0.015)


def test_about_the_planted_share_abandons(centre: Centre) -> None:
    """Abandonment is the planted share, a little more because busy intervals lose more than their part."""
    for queue, truth in centre.truth.queues.items():
        demand = centre.demand[queue]
        handled, _, _ = handling(demand)
        share = 1 - handled.sum() / demand.offered.sum()
        assert truth.abandon_share < share < 1.25 * truth.abandon_share
