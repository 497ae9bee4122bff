"""S33, S34: time off the phones a site plans, and the training that who is new is owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine

from floorwalker.apps.offphone import queries, services
from floorwalker.apps.offphone.models import Budget, Session
from floorwalker.apps.offphone.rules import Plan, in_parts, share_of_paid_time
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.schedules.queries.shifts import draft_stints, live_stints
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.apps.schedules.services import change_draft
from floorwalker.apps.schedules.services.refusals import BreaksRules
from tests.factories import schedules as make
from tests.people import NOW, Cast

MONDAY = date(2026, 3, 2)  # NOW is the Wednesday after
NEXT = MONDAY + timedelta(days=7)
WEEK = timedelta(days=7)


def begins(cast: Cast, day: date) -> Agent:
    """The agent is as new as that; everybody else has been here for years."""
    agent = cast.agent.agent
    assert agent is not None
    Agent.objects.exclude(pk=agent.pk).update(started_on=date(2020, 1, 6))
    Agent.objects.filter(pk=agent.pk).update(started_on=day)
    agent.refresh_from_db()
    return agent


def budget(cast: Cast, minutes: int = 60, weeks: int = 4, training: int = 150) -> Budget:
    said = {"minutes": minutes, "first_weeks": weeks, "first_minutes": training}
    return services.set_budget(site_id=cast.world.north.pk, **said, by=cast.planner.actor, at=NOW)


def owed() -> list[tuple[int, str, date]]:
    """Minutes, state and the Monday on which they are due, of the training of first weeks."""
    rows = Session.objects.filter(once__startswith=queries.FIRST_WEEKS).order_by("due", "pk")
    return [(each.minutes, each.state, each.due.date()) for each in rows if each.due]


def test_a_week_is_one_of_the_first_from_the_one_they_begin_in() -> None:
    """Whatever day of the week that is; the plan holds both kinds of minutes."""
    plan = Plan(60, 3, 240)
    friday = date(2026, 3, 6)
    mondays = [MONDAY + n * WEEK for n in range(-1, 4)]
    assert [plan.training(friday, monday) for monday in mondays] == [0, 240, 240, 240, 0]
    assert [plan.planned(friday, monday) for monday in mondays] == [60, 300, 300, 300, 60]


def test_the_share_is_minutes_planned_of_minutes_paid() -> None:
    """By hand: two people of 40 and 20 hours, an hour each and four for the new one, are 6 of 60 hours."""
    people = [(date(2020, 1, 6), 40.0), (MONDAY, 20.0)]
    assert share_of_paid_time(Plan(60, 1, 240), people, MONDAY) == pytest.approx(6 / 60)
    assert share_of_paid_time(Plan(60, 1, 240), [], MONDAY) == 0
    assert share_of_paid_time(Plan(600), [(MONDAY, 1.0)], MONDAY) == 0.5


@pytest.mark.parametrize(("minutes", "parts"), [(5, [5]), (120, [120]), (125, [65, 60]), (480, [120] * 4)])
def test_training_is_cut_into_sessions_of_two_hours_at_most(minutes: int, parts: list[int]) -> None:
    """In steps of five minutes, and none is lost."""
    assert in_parts(minutes) == parts
    assert all(sum(in_parts(each)) == each and max(in_parts(each)) <= 120 for each in range(5, 2405, 5))


def test_who_is_new_is_owed_training_from_the_next_week_on(cast: Cast) -> None:
    """By who leads them, as a promise; what was said on a Wednesday owes nobody the days before it."""
    agent = begins(cast, date(2026, 2, 23))
    budget(cast)
    assert owed() == [(75, "owed", NEXT + WEEK)] * 2
    assert set(Session.objects.values_list("agent", "owner", "kind")) == {
        (agent.pk, cast.supervisor.user.pk, "training")
    }
    assert Promise.objects.filter(owner=cast.supervisor.user, state="open").count() == 2
    services.see_to_training(at=NOW + timedelta(days=1))
    assert len(owed()) == 2, "asked again nothing is owed twice"
    services.see_to_training(at=NOW + WEEK)
    assert len(owed()) == 4
    services.see_to_training(at=NOW + 2 * WEEK)
    assert len(owed()) == 4, "the weeks they are new are over"


def test_who_begins_later_is_owed_their_first_week(cast: Cast) -> None:
    """Also when it begins on a Thursday."""
    begins(cast, MONDAY + timedelta(days=3))
    budget(cast)
    assert owed() == [(75, "owed", NEXT)] * 2 + [(75, "owed", NEXT + WEEK)] * 2


def test_contractors_and_who_has_left_are_owed_none(cast: Cast) -> None:
    """W-06: nobody assigns a contractor time."""
    agent = begins(cast, MONDAY)
    Agent.objects.filter(pk=agent.pk).update(engagement=Agent.Engagement.CONTRACTOR)
    budget(cast)
    assert owed() == []
    left = {"left_on": date(2026, 3, 3), "leaving_reason": cast.world.reason}
    Agent.objects.filter(pk=agent.pk).update(engagement=Agent.Engagement.EMPLOYEE, **left)
    services.see_to_training(at=NOW)
    assert owed() == []


def test_less_planned_falls_away_with_the_promise(cast: Cast) -> None:
    """In weeks to come; what is owed for this week stays owed."""
    begins(cast, MONDAY + timedelta(days=3))
    budget(cast)
    budget(cast, training=60)
    assert [each for each in owed() if each[1] == "owed"] == [(75, "owed", NEXT)] * 2 + [(75, "owed", NEXT + WEEK)]
    budget(cast, weeks=0, training=0)
    assert [each for each in owed() if each[1] == "owed"] == [(75, "owed", NEXT)] * 2
    assert Promise.objects.filter(state="withdrawn").count() == 2


def test_it_has_its_time_once_the_week_is_published(cast: Cast, deliver: Callable[[], None]) -> None:
    """Within shifts, by the event of publication; an edit that would take the time away asks for a reason."""
    agent = begins(cast, MONDAY)
    budget(cast)
    week = make.a_week(cast.world.north, NEXT)
    make.published(week, make.working_days(week, [agent]), NOW)
    with time_machine.travel(NOW, tick=False):
        deliver()
    placed = Session.objects.filter(state="placed", once__startswith=queries.FIRST_WEEKS)
    assert placed.count() == 2
    days = {each.lower.date() for each in placed.values_list("period", flat=True)}
    assert len(days) == 2, "one a day, where there are days enough"
    first = placed.order_by("period").first()
    assert first is not None and first.period is not None
    found = queries.training_of([agent.pk], NEXT)[agent.pk]
    assert found.minutes == 150 and found.periods[0] == (first.period.lower, first.period.upper)
    week.refresh_from_db()
    draft = make.a_draft(week, live_stints(week), NOW)
    day = next(each for each in draft_stints(draft.pk) if each.start <= first.period.lower < each.end)
    step = Step("delete", day.identity, day.version)
    with pytest.raises(BreaksRules, match="would lose its time"):
        change_draft(draft_id=draft.pk, step=step, by=cast.planner.actor, at=NOW)
    why = {"override": True, "why": "The trainer is ill."}
    change_draft(draft_id=draft.pk, step=step, by=cast.planner.actor, at=NOW, **why)  # type: ignore[arg-type]


def test_the_budget_stands_beside_what_is_owed(cast: Cast) -> None:
    """Planned, with a time, without one, and what is left; late minutes count this week."""
    begins(cast, MONDAY)
    kept = budget(cast, minutes=30, weeks=1, training=60)
    site = cast.world.north
    people = Agent.objects.filter(team__site=site, left_on=None, engagement="employee").count()
    services.owe(
        agent_id=cast.colleague.agent.pk,  # type: ignore[union-attr]
        minutes=45,
        kind="feedback",
        reason="Listening together",
        due=NOW - timedelta(days=9),
        by=cast.supervisor.actor,
        at=NOW - timedelta(days=20),
    )
    now, then, *_ = queries.budget_weeks(site, queries.plan_of(kept), NOW)
    assert (now.people, now.planned, now.for_new, now.waiting) == (people, 30 * people + 60, 60, 45)
    assert now.left == now.planned - 45
    assert (then.planned, then.for_new, then.waiting) == (30 * people, 0, 0)


def test_a_planner_sets_it_on_a_page_and_reads_what_it_means(cast: Cast) -> None:
    """Both halves of training or neither; who only leads has no such page."""
    browser, path = cast.client(cast.planner), f"/time/budgets/{cast.world.north.pk}/"
    assert "Nothing is planned" in browser.get(path).content.decode()
    wrong = browser.post(path, {"minutes": "30", "first_weeks": "3", "first_minutes": "0"})
    assert wrong.status_code == 422 and "needs both" in wrong.content.decode()
    wrong = browser.post(path, {"minutes": "33", "first_weeks": "0", "first_minutes": "0"})
    assert wrong.status_code == 422 and "multiple of step size 5" in wrong.content.decode()
    assert not Budget.objects.exists()
    assert browser.post(path, {"minutes": "60", "first_weeks": "3", "first_minutes": "240"}).status_code == 302
    assert "of paid time this week" in browser.get(path).content.decode()
    assert str(cast.world.north) in browser.get("/time/").content.decode()
    assert cast.client(cast.supervisor).get(path).status_code == 404
    assert cast.client(cast.site_planner).get(f"/time/budgets/{cast.world.south.pk}/").status_code == 404


def test_a_program_reads_and_sets_the_same(cast: Cast) -> None:
    """With the weeks; half of a training is refused by its code, and a field that is none by its name."""
    browser, path = cast.client(cast.planner), f"/api/v1/sites/{cast.world.north.pk}/offphone-budget"
    read = browser.get(path).json()
    assert (read["minutes"], read["share"], len(read["weeks"])) == (0, 0.0, 4)
    said = {"minutes": 60, "first_weeks": 4, "first_minutes": 120}
    assert browser.put(path, said, content_type="application/json").json()["first_minutes"] == 120
    read = browser.get(path).json()
    assert read["share"] > 0 and read["weeks"][1]["planned"] >= 60 * read["weeks"][1]["people"]
    half = browser.put(path, {**said, "first_minutes": 0}, content_type="application/json")
    assert (half.status_code, half.json()["code"]) == (422, "offphone_training_without_weeks")
    assert browser.put(path, {**said, "hours": 1}, content_type="application/json").status_code == 400
    assert cast.client(cast.supervisor).get(path).status_code == 404
