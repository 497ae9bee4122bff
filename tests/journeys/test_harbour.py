"""The planner's side of *harbour*: what its week is made of, argued with, changed, published, and asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from floorwalker.apps.accounts.models import User
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import Publication, Shift, Week
from floorwalker.project.sample import cast as sample_cast
from tests.journeys.conftest import Visit
from tests.journeys.planning import expected
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.prove  # making a sample takes longer than a test may
LATE, NOON = 19 * 60 + 30, 13 * 60


def test_the_planner_of_harbour_argues_changes_publishes_and_answers_a_wish(
    visit: Visit, week: Week, behind: Callable[[], None]
) -> None:
    """Forecast, required staff, roster, publication; an agent reads it on a phone and gets a change."""
    monday = week.first_day
    planner = visit("harbour-planner").sign_in(User.objects.get(email=sample_cast.email_of("Pia Lindholm")))
    planner.look_everywhere("home")
    queue = Queue.objects.filter(site=week.site).order_by("pk")[0]

    # The forecast, argued with.
    planner.open(f"/demand/queues/{queue.pk}/forecast/")
    planner.shows("Every method tried on the past", "The week in words")
    planner.look_everywhere("forecast")
    before = expected(planner, queue, monday)
    planner.open(f"/demand/queues/{queue.pk}/forecast/")
    planner.page.get_by_text("Change what is expected").click()
    for label, text in (("From", monday.isoformat()), ("at", "10:00"), ("until", "12:00"), ("Value", "1.5")):
        planner.fill(label, text)
    planner.page.locator("form[action$='/override/']").get_by_label("Why").fill("A letter goes to every customer")
    planner.press("Change it")
    planner.shows("A letter goes to every customer")
    assert expected(planner, queue, monday) > before
    behind()

    # Required staff, with the reasons of a number.
    planner.open(f"/staff/?queue={queue.pk}&week={monday.isoformat()}")
    planner.look_everywhere("required")
    planner.page.locator(".capacity-grid a").first.click()
    planner.page.locator("#why table.capacity-parts").wait_for()
    planner.shows("Work", "Whole people")
    planner.look_everywhere("why-so-many")

    # The roster: a change that breaks a rule is told, another is made, and all is published.
    agent, late = somebody_who_works_on(week)
    planner.open(reverse("schedules:board", args=[week.site_id, monday]))
    planner.shows(f"Version {week.number}, published by")
    planner.look_everywhere("roster")
    planner.press("Begin a draft")
    draft = planner.path.partition("?")[2]
    planner.open(f"{reverse('schedules:shift', args=[week.site_id, monday, late.identity])}?{draft}")
    tried(planner, LATE).get_by_text("Against a rule").first.wait_for()
    planner.look_everywhere("against-a-rule")
    planner.press("Save the change")
    planner.shows("Not done", "rest")
    planner.look("not-done")
    start = fine_start(planner, late)
    planner.press("Save the change")
    planner.shows("Changed.")
    planner.follow("Compare and publish")
    planner.shows(agent.name, "1 person is touched.")
    planner.look_everywhere("compare")
    planner.press("Publish and tell everybody touched")
    planner.shows(f"Version {week.number + 1}, published by Pia Lindholm")
    behind()
    assert Publication.objects.filter(week=week).count() == week.number + 1

    # On the phone of who is touched; a wish, and its answer.
    assert agent.user is not None
    phone = visit("harbour-agent", 390).sign_in(agent.user)
    phone.open(f"/schedules/mine/day/{monday.isoformat()}/")
    phone.shows(f"{start // 60:02}:{start % 60:02} – ")
    phone.look_everywhere("my-schedule")
    shift = Shift.objects.get(agent=agent, day=late.day, until=None, cancelled=False)
    phone.open(reverse("schedules:ask", args=[shift.pk]))
    phone.page.get_by_label("give the shift up", exact=True).check()
    phone.fill("In your words", "My brother marries.")
    phone.press("Ask")
    phone.shows("Open: supervisor or planner answers", "My brother marries.")
    asked = phone.path
    phone.look_everywhere("asked")
    behind()
    planner.open(asked)
    planner.shows("My brother marries.", "If it is agreed")
    planner.look_everywhere("wish")
    planner.press("Agree")
    planner.shows("Agreed and done")
    behind()
    phone.open(asked)
    phone.shows("Agreed and done")
    phone.look_everywhere("agreed")
    assert not Shift.objects.filter(agent=agent, day=late.day, until=None, cancelled=False).exists()


def somebody_who_works_on(week: Week) -> tuple[Agent, Shift]:
    """An employee with a shift early in the week, and one on the next day that begins by noon."""
    live = Shift.objects.filter(week=week, until=None, cancelled=False)
    next_day = live.filter(agent=OuterRef("agent"), day=OuterRef("day") + timedelta(days=1), wall_minute__lte=NOON)
    found = (
        live.filter(agent__engagement="employee", agent__user__isnull=False, wall_minute__lte=NOON)
        .annotate(then=Subquery(next_day.values("pk")[:1]))
        .exclude(then=None)
        .select_related("agent__user")
        .order_by(F("day"), "agent__name")
    )
    shift = found[0]
    assert shift.agent is not None
    return shift.agent, shift


def tried(planner: Visitor, minute: int) -> Visitor:
    """A start typed into the form of a shift; what is then said of it."""
    planner.fill("Starts", f"{minute // 60:02}:{minute % 60:02}")
    with planner.page.expect_response(lambda answer: answer.request.method == "POST"):
        planner.page.get_by_label("Starts", exact=True).press("Tab")
    return planner.page.locator("#preview")


def fine_start(planner: Visitor, shift: Shift) -> int:
    """The nearest other start that breaks no rule, left in the form."""
    for minutes in (30, -30, 60, -60, 90, -90, 120, -120):
        said = tried(planner, shift.wall_minute + minutes)
        said.locator(".ui-callout, .callout, [role=note], p").first.wait_for()
        planner.page.wait_for_timeout(200)
        if not said.get_by_text("Against a rule").count():
            return shift.wall_minute + minutes
    raise AssertionError("every other start breaks a rule")
