"""Days of *harbour* that do not go by the book, on its own people, week and queues; the centre is made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.demand.models import Queue
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules.models import Shift, Week
from floorwalker.kernel.roles import Role, Scope
from floorwalker.project.sample import cast as sample_cast
from tests.journeys import mishaps
from tests.journeys.conftest import Visit
from tests.journeys.planning import bad_rows_and_good, history, the_clients_own
from tests.journeys.test_harbour import LATE, fine_start, somebody_who_works_on, tried
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.prove  # making a sample takes longer than a test may


def test_the_days_of_harbour_that_do_not_go_by_the_book(
    visit: Visit, week: Week, behind: Callable[[], None], tmp_path: Path
) -> None:
    """A supervisor's edit, two at once, a session revoked, a client's view and forecast, a file with bad rows, a
    roster that cannot be, and a week of a clock change read elsewhere."""
    pia = User.objects.get(email=sample_cast.email_of("Pia Lindholm"))
    planner = visit("harbour-days-planner").sign_in(pia)
    queue = Queue.objects.filter(site=week.site).select_related("client").order_by("pk")[0]
    agent, shift = somebody_who_works_on(week)

    the_supervisor_changes_a_shift(visit, agent, shift, behind)
    shift = mishaps.alive(shift)
    second = sample_cast.person("Ines Duarte", [(Role.PLANNER, Scope.ALL, None)], pia.zone, timezone.now())
    planner.open(mishaps.page_of(shift))
    to = fine_start(planner, shift)
    other = visit("harbour-days-second", 390).sign_in(second)
    mishaps.two_at_once(planner, other, shift, to, shift.wall_minute)
    mishaps.revoked_in_the_middle(
        visit("harbour-days-revoked", 820).sign_in(second), second, mishaps.alive(shift), to
    )
    the_client_sees_their_queues(visit, agent, shift)
    the_clients_own(planner, queue, week.first_day, 3100)

    planner.open("/")
    history(tmp_path / "history.csv", week.first_day)
    assert queue.client is not None
    bad_rows_and_good(
        planner, tmp_path / "history.csv", week.site.zone, (queue.client.name, week.site.name), behind
    )

    mishaps.a_clash(planner, week.site, week.first_day, somebody_of_full_time(week, agent), behind)
    planner.follow("Look at the draft")
    planner.shows("Compare and publish")
    (change, _autumn) = mishaps.CLOCK_CHANGES
    mishaps.clock_change(visit, week.site, two_who_were_there(week, change[0]), pia, change)


def the_supervisor_changes_a_shift(visit: Visit, agent: Agent, shift: Shift, behind: Callable[[], None]) -> None:
    """A breach is said while typing and refused; another start is saved, and the agent reads of it."""
    held = RoleHeld.objects.filter(role=Role.SUPERVISOR, scope=Scope.TEAM, scope_id=agent.team_id).first()
    assert held is not None, agent.name
    lead = visit("harbour-days-supervisor").sign_in(held.user)
    lead.open(mishaps.page_of(shift))
    tried(lead, LATE).get_by_text("Against a rule").first.wait_for()
    lead.look_everywhere("told-before-saving")
    lead.press("Save the change")
    lead.shows("Not done", "rest")
    assert mishaps.alive(shift).wall_minute == shift.wall_minute, "a hard rule is not broken by a supervisor"
    start = fine_start(lead, shift)
    lead.press("Save the change")
    lead.shows("Changed.")
    assert mishaps.alive(shift).wall_minute == start
    behind()
    assert agent.user is not None
    phone: Visitor = visit("harbour-days-agent", 390).sign_in(agent.user)
    phone.open(reverse("kernel:notices"))
    phone.look_everywhere("told-of-the-change")
    phone.open(f"/schedules/mine/day/{shift.week.first_day.isoformat()}/")
    phone.shows(f"{mishaps.clock(start)} – ")
    phone.look("my-schedule")


def the_client_sees_their_queues(visit: Visit, agent: Agent, shift: Shift) -> None:
    held = RoleHeld.objects.filter(role=Role.CLIENT_VIEWER).select_related("user").order_by("pk").first()
    assert held is not None
    queues = Queue.objects.select_related("client").order_by("pk")
    own = [each for each in queues if each.client_id == held.scope_id]
    others = [each for each in queues if each.client_id != held.scope_id]
    assert own and others, [(each.name, each.client_id) for each in queues]
    viewer = visit("harbour-days-client").sign_in(held.user)
    agents = (reverse("people:agents"), reverse("people:agent", args=[agent.pk]), mishaps.page_of(shift))
    mishaps.own_queues_only(viewer, own[0], others, agents, [*(each.name for each in others), agent.name])


def somebody_of_full_time(week: Week, but: Agent) -> Agent:
    """Somebody else of the week whose contract has room for forty hours."""
    there = Shift.objects.filter(week=week, until=None, cancelled=False).values("agent")
    return Agent.objects.filter(pk__in=there, engagement="employee", most_hours__gte=40).exclude(pk=but.pk)[0]


def two_who_were_there(week: Week, on: date) -> tuple[Agent, Agent]:
    """Two who can work at any hour, had joined by a day, and stand on the first page of the site's board."""
    employed = Agent.objects.filter(team__site=week.site, engagement="employee", user__isnull=False)
    rows = employed.filter(started_on__lt=on, left_on=None, available="").select_related("user")
    first, second = rows.order_by("team__name", "name", "number")[:2]
    return first, second
