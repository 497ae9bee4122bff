"""Days on which something goes wrong, and what people are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from floorwalker.apps.people.models import Site
from tests.journeys import mishaps
from tests.journeys.conftest import Visit
from tests.journeys.plans import planned
from tests.people import Cast


def test_an_infeasible_week_names_the_clash_and_the_way_out(
    visit: Visit, cast: Cast, monday: date, work: Callable[..., None]
) -> None:
    """Forty hours on two days cannot be; the person, the rule and the cheapest repair are on the page."""
    planned(cast, monday)
    assert cast.colleague.agent is not None
    planner = visit("infeasible").sign_in(cast.planner.user)
    mishaps.a_clash(planner, cast.world.north, monday, cast.colleague.agent, lambda: work(inline=True))
    planner.follow("Look at the draft")
    planner.shows("Agent", "Compare and publish")


def test_the_second_of_two_planners_is_told_and_sees_the_fresh_state(
    visit: Visit, cast: Cast, monday: date
) -> None:
    """Nothing of the first one's work is overwritten unseen."""
    plan = planned(cast, monday)
    assert cast.agent.agent is not None
    first, second = (
        visit("first-planner").sign_in(cast.planner.user),
        visit("second-planner", 390).sign_in(cast.site_planner.user),
    )
    mishaps.two_at_once(first, second, plan.shift(cast.agent.agent), 600, 480)


def test_a_session_revoked_in_the_middle_of_an_edit_saves_nothing(visit: Visit, cast: Cast, monday: date) -> None:
    """Saving leads to the sign-in page; after it the shift is as it was, and the person sees that."""
    plan = planned(cast, monday)
    assert cast.agent.agent is not None
    visitor = visit("revoked", 820).sign_in(cast.planner.user)
    mishaps.revoked_in_the_middle(visitor, cast.planner.user, plan.shift(cast.agent.agent), 600)


@pytest.mark.parametrize("change", mishaps.CLOCK_CHANGES, ids=["23 hours", "25 hours"])
def test_another_zone_reads_a_week_of_clock_changes_right(
    visit: Visit, cast: Cast, change: tuple[date, date, str, str, str]
) -> None:
    """A shift of London on its Sunday and in the night to it, read in New York; the site's board says its own."""
    Site.objects.filter(pk=cast.world.north.pk).update(zone="Europe/London")
    cast.world.north.refresh_from_db()
    assert cast.agent.agent is not None and cast.colleague.agent is not None
    two = (cast.agent.agent, cast.colleague.agent)
    mishaps.clock_change(visit, cast.world.north, two, cast.planner.user, change)


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
