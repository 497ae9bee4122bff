"""Goals at their doors: proposed, agreed by both, met or missed when their days are over, raised."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from floorwalker.apps.performance import services
from floorwalker.apps.performance.models import Goal, PersonalBest
from floorwalker.apps.performance.rules.facts import Told
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.models import Entry, Notice
from tests.people import Cast, Person

DAY = timedelta(days=1)


def now() -> datetime:
    return timezone.now()


def today() -> date:
    return now().date()


def measured(
    person: Person, measure: str, level: float, spread: float, first: date, days: int, at: datetime | None = None
) -> None:
    """A figure a day from a first on."""
    assert person.agent is not None
    chance = random.Random(f"{measure}{first}{level}")
    facts = [
        Told(
            person.agent.pk,
            first + n * DAY,
            measure,
            level + chance.gauss(0, spread),
            3.0,
            f"{measure}:{first + n * DAY}",
        )
        for n in range(days)
    ]
    services.tell_days(facts=facts, source="test", by=SYSTEM, at=at or now())


def with_past(person: Person) -> None:
    """Four weeks of quality around 80 and of speed around 6 an hour."""
    measured(person, "quality_score", 80, 4, today() - 28 * DAY, 28)
    measured(person, "contacts_per_hour", 6, 0.5, today() - 28 * DAY, 28)


def proposed(by: Person, person: Person, **more: Any) -> Goal:
    assert person.agent is not None
    values: dict[str, Any] = {"measure": "quality_score", "target": 82.0, "last_day": today() + 28 * DAY} | more
    return services.propose(agent_id=person.agent.pk, **values, by=by.actor, at=now())


def agreed(cast: Cast, **more: Any) -> Goal:
    goal = proposed(cast.supervisor, cast.agent, **more)
    return services.agree(goal_id=goal.pk, version=goal.version, by=cast.agent.actor, at=now())


def after(goal: Goal) -> datetime:
    return now() + (goal.last_day - today() + DAY)


def test_the_whole_way_by_the_pages(cast: Cast) -> None:
    """The lead proposes with support, the agent agrees, the support is given, it is met, a best, and raised."""
    with_past(cast.agent)
    lead, agent, pk = cast.client(cast.supervisor), cast.client(cast.agent), cast.agent.agent.pk  # type: ignore[union-attr]
    choice = lead.get(f"/numbers/goals/new/{pk}/").content.decode()
    assert "If everything goes on as it did" in choice
    form = {
        "target": "82",
        "last_day": (today() + 28 * DAY).isoformat(),
        "support": "An hour beside you",
        "words": "You said you wanted it",
    }
    answer = lead.post(f"/numbers/goals/new/{pk}/quality_score/", form)
    assert answer.status_code == 302
    goal = Goal.objects.get()
    assert goal.state == "proposed" and 79 < goal.baseline_mean < 81 and 0 < goal.probability < 0.5
    assert Notice.objects.filter(to_user=cast.agent.user.pk, kind="performance.goal").count() == 1
    assert not Promise.objects.exists()  # nothing is owed for what is not agreed

    page = agent.get(answer["Location"]).content.decode()
    assert "An hour beside you" in page and "it would have come by itself in" in page
    agent.post(f"/numbers/goals/{goal.pk}/agree/", {"version": goal.version})
    goal.refresh_from_db()
    assert goal.state == "agreed" and goal.first_day == today() + DAY
    promise = Promise.objects.get()
    assert (promise.owner_id, promise.to_user_id, promise.what) == (
        cast.supervisor.user.pk,
        cast.agent.user.pk,
        "Support for a goal",
    )
    agent.post(f"/numbers/goals/{goal.pk}/support/")
    promise.refresh_from_db()
    assert promise.state == "kept"

    assert goal.first_day is not None
    later = after(goal)
    measured(cast.agent, "quality_score", 84, 3, goal.first_day, 20, later)
    assert services.judge_due(later) == 1 and services.judge_due(later) == 0
    goal.refresh_from_db()
    assert goal.state == "met" and goal.result_days == 20
    assert PersonalBest.objects.get().value == goal.result_mean
    for person in (cast.agent, cast.supervisor):
        once = f"performance.goal:{goal.pk}:{goal.version}:{person.user.pk}"
        assert Notice.objects.filter(to_user=person.user.pk, once=once).exists()
    page = agent.get(f"/numbers/goals/{goal.pk}/").content.decode()
    assert "A personal best" in page and "Raise it" in page
    raised = services.propose(
        agent_id=pk,
        measure="quality_score",
        target=86.0,
        last_day=later.date() + 28 * DAY,
        raised_from_id=goal.pk,
        by=cast.agent.actor,
        at=later,
    )
    assert raised.raised_from_id == goal.pk
    page = agent.get(f"/numbers/goals/{goal.pk}/").content.decode()
    assert "Raised to the next goal" in page and "Raise it" not in page
    assert "1 proposal waits for your answer" in lead.get("/numbers/goals/").content.decode()
    verbs = set(Entry.objects.filter(about_kind="performance.goal").values_list("verb", flat=True))
    assert {"performance.goal_proposed", "performance.goal_agreed", "performance.goal_met"} <= verbs


def test_speed_is_refused_alone_by_rule_and_by_table(cast: Cast) -> None:
    """S99: whoever asks, by page, API or behind the suite's back."""
    with_past(cast.agent)
    with pytest.raises(services.SpeedAlone):
        proposed(cast.agent, cast.agent, measure="contacts_per_hour", target=6.5)
    goal = proposed(cast.agent, cast.agent, measure="contacts_per_hour", target=6.5, pair="quality_score")
    assert goal.pair_floor is not None and goal.pair_mean is not None and goal.pair_floor < goal.pair_mean
    for beside in ({"pair": "", "pair_floor": None, "pair_mean": None}, {"pair": "handling_seconds"}):
        with pytest.raises(IntegrityError, match="speed_never_alone"), transaction.atomic():
            Goal.objects.filter(pk=goal.pk).update(**beside)
    page = cast.client(cast.agent).get(f"/numbers/goals/{goal.pk}/").content.decode()
    assert "Quality score must stay at" in page


def test_faster_with_worse_quality_is_not_met(cast: Cast) -> None:
    """The measure was reached; what stands beside it fell."""
    with_past(cast.agent)
    goal = agreed(cast, measure="contacts_per_hour", target=6.5, pair="quality_score")
    assert goal.first_day is not None
    measured(cast.agent, "contacts_per_hour", 7, 0.1, goal.first_day, 20, after(goal))
    measured(cast.agent, "quality_score", 60, 1, goal.first_day, 20, after(goal))
    services.judge_due(after(goal))
    goal.refresh_from_db()
    assert (goal.state, goal.result_why) == ("missed", "pair_fell")
    page = cast.client(cast.agent).get(f"/numbers/goals/{goal.pk}/").content.decode()
    assert "what stands beside it fell below its floor" in page


def test_too_few_days_are_held_against_nobody(cast: Cast) -> None:
    """Neither met nor missed: let go, and what was promised for it is withdrawn."""
    with_past(cast.agent)
    goal = agreed(cast, support="An hour beside you")
    services.judge_due(after(goal))
    goal.refresh_from_db()
    assert (goal.state, goal.result_why, goal.result_mean) == ("let_go", "too_few", None)
    assert Promise.objects.get().state == "withdrawn"


def test_a_goal_goes_on_until_its_last_day_is_over(cast: Cast) -> None:
    """And a missed one says by what."""
    with_past(cast.agent)
    goal = agreed(cast, target=99.0)
    assert goal.first_day is not None
    measured(cast.agent, "quality_score", 80, 1, goal.first_day, 12, after(goal))
    assert services.judge_due(after(goal) - 2 * DAY) == 0
    services.judge_due(after(goal))
    goal.refresh_from_db()
    assert goal.state == "missed" and goal.result_mean is not None
    assert not PersonalBest.objects.exists()


def test_nobody_sets_goals_for_a_contractor(cast: Cast) -> None:
    """W-06: they set their own, which count at once, none of adherence; no lead is told or promises anything."""
    with_past(cast.contractor)
    pk = cast.contractor.agent.pk  # type: ignore[union-attr]
    with pytest.raises(services.NotProposed):
        proposed(cast.supervisor, cast.contractor)
    page = cast.client(cast.supervisor).get(f"/numbers/goals/new/{pk}/").content.decode()
    assert "nobody else does" in page and "Choose it" not in page
    assert "Propose a goal" not in cast.client(cast.supervisor).get(f"/numbers/agents/{pk}/").content.decode()
    with pytest.raises(services.NotProposed):
        proposed(cast.contractor, cast.contractor, measure="adherence", target=0.9)
    goal = proposed(cast.contractor, cast.contractor)
    assert goal.state == "agreed" and goal.alone and goal.agreed_by_lead_at is None
    assert not Notice.objects.filter(kind="performance.goal").exists()
    with pytest.raises(services.GoalNotThatWay):
        services.let_go(goal_id=goal.pk, answer="", by=cast.supervisor.actor, at=now())


def test_nobody_agrees_to_their_own_proposal(cast: Cast) -> None:
    """And nobody else's either, who is neither of the two sides."""
    with_past(cast.agent)
    goal = proposed(cast.agent, cast.agent)
    with pytest.raises(services.GoalNotThatWay):
        services.agree(goal_id=goal.pk, version=1, by=cast.agent.actor, at=now())
    for stranger in (cast.colleague, cast.other_supervisor, cast.manager):
        with pytest.raises(NotFound):
            services.agree(goal_id=goal.pk, version=1, by=stranger.actor, at=now())
    with pytest.raises(Stale):
        services.agree(goal_id=goal.pk, version=7, by=cast.supervisor.actor, at=now())
    with pytest.raises(IntegrityError, match="agreed_by_both"), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(state="agreed", first_day=today())


def test_a_proposal_is_declined_with_a_reason(cast: Cast) -> None:
    """Without one it is not; the other side reads it."""
    with_past(cast.agent)
    goal, browser = proposed(cast.agent, cast.agent), cast.client(cast.supervisor)
    answer = browser.post(f"/numbers/goals/{goal.pk}/decline/", {"answer": " "}, follow=True)
    assert "Say in a few words why not" in answer.content.decode()
    browser.post(f"/numbers/goals/{goal.pk}/decline/", {"answer": "After your course"})
    page = cast.client(cast.agent).get(f"/numbers/goals/{goal.pk}/").content.decode()
    assert "After your course" in page and "declined" in page


def test_only_the_agent_lets_an_agreed_goal_go(cast: Cast) -> None:
    """The lead cannot; the promise for it is withdrawn."""
    with_past(cast.agent)
    goal = agreed(cast, support="An hour beside you")
    with pytest.raises(services.GoalNotThatWay):
        services.let_go(goal_id=goal.pk, answer="", by=cast.supervisor.actor, at=now())
    cast.client(cast.agent).post(f"/numbers/goals/{goal.pk}/let-go/", {"answer": "Another queue now"})
    goal.refresh_from_db()
    assert goal.state == "let_go" and Promise.objects.get().state == "withdrawn"
    page = cast.client(cast.supervisor).get(f"/numbers/goals/{goal.pk}/").content.decode()
    assert "no longer owed" in page and "The support was given" not in page
    with pytest.raises(services.GoalNotThatWay):
        services.give_support(goal_id=goal.pk, by=cast.supervisor.actor, at=now())


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"target": 79.0}, services.TargetNotBetter),
        ({"target": 101.0}, services.TargetNotBetter),
        ({"target": float("nan")}, services.TargetNotBetter),
        ({"last_day": timedelta(days=5)}, services.DayWillNotDo),
        ({"last_day": timedelta(days=400)}, services.DayWillNotDo),
        ({"measure": "conversion", "target": 0.5}, services.NoBaseline),
        ({"raised_from_id": 0}, NotFound),
    ],
)
def test_what_cannot_be_a_goal_says_why(cast: Cast, more: dict[str, Any], refused: type[Exception]) -> None:
    """Nothing is kept of it."""
    with_past(cast.agent)
    values = more | ({"last_day": today() + more["last_day"]} if "last_day" in more else {})
    with pytest.raises(refused):
        proposed(cast.agent, cast.agent, **values)
    assert not Goal.objects.exists()


def test_one_open_goal_a_measure(cast: Cast) -> None:
    """The second is refused with a sentence, at the form."""
    with_past(cast.agent)
    proposed(cast.agent, cast.agent)
    with pytest.raises(services.OneGoalOpen):
        proposed(cast.supervisor, cast.agent)
    form = {"target": "82", "last_day": (today() + 28 * DAY).isoformat()}
    address = f"/numbers/goals/new/{cast.agent.agent.pk}/quality_score/"  # type: ignore[union-attr]
    answer = cast.client(cast.agent).post(address, form)
    assert answer.status_code == 422 and "it ends before another begins" in answer.content.decode()


def test_the_baseline_stays_as_it_was(cast: Cast) -> None:
    """Whatever is measured or corrected later."""
    with_past(cast.agent)
    goal = proposed(cast.agent, cast.agent)
    measured(cast.agent, "quality_score", 50, 1, today() - 28 * DAY, 28)
    before = goal.baseline_mean
    goal.refresh_from_db()
    assert goal.baseline_mean == before


def test_programs_do_the_same(cast: Cast) -> None:
    """Shares as shares; the version protects the one who was slower."""
    with_past(cast.agent)
    browser = cast.client(cast.agent)
    body = {
        "agent_id": cast.agent.agent.pk,  # type: ignore[union-attr]
        "measure": "quality_score",
        "target": 82,
        "last_day": (today() + 28 * DAY).isoformat(),
    }
    made = browser.post("/api/v1/goals", body, content_type="application/json")
    assert made.status_code == 201, made.content
    again = browser.post("/api/v1/goals", body, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "performance_goal_open")
    lead, path = cast.client(cast.supervisor), f"/api/v1/goals/{made.json()['id']}"
    assert lead.post(f"{path}/agree", {"version": 9}, content_type="application/json").status_code == 409
    agreed = lead.post(f"{path}/agree", {"version": 1}, content_type="application/json").json()
    assert agreed["state"] == "agreed"
    assert lead.get("/api/v1/goals?state=agreed").json()["items"][0]["id"] == agreed["id"]


def test_a_promise_says_nothing_of_the_goal(cast: Cast) -> None:
    """More people read promises; the words stay with the two."""
    with_past(cast.agent)
    agreed(cast, support="An hour beside you", words="Because of the complaint")
    page = cast.client(cast.manager).get("/promises/all/").content.decode()
    assert "Support for a goal" in page and "hour beside" not in page and "complaint" not in page
