"""An incentive is funded before it is announced, pays within a minute, and is a promise until then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from floorwalker.apps.performance.events import GoalMet
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import Budget, Entry, Incentive
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.events import announce
from floorwalker.kernel.models import Notice
from tests.conformance.matrix import positions
from tests.factories.performance import make_goal
from tests.people import Cast

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
NEXT = timedelta(days=1)


def a_budget(cast: Cast, points: int = 1000, at: datetime = NOW) -> Budget:
    world = cast.world
    return services.open_budget(
        name="North One", owner_id=cast.supervisor.user.pk, site_id=world.north.pk, team_id=world.north_one.pk,
        monthly_points=points, by=cast.manager.actor, at=at,
    )  # fmt: skip


def written(cast: Cast, budget: Budget, at: datetime = NOW, **more: Any) -> Incentive:
    facts: dict[str, Any] = {
        "name": "Better together", "what": "Meet a goal of yours this week.", "occasion": "goal", "points": 20,
        "places": 3, "most_each": 1, "first_day": at.date(), "last_day": at.date() + timedelta(days=5),
    }  # fmt: skip
    return services.plan_incentive(budget_id=budget.pk, **(facts | more), by=cast.supervisor.actor, at=at)


def running(cast: Cast, budget: Budget, at: datetime = NOW, **more: Any) -> Incentive:
    found = written(cast, budget, at, **more)
    return services.announce_incentive(incentive_id=found.pk, by=cast.supervisor.actor, at=at)


def left(budget: Budget) -> int | None:
    budget.account.refresh_from_db()
    return budget.account.balance


def met(cast: Cast, goal: int = 1, measure: str = "quality") -> None:
    assert cast.agent.agent is not None
    with transaction.atomic():
        announce(GoalMet(goal, cast.agent.agent.pk, measure, 0.9, False))


def balance(cast: Cast, key: str = "agent") -> int:
    return services.balance(getattr(cast, key).agent.pk)


def paid(cast: Cast) -> int:
    """By incentives alone: a goal met earns points by itself, too."""
    found = Entry.objects.filter(agent=cast.agent.agent, source="incentive")
    return sum(found.values_list("points", flat=True))


def test_announcing_holds_the_points_promises_them_and_tells_the_team(
    cast: Cast, deliver: Callable[[], None]
) -> None:
    """The points leave the budget before anybody hears of it; said twice, they leave once."""
    budget = a_budget(cast)
    found = written(cast, budget)
    assert not queries.visible_incentives(cast.agent.actor).exists()
    assert left(budget) == 1000
    for _twice in range(2):
        services.announce_incentive(incentive_id=found.pk, by=cast.supervisor.actor, at=NOW)
    deliver()
    assert left(budget) == 940
    promise = Promise.objects.get(kind="recognition.incentive")
    assert (promise.state, promise.owner, promise.to_text) == ("open", cast.supervisor.user, "North One")
    told = set(Notice.objects.filter(kind=services.INCENTIVE_KIND).values_list("to_user", flat=True))
    assert {cast.agent.user.pk, cast.colleague.user.pk} <= told
    assert not told & {cast.other_team_agent.user.pk, cast.stranger.user.pk, cast.left.user.pk}
    assert "Better together" in cast.client(cast.agent).get(f"/incentives/{found.pk}/").content.decode()
    assert cast.client(cast.other_team_agent).get(f"/incentives/{found.pk}/").status_code == 404


def test_what_is_not_there_is_not_announced(cast: Cast) -> None:
    """59 points do not pay three times 20: refused, nothing held, nothing promised, nobody told."""
    at = timezone.now()
    budget = a_budget(cast, 59, at)
    found = written(cast, budget, at)
    answer = cast.client(cast.supervisor).post(f"/incentives/{found.pk}/announce/")
    assert answer.status_code == 409
    assert "has 59 of the 60 points this needs" in answer.content.decode()
    found.refresh_from_db()
    assert (found.state, found.held, left(budget)) == ("draft", None, 59)
    assert not Promise.objects.exists()


def test_a_goal_met_is_paid_by_the_event_and_once(cast: Cast, deliver: Callable[[], None]) -> None:
    """From the event through the wiring to the balance: within a minute, whatever is delivered twice."""
    at = timezone.now()
    found = running(cast, a_budget(cast, at=at), at)
    met(cast), met(cast)
    deliver()
    entry = Entry.objects.get(kind="award", source="incentive")
    assert entry.at - at < timedelta(minutes=1)
    assert paid(cast) == 20
    assert "Better together: Meet a goal" in cast.client(cast.agent).get("/points/").content.decode()
    met(cast, goal=2)
    deliver()
    assert paid(cast) == 20, "once for one person"
    assert queries.paid_by_agent(found) == {cast.agent.agent.pk: 1}  # type: ignore[union-attr]


def test_places_end_and_other_measures_do_not_count(cast: Cast, deliver: Callable[[], None]) -> None:
    """Two places for one person are two payments; a goal of another measure is none."""
    at = timezone.now()
    running(cast, a_budget(cast, at=at), at, places=2, most_each=2, measure="quality")
    for goal, measure in ((1, "handling"), (2, "quality"), (3, "quality"), (4, "quality")):
        met(cast, goal, measure)
    deliver()
    assert paid(cast) == 40


def test_by_hand_its_owner_names_and_finishes_and_the_promise_is_kept(cast: Cast) -> None:
    """Named is paid at once; twice a day is once; what is left goes home."""
    budget = a_budget(cast)
    found = running(cast, budget, occasion="by_hand")
    assert cast.agent.agent is not None and cast.stranger.agent is not None
    by = cast.supervisor.actor
    for _twice in range(2):
        services.name_winner(incentive_id=found.pk, agent_id=cast.agent.agent.pk, by=by, at=NOW)
    assert balance(cast) == 20
    with pytest.raises(NotFound):
        services.name_winner(incentive_id=found.pk, agent_id=cast.stranger.agent.pk, by=by, at=NOW)
    with pytest.raises(services.NoPlaceLeft):
        services.name_winner(incentive_id=found.pk, agent_id=cast.agent.agent.pk, by=by, at=NOW + NEXT)
    with pytest.raises(services.NotYourIncentive):
        services.finish_incentive(incentive_id=found.pk, by=cast.manager.actor, at=NOW)
    with pytest.raises(NotFound):
        services.finish_incentive(incentive_id=found.pk, by=cast.other_supervisor.actor, at=NOW)
    services.finish_incentive(incentive_id=found.pk, by=by, at=NOW)
    assert Promise.objects.get(kind="recognition.incentive").state == "kept"
    assert left(budget) == 980
    assert queries.drifted() == []


def test_a_promise_nobody_kept_is_broken_for_all_to_see(cast: Cast) -> None:
    """By hand, and nobody was named two days after the last day: broken, with why; the points go home."""
    budget = a_budget(cast)
    found = running(cast, budget, occasion="by_hand")
    assert services.end_incentives(NOW + timedelta(days=7)) == 0
    assert queries.waiting_for_winners(cast.supervisor.actor, NOW + timedelta(days=6)) == [found]
    assert services.end_incentives(NOW + timedelta(days=9)) == 1
    promise = Promise.objects.get(kind="recognition.incentive")
    assert (promise.state, promise.why) == ("broken", "Nobody was named who has earned it.")
    assert left(budget) == 1000


def test_one_that_pays_by_itself_ends_kept(cast: Cast) -> None:
    """A day after its last day: ended, kept, the rest returned."""
    budget = a_budget(cast)
    running(cast, budget)
    assert services.end_incentives(NOW + timedelta(days=6)) == 0
    assert services.end_incentives(NOW + timedelta(days=7, hours=12)) == 1
    assert Promise.objects.get(kind="recognition.incentive").state == "kept"
    assert left(budget) == 1000
    assert services.end_incentives(NOW + timedelta(days=8)) == 0


def test_called_off_what_was_earned_stays_and_the_team_reads_why(cast: Cast, deliver: Callable[[], None]) -> None:
    """The rest goes back; the promise is withdrawn with the reason; later events earn nothing."""
    at = timezone.now()
    budget = a_budget(cast, at=at)
    found = running(cast, budget, at)
    met(cast)
    deliver()
    why = "The goals of March change on Monday."
    cast.client(cast.supervisor).post(f"/incentives/{found.pk}/cancel/", {"why": why})
    met(cast, goal=2)
    deliver()
    assert (paid(cast), left(budget)) == (20, 980)
    assert why in cast.client(cast.colleague).get("/notices/").content.decode()
    assert Promise.objects.get(kind="recognition.incentive").state == "withdrawn"


def test_points_taken_back_after_the_end_go_home_to_the_budget(cast: Cast) -> None:
    """Held accounts of ended incentives hold nothing, whatever is corrected afterwards."""
    budget = a_budget(cast)
    found = running(cast, budget, occasion="by_hand")
    assert cast.agent.agent is not None
    by = cast.supervisor.actor
    entry = services.name_winner(incentive_id=found.pk, agent_id=cast.agent.agent.pk, by=by, at=NOW)
    services.finish_incentive(incentive_id=found.pk, by=by, at=NOW)
    services.reverse(entry=entry.pk, why="It was Anna.", by=by, at=NOW)
    assert (balance(cast), left(budget)) == (0, 1000)


def test_a_budget_is_filled_once_a_month_and_never_gathers(cast: Cast) -> None:
    """What was not given in March is not on top in April."""
    budget = a_budget(cast, 100)
    assert cast.agent.agent is not None
    for _twice in range(2):
        services.give(
            budget_id=budget.pk, agent_id=cast.agent.agent.pk, points=30, why="Stayed with a customer in need.",
            once="page", by=cast.supervisor.actor, at=NOW,
        )  # fmt: skip
    assert (balance(cast), left(budget)) == (30, 70)
    assert services.fill_all(NOW) == 0
    april = NOW + timedelta(days=30)
    assert (services.fill_all(april), services.fill_all(april)) == (1, 0)
    assert left(budget) == 100


def test_nobody_gives_beyond_their_budget_to_themselves_or_elsewhere(cast: Cast) -> None:
    """Another lead does not see it, other teams are out of its reach, an empty one says when it is filled."""
    budget = a_budget(cast, 100)
    assert cast.agent.agent is not None and cast.other_team_agent.agent is not None
    facts: dict[str, Any] = {"budget_id": budget.pk, "why": "Well done.", "at": NOW}
    agent = cast.agent.agent.pk
    with pytest.raises(NotFound):
        services.give(agent_id=agent, points=5, once="a", by=cast.other_supervisor.actor, **facts)
    with pytest.raises(services.NotYourBudget):
        services.give(agent_id=agent, points=5, once="a", by=cast.manager.actor, **facts)
    page = cast.client(cast.manager).get(f"/points/budgets/{budget.pk}/give/")
    assert page.status_code == 403
    assert f"Only {cast.supervisor.user.name} gives out of" in page.content.decode()
    with pytest.raises(NotFound):
        services.give(
            agent_id=cast.other_team_agent.agent.pk, points=5, once="b", by=cast.supervisor.actor, **facts
        )
    with pytest.raises(services.BudgetEmpty, match="filled on the first of the month"):
        services.give(agent_id=agent, points=101, once="c", by=cast.supervisor.actor, **facts)
    with pytest.raises(services.LeadsNobodyThere):
        services.open_budget(
            name="x", owner_id=cast.other_supervisor.user.pk, site_id=cast.world.north.pk,
            team_id=cast.world.north_one.pk, monthly_points=5, by=cast.manager.actor, at=NOW,
        )  # fmt: skip


def test_what_if_adds_what_can_still_be_earned(cast: Cast) -> None:
    """Three times would be 60; a form that asks for more than there is says so."""
    at = timezone.now()
    found = running(cast, a_budget(cast, at=at), at, most_each=3)
    services.offer_reward(
        name="Cinema", what="", points=50, stock=None, days=5, site_id=cast.world.north.pk, by=cast.manager.actor,
        at=at,
    )  # fmt: skip
    client = cast.client(cast.agent)
    assert "What you can earn" in client.get("/").content.decode()
    page = client.get(f"/points/chances/?incentive_{found.pk}=3").content.decode()
    assert "<strong>60 points</strong>" in page
    assert "Cinema" in page
    assert client.get(f"/points/chances/?incentive_{found.pk}=4").status_code == 422
    assert cast.agent.agent is not None
    where = next(each for each in positions(cast) if each.key == "agent")
    goal = make_goal(cast.world, where, "x")
    Goal.objects.filter(pk=goal.pk).update(state="proposed", ended_at=None, answer="")
    page = client.get(f"/points/chances/?incentive_{found.pk}=1&goal_{goal.pk}=1").content.decode()
    assert "<strong>50 points</strong>" in page, "20 for the one, 30 for the goal"
    assert balance(cast) == 0


def test_pages_of_who_gives(cast: Cast) -> None:
    """From an empty room through the form to the announcement; a manager opens the budget."""
    lead, manager = cast.client(cast.supervisor), cast.client(cast.manager)
    assert "Ask your manager" in lead.get("/incentives/new/").content.decode()
    form = {
        "name": "North One", "place": f"{cast.world.north.pk}:{cast.world.north_one.pk}",
        "owner": cast.supervisor.user.pk, "monthly_points": 500,
    }  # fmt: skip
    assert manager.post("/points/budgets/", form).status_code == 302
    budget = Budget.objects.get()
    assert "500 of 500 points left" in lead.get("/incentives/").content.decode()
    today = date.today()
    wrong = {
        "budget": budget.pk, "name": "Hats", "what": "The finest hat.", "occasion": "by_hand", "points": 10,
        "places": 1, "most_each": 2, "first_day": today, "last_day": today - NEXT,
    }  # fmt: skip
    answer = lead.post("/incentives/new/", wrong)
    assert answer.status_code == 422
    assert "The last day is before the first." in answer.content.decode()
    right = wrong | {"most_each": 1, "last_day": today + NEXT}
    address = lead.post("/incentives/new/", right).headers["Location"]
    assert lead.post(f"{address}announce/").status_code == 302
    assert cast.agent.agent is not None
    assert lead.post(f"{address}winner/", {"agent": cast.agent.agent.pk}).status_code == 302
    assert "Paid so far" in lead.get(address).content.decode()
    assert "Paid so far" not in cast.client(cast.agent).get(address).content.decode()
    give = {"agent": cast.agent.agent.pk, "points": 7, "why": "Helped at the desk.", "once": "x"}
    for _twice in range(2):
        assert lead.post(f"/points/budgets/{budget.pk}/give/", give).status_code == 302
    assert balance(cast) == 17


def test_who_booked_a_gift_wrongly_takes_it_back_on_the_page(cast: Cast) -> None:
    """The page lists one's own gifts of the day; one goes back to its budget, and the agent reads why."""
    at = timezone.now()
    budget = a_budget(cast, at=at)
    before = left(budget)
    assert cast.agent.agent is not None
    who, gift = cast.agent.agent, {"points": 15, "why": "You stayed for the last caller.", "once": "slip"}
    entry = services.give(budget_id=budget.pk, agent_id=who.pk, **gift, by=cast.supervisor.actor, at=at)
    browser = cast.client(cast.supervisor)
    assert "You stayed for the last caller." in browser.get("/incentives/").content.decode()
    assert "You stayed for" not in cast.client(cast.manager).get("/incentives/").content.decode()
    address = f"/points/given/{entry.pk}/take-back/"
    assert browser.post(address, {"why": ""}).status_code == 422
    assert cast.client(cast.other_supervisor).post(address, {"why": "Mine now."}).status_code == 404
    assert browser.post(address, {"why": "It was the colleague beside you."}).status_code == 302
    assert (balance(cast), left(budget)) == (0, before)
    assert "the colleague beside you" in cast.client(cast.agent).get("/notices/").content.decode()
    assert "You stayed for" not in browser.get("/incentives/").content.decode()
