"""Points on a phone: announced, earned within the minute, spent, and the promise kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from floorwalker.apps.learning.events import ScenarioCompleted
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition import services
from floorwalker.apps.recognition.models import Entry
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.events import announce
from tests.journeys.conftest import Visit
from tests.people import Cast


def test_an_incentive_is_announced_earned_and_spent_and_its_promise_kept(
    visit: Visit, cast: Cast, deliver: Callable[[], None]
) -> None:
    """Lead at the desk, agent on the phone, manager and HR who keep the rewards."""
    at, world = timezone.now(), cast.world
    assert cast.agent.agent is not None
    services.open_budget(
        name="North One", owner_id=cast.supervisor.user.pk, site_id=world.north.pk, team_id=world.north_one.pk,
        monthly_points=500, by=cast.manager.actor, at=at,
    )  # fmt: skip
    services.offer_reward(
        name="Cinema ticket", what="Any film, any day.", points=60, stock=2, days=10, site_id=world.north.pk,
        by=cast.manager.actor, at=at,
    )  # fmt: skip
    services.wish_for(name="A plant for the desk", what="", by=cast.colleague.actor, at=at)
    services.award(
        to=cast.agent.agent.pk, source="help", points=40, ref="", why="Your answer on refunds was accepted.",
        once="before", by=SYSTEM, at=at - timedelta(days=9),
    )  # fmt: skip

    desk = visit("points-lead").sign_in(cast.supervisor.user)
    desk.open("/incentives/new/")
    desk.fill("Name", "First calls, done well")
    desk.fill("What it is for", "Complete a scenario you have not played before.")
    desk.choose("Earned when", "a scenario is completed for the first time")
    desk.fill("Points each time", "25")
    desk.fill("How often in all", "4")
    desk.fill("From", at.date().isoformat())
    desk.fill("To", (at + timedelta(days=6)).date().isoformat())
    desk.look("new")
    desk.press("Go on")
    desk.press("Announce it")
    desk.shows("Announced.", "0 of 4 are paid")
    desk.look_everywhere("incentive")
    deliver()

    phone = visit("points-agent", 390).sign_in(cast.agent.user)
    phone.open("/points/chances/")
    phone.shows("First calls, done well", "held ready")
    phone.fill("First calls, done well (25 points each)", "1")
    phone.press("What would I have?")
    phone.shows("65 points", "Cinema ticket")
    phone.look_everywhere("what-if")
    begun = timezone.now()
    with transaction.atomic():
        announce(ScenarioCompleted(1, 1, cast.agent.agent.pk, first_time=True))
    deliver()
    assert Entry.objects.get(source="incentive").at - begun < timedelta(minutes=1)

    phone.open("/rewards/")
    phone.look_everywhere("rewards")
    phone.press("Ask for it")
    phone.page.locator("dialog[open], [role=dialog]").get_by_role("button", name="Ask for it").first.click()
    phone.page.wait_for_url("**/rewards/asked/**")
    phone.shows("Cinema ticket", "promised it for")
    phone.look_everywhere("asked")
    asked = phone.path

    for person, button in ((cast.manager, "Approve it"), (cast.hr, "I handed it over")):
        keeper = visit(f"points-{person.key}").sign_in(person.user)
        keeper.open("/rewards/waiting/")
        keeper.look("waiting")
        keeper.open(asked)
        keeper.press(button)
    phone.open("/points/")
    phone.shows("You have 10 points.", "delivered", "+25", "−60")
    phone.look_everywhere("points")
    assert Promise.objects.get(kind="recognition.reward").state == "kept"
