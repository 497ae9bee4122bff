"""A supervisor changes the week of their team."""

from __future__ import annotations

from datetime import date

from tests.journeys.conftest import Visit
from tests.journeys.plans import planned
from tests.people import Cast


def test_a_supervisor_is_told_which_rule_breaks_before_saving(visit: Visit, cast: Cast, monday: date) -> None:
    """In words while typing; a hard rule is refused and changes nothing; a good edit is on the board."""
    plan = planned(cast, monday)
    assert cast.agent.agent is not None
    visitor = visit("supervisor").sign_in(cast.supervisor.user)
    visitor.page.locator("nav").get_by_role("link", name="Rosters").first.click()
    visitor.open(plan.board)
    visitor.shows("Agent", "Colleague", "Version 1, published by Planner")
    visitor.look_everywhere("board")

    late = plan.shift(cast.agent.agent)
    visitor.page.locator(f'a[href*="{late.identity}"]').first.click()
    visitor.page.wait_for_url("**/shift/**")
    visitor.shows("09:00", "Times of Europe/Lisbon")
    visitor.fill("Starts", "16:00")
    visitor.page.get_by_label("Starts", exact=True).press("Tab")
    told = visitor.page.locator("#preview").get_by_text("Against a rule")
    told.first.wait_for()
    visitor.shows("rest")
    visitor.look("told-before-saving")
    assert plan.shift(cast.agent.agent).wall_minute == 540, "looking changes nothing"

    visitor.press("Save the change")
    visitor.shows("Not done")
    assert plan.shift(cast.agent.agent).wall_minute == 540, "a hard rule is not broken by a supervisor"
    visitor.look("refused")

    visitor.fill("Starts", "10:00")
    visitor.page.get_by_label("Starts", exact=True).press("Tab")
    visitor.page.locator("#preview").get_by_text("No rule is broken by this.").wait_for()
    visitor.fill("Why", "School run")
    visitor.press("Save the change")
    visitor.page.wait_for_url(f"**{plan.board}")
    visitor.shows("Changed.", "10:00", "School run")
    assert plan.shift(cast.agent.agent).wall_minute == 600
    visitor.look("saved")
    plan.week.refresh_from_db()
    assert plan.week.number == 2


def test_the_shifts_of_another_team_are_not_there(visit: Visit, cast: Cast, monday: date) -> None:
    """Neither on the board nor at their address."""
    plan = planned(cast, monday)
    visitor = visit("supervisor-elsewhere", 390).sign_in(cast.supervisor.user)
    visitor.open(plan.board)
    visitor.hides("Other Team Agent")
    assert visitor.open(plan.page_of(plan.shift(cast.other_team_agent.agent))) == 404
    visitor.look("not-there")
