"""Days on which something goes wrong, and what people are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.accounts import services as accounts
from floorwalker.apps.people.models import Site
from floorwalker.kernel.access import SYSTEM
from tests.factories import schedules as make
from tests.journeys.conftest import Visit
from tests.journeys.plans import planned
from tests.people import Cast

BEFORE = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_an_infeasible_week_names_the_clash_and_the_way_out(
    visit: Visit, cast: Cast, monday: date, work: Callable[..., None]
) -> None:
    """Forty hours on two days cannot be; the person, the rule and the cheapest repair are on the page."""
    plan = planned(cast, monday)
    assert cast.colleague.agent is not None
    cast.colleague.agent.least_hours, cast.colleague.agent.most_days = 40, 2
    cast.colleague.agent.save()
    planner = visit("infeasible").sign_in(cast.planner.user)
    planner.open(plan.board)
    planner.follow("Make a roster")
    planner.page.get_by_label("Quick").check()
    planner.press("Make the roster")
    planner.shows("It is being made")
    work(inline=True)
    planner.open(planner.path)
    planner.shows("What cannot be had together", "Colleague is to work", "Cheapest way out: for Colleague:")
    planner.look_everywhere("clash")
    planner.follow("Look at the draft")
    planner.shows("Agent", "Compare and publish")


def test_the_second_of_two_planners_is_told_and_sees_the_fresh_state(
    visit: Visit, cast: Cast, monday: date
) -> None:
    """Nothing of the first one's work is overwritten unseen."""
    plan = planned(cast, monday)
    assert cast.agent.agent is not None
    page = plan.page_of(plan.shift(cast.agent.agent))
    first, second = (
        visit("first-planner").sign_in(cast.planner.user),
        visit("second-planner", 390).sign_in(cast.site_planner.user),
    )
    first.open(page)
    second.open(page)
    first.fill("Starts", "10:00")
    first.press("Save the change")
    first.shows("Changed.")
    second.fill("Starts", "08:00")
    second.press("Save the change")
    second.shows("Not done", "10:00")
    assert second.field("Starts").input_value() == "10:00", "the form shows how it stands now"
    assert plan.shift(cast.agent.agent).wall_minute == 600
    second.look_everywhere("told")
    second.fill("Starts", "08:00")
    second.press("Save the change")
    second.shows("Changed.")
    assert plan.shift(cast.agent.agent).wall_minute == 480


def test_a_session_revoked_in_the_middle_of_an_edit_saves_nothing(visit: Visit, cast: Cast, monday: date) -> None:
    """Saving leads to the sign-in page; after it the shift is as it was, and the person sees that."""
    plan = planned(cast, monday)
    assert cast.agent.agent is not None
    visitor = visit("revoked", 820).sign_in(cast.planner.user)
    visitor.open(plan.page_of(plan.shift(cast.agent.agent)))
    visitor.fill("Starts", "10:00")
    accounts.close_all_sessions(user=cast.planner.user, by=SYSTEM, why="a lost laptop", at=timezone.now())
    visitor.press("Save the change")
    visitor.page.wait_for_url("**/sign-in/**")
    visitor.shows("what you sent was not saved")
    visitor.look_everywhere("sign-in")
    assert plan.shift(cast.agent.agent).wall_minute == 540
    visitor.sign_in(cast.planner.user)
    visitor.open(plan.page_of(plan.shift(cast.agent.agent)))
    assert visitor.field("Starts").input_value() == "09:00"
    assert plan.shift(cast.agent.agent).wall_minute == 540


@pytest.mark.parametrize(
    ("monday", "sunday", "day_shift", "night_shift", "night_there"),
    [
        # New York is four hours behind until the clocks of London go forward at one in the morning.
        (date(2026, 3, 23), date(2026, 3, 29), "04:00 – 12:30", "18:00 – 02:30", "22:00–07:30"),
        # London goes back an hour a week before New York does.
        (date(2026, 10, 19), date(2026, 10, 25), "05:00 – 13:30", "17:00 – 01:30", "22:00–05:30"),
    ],
)
def test_another_zone_reads_a_week_of_clock_changes_right(
    visit: Visit, cast: Cast, monday: date, sunday: date, day_shift: str, night_shift: str, night_there: str
) -> None:
    """A shift of London on its Sunday and in the night to it, read in New York; the site's board says its own."""
    Site.objects.filter(pk=cast.world.north.pk).update(zone="Europe/London")
    cast.world.north.refresh_from_db()
    week = make.a_week(cast.world.north, monday)
    day = make.a_stint(week, cast.agent.agent, 6, "09:00")
    night = make.a_stint(week, cast.colleague.agent, 5, "22:00")
    make.published(week, [day, night], BEFORE)
    for person in (cast.agent, cast.colleague):
        (shift,) = make.live(person.agent)
        assert shift.period.upper - shift.period.lower == timedelta(hours=8, minutes=30), "in hours that pass"
        person.user.zone = "America/New_York"
        person.user.save()
    name = f"zone-{sunday.isoformat()}"
    for person, hours in ((cast.agent, day_shift), (cast.colleague, night_shift)):
        phone = visit(f"{name}-{person.key}", 390).sign_in(person.user)
        phone.open(f"/schedules/mine/day/{monday.isoformat()}/")
        phone.shows(hours, "Times are those of America/New_York")
        phone.look_everywhere("my-schedule")
    phone.shows("8 hours paid this week")  # eight and a half, less the meal, whatever the clocks of London do
    desk = visit(f"{name}-planner").sign_in(cast.planner.user)
    desk.open(f"/schedules/{cast.world.north.pk}/{monday.isoformat()}/")
    desk.shows("09:00–17:30", night_there, "Times of Europe/London")
    desk.look_everywhere("board")


def test_without_javascript_pages_read_and_forms_post(visit: Visit, cast: Cast, monday: date) -> None:
    """The board, an edit with its check, My schedule and a request, all by plain pages."""
    plan = planned(cast, monday)
    assert cast.agent.agent is not None
    desk = visit("no-script", java_script_enabled=False).sign_in(cast.planner.user)
    desk.open(plan.board)
    desk.shows("Agent", "09:00–17:30", "Coverage")
    desk.look_everywhere("board")
    desk.open(plan.page_of(plan.shift(cast.agent.agent)))
    desk.fill("Starts", "10:00")
    desk.press("Check first")
    desk.shows("No rule is broken by this.")
    assert plan.shift(cast.agent.agent).wall_minute == 540
    desk.press("Save the change")
    desk.shows("Changed.")
    assert plan.shift(cast.agent.agent).wall_minute == 600
    phone = visit("no-script-phone", 390, java_script_enabled=False).sign_in(cast.agent.user)
    phone.open(f"/schedules/mine/day/{monday.isoformat()}/")
    phone.shows("10:00 – 18:30")
    phone.look_everywhere("my-schedule")
    phone.follow("Ask for a change")
    phone.page.get_by_label("give the shift up", exact=True).check()
    phone.press("Ask")
    phone.shows("Open: supervisor or planner answers")
    phone.look_everywhere("asked")
