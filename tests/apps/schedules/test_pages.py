"""Pages of schedules as people open them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from floorwalker.apps.capacity.models import DayAudit, RequiredDay
from floorwalker.apps.capacity.queries.inputs import rostered_days
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import Publication, Week
from floorwalker.kernel.models.entry import Entry
from tests.factories import schedules as make
from tests.people import NOW, Cast


def test_the_board_shows_the_week_to_who_plans_it(cast: Cast, week: Week, plan: Publication) -> None:
    """Names, times, versions; the day view too; a draft shows what is different."""
    browser = cast.client(cast.planner)
    address = reverse("schedules:board", args=[week.site_id, week.first_day])
    page = browser.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Colleague" in text
    assert "09:00–17:30" in text
    assert "Version 1" in text
    day = browser.get(f"{address}?day=2026-03-17").content.decode()
    assert "ui-bar--meal" in day
    draft = make.a_draft(week, make.working_days(week, [cast.agent.agent], start="10:00"), NOW)
    assert "10:00–18:30" in browser.get(f"{address}?draft={draft.pk}").content.decode()


@pytest.mark.parametrize(
    "who", ["planner", "supervisor", "quality_analyst", "hr", "agent", "stranger", "trainer", "client_viewer"]
)
def test_who_sees_whom_on_the_board(cast: Cast, week: Week, plan: Publication, who: str) -> None:
    """A supervisor and a quality analyst their team and nobody else, HR everybody, others get no board.

    What people are needed is told to those who see required staff.
    """
    page = cast.client(getattr(cast, who)).get(reverse("schedules:board", args=[week.site_id, week.first_day]))
    assert page.status_code == (200 if who in ("planner", "supervisor", "quality_analyst", "hr") else 404)
    if page.status_code == 200:
        text = page.content.decode()
        assert ("Other Team Agent" in text) == (who in ("planner", "hr"))
        assert ("people are needed has not been computed" in text) == (who in ("planner", "supervisor"))


PAGES = ["here", "start_run", "versions", "add", "patterns", "pattern_add", "csv", "shift", "publish", "version"]


@pytest.mark.parametrize("name", PAGES)
def test_every_planning_page_opens(cast: Cast, week: Week, plan: Publication, name: str) -> None:
    """For the planner; an agent is told there is nothing."""
    draft = make.a_draft(week, make.working_days(week, [cast.agent.agent], start="10:00"), NOW)
    shift = make.live(cast.agent.agent)[0]
    site: list[Any] = [week.site_id]
    args = {
        "here": [],
        "patterns": site,
        "pattern_add": site,
        "shift": [*site, week.first_day, shift.identity],
        "publish": [draft.pk],
        "version": [plan.pk],
    }.get(name, [*site, week.first_day])
    page = cast.client(cast.planner).get(reverse(f"schedules:{name}", args=args), follow=True)
    assert page.status_code == 200, page.content.decode()[:2000]
    assert cast.client(cast.agent).get(reverse(f"schedules:{name}", args=args)).status_code == 404


def test_an_export_of_shifts_is_written_down(cast: Cast, week: Week, plan: Publication) -> None:
    """Who took how many shifts of which week along; who may not leaves nothing."""
    address = reverse("schedules:csv", args=[week.site_id, week.first_day])
    assert cast.client(cast.client_viewer).get(address).status_code == 404
    assert not Entry.objects.filter(verb="schedules.export").exists()
    assert cast.client(cast.planner).get(address).status_code == 200
    entry = Entry.objects.get(verb="schedules.export")
    assert (entry.actor_user, entry.about_id) == (cast.planner.user.pk, str(week.site_id))
    assert (entry.facts["week"], entry.facts["shifts"]) == (week.first_day.isoformat(), 10)


def test_a_sheet_without_a_shift_lists_no_broken_rules(cast: Cast, week: Week) -> None:
    """Nobody has their hours in a week nobody has begun; with its first shift the page says who lacks some."""
    agent = cast.agent.agent
    assert agent is not None
    Agent.objects.filter(pk=agent.pk).update(least_hours=20)
    address = reverse("schedules:board", args=[week.site_id, week.first_day])
    browser, panel = cast.client(cast.planner), "Rules that are broken on this page"
    empty = make.a_draft(week, [], make.BEFORE)
    for each in (address, f"{address}?draft={empty.pk}"):
        assert panel not in browser.get(each).content.decode()
    make.published(week, [make.a_stint(week, agent)], make.BEFORE)
    assert panel in browser.get(address).content.decode()


def test_the_board_says_why_a_simulation_is_older(cast: Cast, week: Week, plan: Publication) -> None:
    """The roster is as it was simulated and only the forecast is new: that is what stands there, nothing else."""
    queue = make.a_queue(cast.world)
    needed = make.require(queue, make.MONDAY)
    day = RequiredDay.objects.filter(requirement=needed).earliest("day")
    slots = len(day.required)
    DayAudit.objects.create(
        queue=queue,
        day=day.day,
        basis=DayAudit.Basis.ROSTERED,
        forecast_version=needed.forecast_version + 1,
        people=rostered_days(queue, [day.day], needed.step_seconds, needed.zone)[0],
        **{name: [0.8] * slots for name in ("contacts", "claimed", "achieved", "low", "high")},
        **dict.fromkeys(("day_claimed", "day_achieved", "day_low", "day_high"), 0.8),
        **dict.fromkeys(("abandoned_claimed", "abandoned", "abandoned_low", "abandoned_high"), 3.0),
        day_contacts=100,
        replications=100,
        made_at=NOW,
    )
    page = cast.client(cast.planner).get(reverse("schedules:board", args=[week.site_id, week.first_day]))
    text = page.content.decode()
    assert "As simulated" in text
    assert "the forecast has changed since" in text
    assert "the roster has changed since" not in text
