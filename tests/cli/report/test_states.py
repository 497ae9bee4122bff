"""Weeks that are not ordinary: empty, huge, daily, of the clock change, without a roster."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sample_plan import sample_plan, sample_queue

from floorwalker.cli.report import PlanReport, RosterResult, render
from floorwalker.cli.report.demand_figures import daily_history, forecast_figure, history_figure, recent_profile
from floorwalker.cli.report.panels import axes_of
from floorwalker.cli.report.staff_figures import cover_figure, glance_figure, service_figure
from floorwalker.science.errors import InvalidInput
from floorwalker.science.outcome import Status
from floorwalker.science.timegrid import DAY_SECONDS

AUTUMN = date(2003, 10, 20)  # its Sunday has 25 hours in New York
SPRING = date(2003, 3, 31)  # its Sunday has 23 hours in New York


def figures(queue):
    made = (history_figure, forecast_figure, glance_figure, cover_figure, service_figure)
    return [figure for figure in (make(queue) for make in made) if figure]


def test_tables_hold_the_numbers_of_the_charts() -> None:
    """Each interval in which something happens has one row, with what the chart draws."""
    queue = sample_queue()
    table = cover_figure(queue).table
    rows = [row for _, group in table.groups for row in group]
    alive = np.flatnonzero(queue.alive)
    assert len(rows) == len(alive)
    for row, i in zip(rows, alive, strict=True):
        assert row[1] == str(queue.requirement.scheduled[i])
        assert row[2] == f"{queue.rostered[i]:.0f}"
        assert row[3].replace("−", "-").replace("+", "") == f"{queue.difference[i]:.0f}"


def test_glance_shows_the_tightest_moment_of_each_hour() -> None:
    """The cell of an hour is the smallest difference of its intervals, also if the other half is fine."""
    queue = sample_queue(people=20)
    (_, rows), *_ = glance_figure(queue).table.groups
    by_hour = {row[0]: row[1:] for row in rows}
    monday_nine = [i for i in range(len(queue.grid)) if queue.grid.local(i).strftime("%d %H") == "01 09"]
    lowest = min(queue.difference[i] for i in monday_nine)
    assert by_hour["09:00"][0].replace("−", "-").replace("+", "") == f"{lowest:.0f}"
    assert by_hour["09:00"][6] == "–"  # closed on Sunday


@pytest.mark.parametrize(("first_day", "intervals"), [(AUTUMN, 50), (SPRING, 46)])
def test_days_of_the_clock_change(first_day: date, intervals: int) -> None:
    """The Sunday has 50 or 46 half-hours, its axis is that long, and a repeated hour is said to be one."""
    queue = sample_queue(first_day=first_day, all_hours=True)
    sunday = axes_of(queue)[6]
    assert len(sunday.intervals) == intervals
    assert sunday.edges[-1] == intervals / 2
    times = [row[0] for row in forecast_figure(queue).table.groups[6][1]]
    assert len(times) == len(set(times)) == intervals
    assert ("01:30 again" in times) == (first_day == AUTUMN)
    assert render(PlanReport((queue,)))


def test_history_is_cut_to_eight_weeks_and_keeps_its_gaps() -> None:
    """56 days before the week; a day nobody recorded is unknown, a closed day is zero."""
    days, totals = daily_history(sample_queue(history_days=70))
    assert len(days) == 56
    assert days[-1] == date(2003, 8, 31)
    assert totals[-1] == 0.0
    assert np.isnan(totals[days.index(date(2003, 7, 28))])


def test_profile_is_the_mean_of_the_last_four_same_weekdays() -> None:
    """Recomputed by hand for Monday 10:00."""
    queue = sample_queue(history_days=70)
    history = queue.history
    ten = next(i for i in range(len(queue.grid)) if queue.grid.local(i).hour == 10)
    mondays = [
        history.offered[i]
        for i in range(len(history.grid))
        if history.grid.local(i).weekday() == 0
        and history.grid.local(i).strftime("%H:%M") == "10:00"
        and np.isfinite(history.offered[i])
    ]
    assert recent_profile(queue)[ten] == pytest.approx(np.mean(mondays[-4:]))


def test_without_history_the_forecast_stands_alone() -> None:
    """No line, no key and no numbers for what is not there."""
    figure = history_figure(sample_queue(history_days=0))
    assert "no history" in figure.caption
    assert [name for _, name in figure.key] == ["forecast", "nine days in ten fall in here"]


def test_a_week_without_contacts() -> None:
    """Nothing expected: one sentence, no empty charts, no service level of nobody."""
    page = render(sample_plan(peak=0.0, people=0, history_days=0))
    assert "No contacts are expected this week" in page
    assert "Required and rostered</h2>" not in page
    assert "✓ met" not in page
    assert "There is nobody to roster yet." in page


def test_no_roster_says_why_and_what_would_help() -> None:
    """An infeasible week shows its clashes and the cheapest repair in place of a grid."""
    queue = replace(
        sample_queue(),
        result=RosterResult(
            Status.INFEASIBLE,
            None,
            clashes=("Sunday needs 4 people, 3 may work.",),
            repair="Let A007 work Sunday.",
        ),
    )
    page = render(PlanReport((queue,)))
    assert "There is no roster yet. Sunday needs 4 people, 3 may work. Let A007 work Sunday." in page
    assert "<strong>No roster:</strong> infeasible." in page
    late = replace(queue, result=RosterResult(Status.OUT_OF_TIME, None))
    assert "give it longer" in render(PlanReport((late,)))


@pytest.mark.parametrize(
    ("share", "words"), [(0.8, "pays 25.0 % more."), (1.25, "pays 20.0 % fewer, and leaves hours short.")]
)
def test_distance_from_the_bound_in_words(share: float, words: str) -> None:
    """A roster below the bound of a covered week is not better than possible: it leaves hours short."""
    queue = sample_queue()
    hours = queue.result.roster.paid_hours
    result = replace(queue.result, bound_hours=share * hours, gap=0.031)
    page = render(PlanReport((replace(queue, result=result),))).replace("\u202f", " ")
    assert "not proven best, found in 28 s, at most 3.1 % from the best these people could do" in page
    assert words in page
    proven = replace(result, status=Status.OPTIMAL, gap=0.0)
    assert "This roster is proven best, found in 28 s;" in render(
        PlanReport((replace(queue, result=proven),))
    ).replace("\u202f", " ")


def test_one_person_is_singular() -> None:
    """1 person works, 320 people work."""
    assert "1 person works 40 paid hours" in render(sample_plan(people=1, peak=2.0))
    assert "320 people work" in render(sample_plan(people=320, peak=800.0))


def test_everyone_has_a_row_with_what_they_work() -> None:
    """The grid lists all, also those without a duty, and its foot adds up."""
    page = render(sample_plan(people=7))
    grid = re.search(r'<table class="roster">.*?</table>', page, re.S).group(0)
    assert grid.count("(A0") == 7
    roster = sample_queue(people=7).result.roster
    assert grid.count('class="duty"') == len(roster.duties)
    assert f"<td>{roster.paid_hours:g}</td><td></td>" in grid


def test_daily_steps_are_one_drawing() -> None:
    """A plan of whole days has a day a step and neither panels for days nor hours at a glance."""
    queue = sample_queue(step_seconds=DAY_SECONDS)
    assert glance_figure(queue) is None
    assert len(forecast_figure(queue).panels) == 1
    assert cover_figure(queue).table.groups[0][1][0][0] == "Mon 1 Sep"


def test_without_patience_abandonment_is_not_shown() -> None:
    """What the model does not know is a dash, not a zero."""
    page = render(sample_plan(patience_seconds=None))
    assert "Abandonment is not estimated" in page
    assert "are abandoned" not in page
    assert 'class="area abandoned"' not in page


@pytest.mark.parametrize("changes", [{}, {"step_seconds": 300}, {"step_seconds": DAY_SECONDS}, {"people": 1}])
def test_ids_are_unique_also_with_two_queues_of_alike_names(changes: dict[str, int]) -> None:
    """Two queues whose long names differ at the end only: every id comes once, every label is found."""
    names = ("Cards " * 20 + "one", "Cards " * 20 + "two")
    page = render(PlanReport(tuple(sample_queue(name, **changes) for name in names)))
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    assert max(ids.values()) == 1
    for labels in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert all(label in ids for label in labels.split())


def test_a_report_checks_its_own_shape() -> None:
    """Arrays off the grid and a plan of nothing are refused in a sentence."""
    queue = sample_queue()
    with pytest.raises(InvalidInput, match="rostered of queue 'Bank calls' needs 336 values"):
        replace(queue, rostered=queue.rostered[:-1])
    with pytest.raises(InvalidInput, match="day_p05 of queue 'Bank calls' needs 7 values"):
        replace(queue, day_p05=(1.0,))
    with pytest.raises(InvalidInput, match="not on the grid"):
        replace(queue, expected=sample_queue(days=6).expected)
    with pytest.raises(InvalidInput, match="at least one queue"):
        PlanReport(())
