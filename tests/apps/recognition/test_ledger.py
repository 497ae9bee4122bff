"""Points move once, whole, and never below zero; whose they are reads why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import Account, Entry
from floorwalker.apps.recognition.services import ledger
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.models import Notice
from floorwalker.kernel.periods import Period
from tests.people import NOW, Cast, Person

HOUR = timedelta(hours=1)
WHY = "Your side won the match “A card that is lost”."


def give(person: Person, points: int = 10, once: str = "one", **more: Any) -> Entry:
    assert person.agent is not None
    facts: dict[str, Any] = {"source": "arena", "ref": "learning.match:1", "why": WHY, "at": NOW, "by": SYSTEM}
    return services.award(to=person.agent.pk, points=points, once=once, **(facts | more))


def has(person: Person) -> int:
    assert person.agent is not None
    return services.balance(person.agent.pk)


def test_points_arrive_once_with_their_reason(cast: Cast) -> None:
    """The same operation again is the same entry: one notice, one line of the statement, ten points."""
    first, again = give(cast.agent), give(cast.agent)
    assert first.pk == again.pk
    assert has(cast.agent) == 10
    assert Notice.objects.filter(to_user=cast.agent.user.pk, kind=services.EARNED_KIND).count() == 1
    page = cast.client(cast.agent).get("/points/").content.decode()
    assert "You have 10 points" in page
    assert WHY in page
    answer = cast.client(cast.agent).get("/api/v1/points/balance").json()
    assert answer == {"balance": 10, "set_aside": 0, "earned": 10}
    assert cast.client(cast.agent).get("/api/v1/points/entries").json()["items"][0]["change"] == 10


def test_an_operation_with_other_points_or_for_another_is_refused(cast: Cast) -> None:
    """A name of an operation used for something else is a mistake, and nothing moves."""
    give(cast.agent)
    for person, points in ((cast.agent, 11), (cast.colleague, 10)):
        with pytest.raises(services.OperationDiffers):
            give(person, points)
    assert (has(cast.agent), has(cast.colleague)) == (10, 0)


@pytest.mark.parametrize("points", [0, -5])
def test_no_negative_points(cast: Cast, points: int) -> None:
    """Nobody is ever given less than one."""
    with pytest.raises(services.NothingToGive):
        give(cast.agent, points)


def test_an_award_says_what_for(cast: Cast) -> None:
    """Neither without words nor under a source that earns nothing."""
    with pytest.raises(services.PointsWithoutWhy):
        give(cast.agent, why=" ")
    with pytest.raises(LookupError, match="mood"):
        give(cast.agent, source="mood")


def test_a_wrong_award_is_taken_back_within_a_day_and_the_agent_reads_why(cast: Cast) -> None:
    """By who leads the team, once; the notice and the statement say it; it no longer counts for boards."""
    entry = give(cast.agent, at=timezone.now() - HOUR)
    address = f"/api/v1/points/entries/{entry.pk}/reverse"
    for _twice in range(2):
        answer = cast.client(cast.supervisor).post(
            address, {"why": "You were booked for the match of another."}, content_type="application/json"
        )
        assert answer.status_code == 200, answer.content
    assert has(cast.agent) == 0
    notices = cast.client(cast.agent).get("/notices/").content.decode()
    assert "taken back: You were booked for the match of another." in notices
    assert "You were booked for the match of another." in cast.client(cast.agent).get("/points/").content.decode()
    assert list(queries.awards(Period(NOW, timezone.now()))) == []
    assert queries.drifted() == []


def test_after_a_day_points_stay(cast: Cast) -> None:
    """24 hours to the second, and not a second more."""
    entry = give(cast.agent)
    by = cast.supervisor.actor
    with pytest.raises(services.TooLateToReverse):
        services.reverse(entry=entry.pk, why="Late.", by=by, at=NOW + timedelta(hours=24, seconds=1))
    services.reverse(entry=entry.pk, why="In time.", by=by, at=NOW + timedelta(hours=24))


def test_what_was_spent_is_not_taken_back(cast: Cast) -> None:
    """A balance never goes below zero: the mistake is the centre's."""
    entry = give(cast.agent)
    assert cast.agent.agent is not None
    ledger.redeem(agent_id=cast.agent.agent.pk, points=6, ref="", why="Mug", once="mug", by=SYSTEM, at=NOW)
    with pytest.raises(services.SpentAlready):
        services.reverse(entry=entry.pk, why="Mistake.", by=cast.supervisor.actor, at=NOW + HOUR)
    assert has(cast.agent) == 4


def test_nobody_but_who_leads_takes_back_and_never_their_own(cast: Cast) -> None:
    """Another team's lead, a colleague, the agent: there is nothing there for them."""
    entry = give(cast.agent)
    for person in (cast.other_supervisor, cast.colleague, cast.agent, cast.hr, cast.stranger):
        with pytest.raises(NotFound):
            services.reverse(entry=entry.pk, why="No.", by=person.actor, at=NOW + HOUR)


def test_an_agents_points_are_seen_by_the_agent_alone(cast: Cast) -> None:
    """Not by colleagues, leads, managers, HR or auditors."""
    give(cast.agent)
    for person in cast.everybody:
        seen = queries.visible_entries(person.actor).exists()
        assert seen == (person.key == "agent"), person.key
        assert queries.visible_accounts(person.actor).exists() == (person.key == "agent"), person.key


def test_what_is_asked_for_is_spent_or_returned_and_never_both(cast: Cast) -> None:
    """Set aside at once; the end is one operation, whatever is called afterwards."""
    give(cast.agent)
    assert cast.agent.agent is not None
    one, two = (
        ledger.redeem(agent_id=cast.agent.agent.pk, points=4, ref="", why="Mug", once=name, by=SYSTEM, at=NOW)
        for name in ("one mug", "two mugs")
    )
    assert has(cast.agent) == 2
    ledger.end_redeeming(asked=one, spent=True, why="Mug", by=SYSTEM, at=NOW)
    ledger.end_redeeming(asked=two, spent=False, why="Mug", by=SYSTEM, at=NOW)
    with pytest.raises(services.OperationDiffers):
        ledger.end_redeeming(asked=one, spent=False, why="Mug", by=SYSTEM, at=NOW)
    assert has(cast.agent) == 6
    with pytest.raises(services.NotEnoughPoints, match="7 points are needed and 6 are there"):
        ledger.redeem(agent_id=cast.agent.agent.pk, points=7, ref="", why="Mug", once="x", by=SYSTEM, at=NOW)
    assert queries.statement(cast.agent.actor).set_aside == 0


def test_who_was_kept_twice_has_the_sum_of_both(cast: Cast) -> None:
    """Two entries of one person become one: nothing is lost, nothing doubled, whoever asks twice."""
    give(cast.agent), give(cast.colleague, 7, "two")
    assert cast.agent.agent is not None and cast.colleague.agent is not None
    for _twice in range(2):
        services.bring_together(
            agent_id=cast.agent.agent.pk, into=cast.colleague.agent.pk, once="merge", by=SYSTEM, at=NOW
        )
    assert (has(cast.agent), has(cast.colleague)) == (0, 17)
    assert queries.drifted() == []


def test_words_are_forgotten_and_sums_stay(cast: Cast) -> None:
    """Erasing a person empties the sentences of their entries; every balance is what it was."""
    give(cast.agent)
    assert cast.agent.agent is not None
    services.forget_words(agent_id=cast.agent.agent.pk, by=SYSTEM, at=NOW)
    assert not Entry.objects.filter(why=WHY).exists()
    assert has(cast.agent) == 10
    assert queries.drifted() == []


def test_a_person_who_is_forgotten_is_named_by_nobodys_entry(cast: Cast) -> None:
    """Not by thanks with points, nor as who booked something: others keep what theirs were for."""
    assert cast.other_team_agent.agent and cast.colleague.agent
    services.give_kudos(thanks_id=1, to=cast.colleague.agent.pk, by=cast.other_team_agent.actor, at=NOW)
    give(cast.colleague, once="by", by=cast.other_team_agent.actor)
    give(cast.colleague, once="names", why=f"You and {cast.other_team_agent.user.name} won.")
    give(cast.other_team_agent, once="theirs")
    before = {each: has(each) for each in (cast.other_team_agent, cast.colleague)}
    assert before[cast.colleague] == 25
    services.forget_words(agent_id=cast.other_team_agent.agent.pk, by=SYSTEM, at=NOW)
    assert not Entry.objects.filter(by_name=cast.other_team_agent.user.name).exists()
    assert sorted(Entry.objects.filter(agent=cast.colleague.agent).values_list("why", flat=True)) == [
        WHY,
        "–",
        "–",
    ]
    page = cast.client(cast.colleague).get("/points/").content.decode()
    assert cast.other_team_agent.user.name not in page and WHY in page
    assert {each: has(each) for each in before} == before
    assert queries.drifted() == []


def test_what_comes_back_after_a_merge_comes_to_who_has_the_points_now(cast: Cast) -> None:
    """A reward declined, a wrong award taken back: neither ends at a number nobody uses any more."""
    wrong = give(cast.agent, 4, "wrong")
    give(cast.agent, 10)
    assert cast.agent.agent and cast.colleague.agent
    one, other = cast.agent.agent.pk, cast.colleague.agent.pk
    asked = ledger.redeem(agent_id=one, points=6, ref="", why="Mug", once="mug", by=SYSTEM, at=NOW)
    services.bring_together(agent_id=one, into=other, once="merge", by=SYSTEM, at=NOW)
    for _twice in range(2):
        back = ledger.end_redeeming(asked=asked, spent=False, why="No mugs left.", by=SYSTEM, at=NOW)
    assert (has(cast.agent), has(cast.colleague), back.agent_id) == (0, 14, other)
    services.reverse(entry=wrong.pk, why="It was another match.", by=cast.supervisor.actor, at=NOW)
    assert (has(cast.agent), has(cast.colleague)) == (0, 10)
    assert queries.drifted() == []
    for person in (cast.agent, cast.colleague):
        assert "Points of your other number" in cast.client(person).get("/points/").content.decode()
    assert "It was another match." in cast.client(cast.colleague).get("/points/").content.decode()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recognition_entry SET why = 'other', by_name = '–'",
        "UPDATE recognition_entry SET points = 99",
        "UPDATE recognition_entry SET why = '–', by_name = '–', points = 99",
        "UPDATE recognition_entry SET at = now()",
        "DELETE FROM recognition_entry",
        "UPDATE recognition_account SET balance = 99 WHERE kind = 'agent'",
        "UPDATE recognition_account SET balance = NULL, kind = 'redeemed', agent_id = NULL WHERE kind = 'agent'",
        "INSERT INTO recognition_account (kind, balance) VALUES ('budget', 5)",
    ],
)
def test_history_and_balances_are_out_of_reach(cast: Cast, statement: str) -> None:
    """Whoever writes past the services is stopped by the database."""
    give(cast.agent)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_even_the_database_lets_nobody_fall_below_zero(cast: Cast) -> None:
    """Without the service's look: the constraint."""
    give(cast.agent)
    assert cast.agent.agent is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            once="x", kind="ask", giver=ledger.account_of(cast.agent.agent.pk), agent=cast.agent.agent,
            taker=ledger.single(Account.Kind.WAITING), points=11, why="x", at=NOW, by_name="x",
        )  # fmt: skip


def test_a_refusal_of_points_is_a_refusal(cast: Cast) -> None:
    """Every one of them has a code of its own."""
    codes = [each.code for each in (services.NotEnoughPoints, services.NothingToGive, services.SpentAlready)]
    assert len(set(codes)) == 3
    assert issubclass(services.TooLateToReverse, Refused)


def test_a_merge_asked_again_takes_nothing_that_came_since(cast: Cast) -> None:
    """The answer got lost, somebody earned meanwhile, and the same is asked again: it was done."""
    assert cast.agent.agent and cast.colleague.agent
    one, other = cast.agent.agent.pk, cast.colleague.agent.pk
    told = {"source": "arena", "ref": "", "why": "won", "at": NOW, "by": SYSTEM}
    services.award(to=one, points=5, once="first", **told)
    asked = {"agent_id": one, "into": other, "once": "merge", "by": SYSTEM, "at": NOW}
    merged = services.bring_together(**asked)
    services.award(to=one, points=3, once="second", **told)
    assert services.bring_together(**asked) == merged
    assert (services.balance(one), services.balance(other)) == (3, 5)
