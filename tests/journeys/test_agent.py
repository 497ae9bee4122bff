"""An agent and their week, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.request import urlopen

from django.utils import timezone

from floorwalker.apps.schedules.models import LastLook
from floorwalker.kernel.models import Notice
from tests.journeys.conftest import Visit
from tests.journeys.plans import planned
from tests.journeys.visitor import Visitor
from tests.people import Cast


def test_an_agent_asks_for_a_change_and_gets_it(
    visit: Visit, cast: Cast, monday: date, deliver: Callable[[], None]
) -> None:
    """From the shift to the schedule, the calendar and the notice; the supervisor agrees in between."""
    plan = planned(cast, monday)
    deliver()
    phone = visit("agent", 390).sign_in(cast.agent.user)
    phone.page.get_by_role("link", name="My schedule").first.click()
    phone.page.wait_for_url("**/schedules/mine/**")
    phone.shows("My schedule", "09:00 – 17:30", "North")
    phone.look_everywhere("my-schedule")

    feed = calendar_address(phone)
    phone.look("calendar-address")
    assert "T100000" not in calendar(feed)

    phone.open(f"/schedules/mine/day/{monday.isoformat()}/")
    phone.follow("Ask for a change")
    phone.page.get_by_label("other hours", exact=True).check()
    phone.fill("Starts", "11:00")
    phone.fill("Ends", "19:30")
    phone.fill("In your words", "The school opens late.")
    phone.look("ask")
    phone.press("Ask")
    phone.shows("Open: supervisor or planner answers", "The school opens late.")
    phone.look("asked")
    asked = phone.path
    deliver()

    desk = visit("agent-supervisor").sign_in(cast.supervisor.user)
    desk.open("/schedules/changes/")
    desk.look("requests")
    desk.follow("other hours")
    desk.shows("The school opens late.", "If it is agreed")
    desk.look_everywhere("request")
    desk.press("Agree")
    desk.shows("Agreed and done")
    deliver()

    LastLook.objects.update(at=timezone.now() - timedelta(hours=1))  # within ten minutes it is the same look
    phone.open(asked)
    phone.shows("Agreed and done")
    phone.open(f"/schedules/mine/day/{monday.isoformat()}/")
    phone.shows("11:00 – 19:30", "new since you last looked")
    phone.look("changed")
    starts = re.findall(r"DTSTART[^:]*:(\d{8}T\d{4})", calendar(feed))
    shift = plan.shift(cast.agent.agent)
    assert f"{shift.period.lower:%Y%m%dT%H%M}" in starts, starts
    assert shift.wall_minute == 660

    phone.open("/notices/")
    phone.look_everywhere("notices")
    assert Notice.objects.filter(to_user=cast.agent.user.pk).count() >= 2
    assert not phone.page.get_by_text("Nothing new").count()


def calendar_address(phone: Visitor) -> str:
    """A calendar is off until asked for; its address is shown once."""
    phone.follow("Put it into my calendar")
    phone.fill("For which device or calendar", "my phone")
    phone.press("Give me an address")
    return str(phone.page.locator("#address").input_value())


def calendar(address: str) -> str:
    """What a calendar program reads there."""
    with urlopen(address) as answer:
        return str(answer.read().decode())
