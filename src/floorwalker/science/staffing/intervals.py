"""Required and scheduled staff for every interval of a forecast."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from floorwalker.science.errors import InvalidInput
from floorwalker.science.forecasting import Forecast
from floorwalker.science.queueing import Goals, ServiceTarget
from floorwalker.science.staffing.averaged import cheapest_staff
from floorwalker.science.staffing.cover import measure
from floorwalker.science.staffing.needs import Needs, check_confidence
from floorwalker.science.staffing.requirement import Requirement
from floorwalker.science.staffing.shrinkage import check_share, scheduled_for
from floorwalker.science.staffing.smallest import check_min_staff, staff_each
from floorwalker.science.staffing.uncertain import Question, Samples
from floorwalker.science.staffing.workload import Over, Workload


def plan_intervals(
    forecast: Forecast,
    goals: Goals,
    *,
    patience_seconds: float | None = None,
    shrinkage: float = 0.0,
    min_staff: int = 0,
    over: str = Over.INTERVAL,
    confidence: float | None = None,
    absence: float = 0.0,
    paths: int = 400,
    seed: int = 0,
    measured_as: ServiceTarget | None = None,
) -> Requirement:
    """The fewest agents that meet ``goals``, on the expected contacts or to a confidence, and the people for them.

    Erlang A with a mean patience (seconds), Erlang C without one. Closed intervals get nobody, open ones at
    least ``min_staff``, also where no contact is expected. ``shrinkage`` is the share of scheduled time away
    from the phones; ``scheduled`` = ceil(required ÷ (1 − shrinkage)), of whom a share of ``absence`` is expected
    not to come at all: scheduled is divided by 1 − absence as well.

    ``over="interval"`` meets every goal in every interval. With ``over="day"`` (or ``"week"``: seven days from
    the first of the grid) the goals on contacts (service, abandonment, waits) need only hold over all contacts
    of the day, which takes fewer agent-hours: quiet intervals lend to those where an agent buys little. The
    occupancy cap protects people, not averages, and still holds in every interval; so do stability and
    ``min_staff``, and whoever is expected is met by at least one agent.

    ``confidence=0.8`` staffs so that the goals are missed at most 1 time in 5, given the forecast's spread of
    counts and people absent by chance: each interval by itself, or each day or week over ``paths`` joint samples
    drawn with ``seed``. Over intervals ``required`` covers the counts and ``scheduled`` absence too; over days and
    weeks both numbers cover both. The measures stay those of ``required`` on the expected contacts.

    ``measured_as`` is the target under which the service level is reported; needed where ``goals`` hold none.
    """
    target = measured_as or goals.target
    if target is None:
        raise InvalidInput("these goals name no service target; say with measured_as how service is reported")
    least = check_min_staff(min_staff)
    check_share(shrinkage, "a shrinkage")
    check_share(absence, "an absence")
    work = Workload.of(forecast)
    stretch = Over.named(over)
    if confidence is None:
        required = _expected(forecast, work, goals, patience_seconds, least, stretch)
        scheduled = scheduled_for(required / (1 - absence), shrinkage)
    elif stretch is Over.INTERVAL:
        needs = Needs.of(forecast, work, goals, patience_seconds)
        floor = np.where(work.open, least, 0)
        required = np.maximum(needs.at(check_confidence(confidence)), floor)
        scheduled = needs.people(confidence, shrinkage, absence, floor)
    else:
        samples = Samples.draw(forecast, paths, seed)
        question = Question(forecast, work, goals, patience_seconds, shrinkage, absence, stretch, samples)
        required, scheduled = question.staff(check_confidence(confidence), least)
    found = measure(forecast.grid, work, required.astype(np.float64), target, patience_seconds)
    return Requirement(
        queue=forecast.queue,
        grid=forecast.grid,
        target=target,
        required=required,
        scheduled=scheduled,
        service_level=found.service_level,
        abandon_rate=found.abandon_rate,
        asa_seconds=found.asa_seconds,
        occupancy=found.occupancy,
        shrinkage=shrinkage,
    )


def _expected(
    forecast: Forecast, work: Workload, goals: Goals, patience_seconds: float | None, min_staff: int, over: Over
) -> NDArray[np.int64]:
    """Agents on the phones for the expected contacts."""
    if over is Over.INTERVAL:
        return staff_each(work, goals, patience_seconds, min_staff)
    return cheapest_staff(forecast.grid, work, goals, patience_seconds, min_staff, over)
