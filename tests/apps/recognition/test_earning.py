"""What earns points by itself: once, never from oneself, so many times a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from floorwalker.apps.learning.events import MatchDecided, ScenarioCompleted, VoteCast
from floorwalker.apps.performance.events import GoalMet
from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import Earned, Entry
from floorwalker.apps.recognition.rules import sources as rules
from floorwalker.kernel import events
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Notice
from tests.apps.recognition.playing import agent_of
from tests.people import NOW, Cast, Person

DAY = timedelta(days=1)


def points(person: Person) -> int:
    return services.balance(agent_of(person).pk)


def test_what_happens_elsewhere_earns_points_once(cast: Cast, deliver: Callable[[], None]) -> None:
    """Practice, a match, a vote, a goal: each event delivered twice is one award with its sentence."""
    one, other = agent_of(cast.agent).pk, agent_of(cast.colleague).pk
    for _twice in range(2):
        events.announce(ScenarioCompleted(1, 7, one, True))
        events.announce(ScenarioCompleted(2, 7, one, False))
        events.announce(MatchDecided(3, 7, (one, other), (one,), (one, other), (), False))
        events.announce(VoteCast(3, agent_of(cast.contractor).pk))
        events.announce(GoalMet(4, other, "quality_score", 90.0, True))
    deliver()
    assert points(cast.agent) == 5 + 5 + 5 + 10
    assert points(cast.colleague) == 5 + 10 + 30 + 10
    assert points(cast.contractor) == 2
    assert Entry.objects.filter(agent=one, why="You were the fastest of your match.").count() == 1


def test_one_match_is_one_piece_of_news(cast: Cast) -> None:
    """Three awards are one notice with their sum and every reason; the next match is another."""
    one, other = agent_of(cast.agent).pk, agent_of(cast.colleague).pk
    for match in (3, 4):
        won = {"fastest": (one,), "complete": (one, other)}
        services.earn_match(match_id=match, played=(one, other), won=won, at=NOW)
    page = cast.client(cast.agent).get("/notices/").content.decode()
    assert page.count("+20 points: You played a match. You were the fastest of your match. You were the most") == 2
    assert page.count(" points: You") == 2
    assert Notice.objects.filter(to_user=cast.colleague.user.pk).count() == 2


def test_help_is_never_ones_own(cast: Cast) -> None:
    """An answer accepted by who wrote it and a practice reused by its author earn nothing."""
    one, other = agent_of(cast.agent).pk, agent_of(cast.colleague).pk
    services.earn_answer(answer_id=1, author_id=one, asker_id=one, at=NOW)
    services.earn_reuse(post_id=1, author_id=one, by_id=one, at=NOW)
    assert points(cast.agent) == 0
    services.earn_answer(answer_id=1, author_id=one, asker_id=other, at=NOW)
    services.earn_reuse(post_id=1, author_id=one, by_id=other, at=NOW)
    assert points(cast.agent) == 30


def test_a_day_has_its_limit_and_the_next_begins_anew(cast: Cast) -> None:
    """The fifth accepted answer of a day earns nothing; the day is that of where they work."""
    one, other = agent_of(cast.agent).pk, agent_of(cast.colleague).pk
    for number in range(6):
        services.earn_answer(answer_id=number, author_id=one, asker_id=other, at=NOW)
    assert points(cast.agent) == 4 * 15
    services.earn_answer(answer_id=9, author_id=one, asker_id=other, at=NOW + DAY)
    assert points(cast.agent) == 5 * 15


def test_thanks_carry_points_within_the_months_number(cast: Cast) -> None:
    """By the form: five for a colleague, who reads from whom; four thanks with points are left."""
    browser = cast.client(cast.agent)
    form = {"kind": "thanks", "words": "", "visibility": "site", "points": "on"}
    number = agent_of(cast.colleague).number
    assert "more thanks this month" in browser.get(f"/thanks/say/?colleague={number}").content.decode()
    assert browser.post("/thanks/say/", {"colleague": number, **form}).status_code == 302
    assert points(cast.colleague) == 5
    given = Earned.objects.get(giver=cast.agent.agent)
    assert given.way == "kudos" and queries.my_kudos_left(cast.agent.actor, given.day) == 4


def test_the_months_number_holds(cast: Cast) -> None:
    """Five thanks with points; the sixth of the month is refused, the first of the next is not."""
    number = agent_of(cast.colleague).number
    first = NOW.replace(day=2)
    for day in range(5):
        services.thank(number=number, points=True, by=cast.agent.actor, at=first + day * DAY)
    with pytest.raises(services.KudosSpent):
        services.thank(number=number, points=True, by=cast.agent.actor, at=first + 6 * DAY)
    services.thank(number=number, points=True, by=cast.agent.actor, at=first + 40 * DAY)
    assert points(cast.colleague) == 30


def test_who_leads_says_thanks_without_points(cast: Cast) -> None:
    """Points with thanks are between colleagues: a lead has none to give, and their form does not offer it."""
    number = agent_of(cast.colleague).number
    services.thank(number=number, points=True, by=cast.supervisor.actor, at=NOW)
    assert points(cast.colleague) == 0
    assert (
        "With points" not in cast.client(cast.supervisor).get(f"/thanks/say/?colleague={number}").content.decode()
    )


def test_helping_is_worth_at_least_as_much_as_competing(cast: Cast) -> None:
    """By default, and whatever a manager types: a table that tips is refused, with what to do."""
    assert rules.what_is_wrong(rules.WAYS, rules.KUDOS_A_MONTH) == ""
    sums = rules.weighed(rules.WAYS)
    assert sums["together"] >= sums["against"]
    with pytest.raises(services.PointsNotPossible, match="at least as worthwhile"):
        services.set_points(points={"fastest": (100, 2)}, by=cast.manager.actor, at=NOW)
    with pytest.raises(NotFound):
        services.set_points(points={"answer": (20, 4)}, by=cast.supervisor.actor, at=NOW)
    services.set_points(points={"answer": (20, 4)}, kudos_a_month=8, by=cast.manager.actor, at=NOW)
    services.earn_answer(
        answer_id=1, author_id=agent_of(cast.agent).pk, asker_id=agent_of(cast.colleague).pk, at=NOW
    )
    assert points(cast.agent) == 20 and queries.kudos_a_month() == 8


def test_one_page_says_what_earns_points(cast: Cast) -> None:
    """The same for agent, lead and manager, with every way; only who keeps the game may change it."""
    for who in (cast.agent, cast.supervisor, cast.manager):
        shown = cast.client(who).get("/boards/earning/").content.decode()
        assert "Have an answer accepted in the hub" in shown and "Helping each other" in shown
        assert ("Change the numbers" in shown) == (who is cast.manager)
    fields = dict.fromkeys(rules.WAYS, 1) | {f"{key}_a_day": 1 for key in rules.WAYS} | {"kudos_a_month": 3}
    answer = cast.client(cast.manager).post("/boards/earning/change/", fields | {"match": 90})
    assert answer.status_code == 422 and "at least as worthwhile" in answer.content.decode()
    assert cast.client(cast.manager).post("/boards/earning/change/", fields | {"answer": 3}).status_code == 302
