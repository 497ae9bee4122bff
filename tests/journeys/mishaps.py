"""Days on which something goes wrong, step by step: walked on made-up people and on a sample alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts import services as accounts
from floorwalker.apps.accounts.models import User
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent, Site
from floorwalker.apps.schedules.models import Shift
from floorwalker.kernel.access import SYSTEM
from tests.factories import schedules as make
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor

BEFORE = datetime(2026, 1, 5, 9, tzinfo=UTC)
# Monday, Sunday, and what New York reads: a shift of that Sunday, one of the night to it; that night at its site.
CLOCK_CHANGES = [
    # New York is four hours behind until the clocks of London go forward at one in the morning.
    (date(2026, 3, 23), date(2026, 3, 29), "04:00 – 12:30", "18:00 – 02:30", "22:00–07:30"),
    # London goes back an hour a week before New York does.
    (date(2026, 10, 19), date(2026, 10, 25), "05:00 – 13:30", "17:00 – 01:30", "22:00–05:30"),
]


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def page_of(shift: Shift) -> str:
    return reverse("schedules:shift", args=[shift.week.site_id, shift.week.first_day, shift.identity])


def alive(shift: Shift) -> Shift:
    """The version of a shift that is in force."""
    return Shift.objects.select_related("week").get(identity=shift.identity, until=None, cancelled=False)


def two_at_once(first: Visitor, second: Visitor, shift: Shift, to: int, then: int) -> None:
    """Both open one shift; who saves later is told, sees the fresh state, and decides anew."""
    first.open(page_of(shift))
    second.open(page_of(shift))
    first.fill("Starts", clock(to))
    first.press("Save the change")
    first.shows("Changed.")
    second.fill("Starts", clock(then))
    second.press("Save the change")
    second.shows("Not done", clock(to))
    assert second.field("Starts").input_value() == clock(to), "the form shows how it stands now"
    assert alive(shift).wall_minute == to
    second.look_everywhere("told")
    second.fill("Starts", clock(then))
    second.press("Save the change")
    second.shows("Changed.")
    assert alive(shift).wall_minute == then


def revoked_in_the_middle(visitor: Visitor, user: User, shift: Shift, to: int) -> None:
    """Saving leads to the sign-in page; after it the shift is as it was, and the person sees that."""
    before = shift.wall_minute
    visitor.open(page_of(shift))
    visitor.fill("Starts", clock(to))
    # The page looks at the change once the field is left; answered later, that would lead to the sign-in itself.
    with visitor.page.expect_response(lambda answer: answer.request.method == "POST"):
        visitor.field("Starts").press("Tab")
    accounts.close_all_sessions(user=user, by=SYSTEM, why="a lost laptop", at=timezone.now())
    visitor.press("Save the change")
    visitor.page.wait_for_url("**/sign-in/**")
    visitor.shows("what you sent was not saved")
    visitor.look_everywhere("sign-in")
    assert alive(shift).wall_minute == before
    visitor.sign_in(user)
    visitor.open(page_of(shift))
    assert visitor.field("Starts").input_value() == clock(before)
    assert alive(shift).wall_minute == before


def clock_change(
    visit: Visit, site: Site, two: tuple[Agent, Agent], planner: User, change: tuple[date, date, str, str, str]
) -> None:
    """A shift of a site's Sunday and one in the night to it, read in New York; the site's board says its own."""
    monday, sunday, day_shift, night_shift, night_there = change
    by_day, by_night = two
    week = make.a_week(site, monday)
    stints = [make.a_stint(week, by_day, 6, "09:00"), make.a_stint(week, by_night, 5, "22:00")]
    make.published(week, stints, BEFORE)
    name = f"zone-{sunday.isoformat()}"
    for key, agent, hours in (("agent", by_day, day_shift), ("colleague", by_night, night_shift)):
        (shift,) = [each for each in make.live(agent) if each.week_id == week.pk]
        assert shift.period.upper - shift.period.lower == timedelta(hours=8, minutes=30), "in hours that pass"
        assert agent.user is not None
        agent.user.zone = "America/New_York"
        agent.user.save()
        phone = visit(f"{name}-{key}", 390).sign_in(agent.user)
        phone.open(f"/schedules/mine/day/{monday.isoformat()}/")
        phone.shows(hours, "Times are those of America/New_York")
        phone.look_everywhere("my-schedule")
    phone.shows("8 hours paid this week")  # eight and a half, less the meal, whatever the site's clocks do
    desk = visit(f"{name}-planner").sign_in(planner)
    desk.open(f"/schedules/{site.pk}/{monday.isoformat()}/")
    desk.shows("09:00–17:30", night_there, f"Times of {site.zone}")
    desk.look_everywhere("board")


def a_clash(planner: Visitor, site: Site, monday: date, agent: Agent, behind: object) -> None:
    """Forty hours on two days cannot be; the person, the rule and the cheapest repair are on the page."""
    agent.least_hours, agent.most_days = 40, 2
    agent.save()
    planner.open(reverse("schedules:board", args=[site.pk, monday]))
    planner.follow("Make a roster")
    planner.page.get_by_label("Quick").check()
    planner.press("Make the roster")
    planner.shows("It is being made")
    assert callable(behind)
    behind()
    planner.open(planner.path)
    said = (f"{agent.name} is to work", f"Cheapest way out: for {agent.name}:")
    planner.shows("What cannot be had together", *said)
    planner.look_everywhere("clash")


def own_queues_only(
    viewer: Visitor, own: Queue, others: Iterable[Queue], more: Iterable[str], hidden: list[str]
) -> None:
    """From home to the queues; names and addresses of other clients and of people are not there."""
    viewer.look_everywhere("home")
    viewer.page.get_by_role("link", name="Demand").first.click()
    viewer.page.wait_for_url("**/demand/")
    viewer.shows(own.name)
    viewer.hides(*hidden)
    viewer.look_everywhere("queues")
    viewer.follow(own.name)
    viewer.shows(own.name)
    viewer.hides(*hidden)
    viewer.look("forecast")
    pages = ("demand:forecast", "demand:forecast_csv", "demand:history")
    for path in (*(reverse(page, args=[other.pk]) for other in others for page in pages), *more):
        assert viewer.open(path) == 404, path
        viewer.hides(*hidden)
    viewer.look("not-there")
