"""Contests in pairs against one's own past, looked at for harm; questions to a person, never a verdict."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.people.models import Agent
from floorwalker.apps.performance.models import AgentDay
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.models import Contest, ContestEntry, Earned, Finding
from floorwalker.apps.recognition.rules import contests as rules
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Notice
from tests.apps.recognition.playing import agent_of, earned
from tests.people import NOW, STARTED, Cast, Person

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 3, 9), date(2026, 3, 22)


def figures(agents: list[Agent], cheat: int | None = None, *, until: date = LAST) -> None:
    """Six weeks of quality, handling time and contacts cut short; a cheat cuts every third from the first day."""
    chance, rows = random.Random(5), []
    for agent in agents:
        day = FIRST - 45 * DAY
        while day <= until:
            cut = 0.33 if agent.pk == cheat and day >= FIRST else chance.uniform(0.0, 0.06)
            for measure, value in (
                ("quality_score", chance.gauss(80, 3)),
                ("handling_seconds", chance.gauss(300, 12)),
                ("short_calls", cut),
            ):
                rows.append(
                    AgentDay(
                        agent=agent, day=day, measure=measure, value=value, weight=40, source="t",
                        key=f"{measure}{day}", told_at=NOW,
                    )
                )  # fmt: skip
            day += DAY
    AgentDay.objects.bulk_create(rows)


def a_contest(cast: Cast, **more: object) -> Contest:
    given = {"name": "Swift and right", "words": "The queue of March", "site_id": cast.world.north.pk}
    given |= {"measure": "handling_seconds", "pair": "quality_score", "first_day": FIRST, "last_day": LAST}
    return services.hold_contest(**given | more, by=cast.manager.actor, at=NOW)  # type: ignore[arg-type]


def test_measures_enter_only_in_pairs_and_only_by_who_may(cast: Cast) -> None:
    """Speed without quality, what is only watched, days too short: refused; a lead announces none."""
    for pair in ({"pair": "contacts_per_hour"}, {"pair": ""}, {"measure": "short_calls"}):
        with pytest.raises(services.NotAPair):
            a_contest(cast, **pair)
    with pytest.raises(services.ContestDays):
        a_contest(cast, last_day=FIRST + DAY)
    with pytest.raises(NotFound):
        services.hold_contest(
            name="x", words="x", site_id=cast.world.north.pk, measure="quality_score", pair="adherence",
            first_day=FIRST, last_day=LAST, by=cast.supervisor.actor, at=NOW,
        )  # fmt: skip


def test_an_agent_joins_with_an_aim_of_their_own_that_nobody_else_reads(cast: Cast) -> None:
    """The page of the contest says it to them; neither manager nor lead nor colleague finds the aim."""
    contest = a_contest(cast)
    figures([agent_of(cast.agent)], until=NOW.date() - DAY)
    path = f"/contests/{contest.pk}/"
    services.join_contest(contest_id=contest.pk, by=cast.agent.actor, at=NOW)
    entry = ContestEntry.objects.get()
    assert entry.target < entry.mean and entry.floor < entry.pair_mean
    assert "Handling time: from" in cast.client(cast.agent).get(path).content.decode()
    for who in (cast.manager, cast.supervisor, cast.colleague):
        assert "Handling time: from" not in cast.client(who).get(path).content.decode()
        assert queries.my_entry(who.actor, contest) is None
    assert cast.client(cast.stranger).get(path).status_code == 404
    for hidden in (path, "/contests/987654321/"):
        assert cast.client(cast.stranger).post(f"{hidden}join/").status_code == 404


def test_contractors_are_asked_for_nothing(cast: Cast) -> None:
    """They may join by themselves; what is not measured for them is refused with why, and nobody is entered."""
    contest = a_contest(cast, measure="adherence", pair="quality_score")
    assert ContestEntry.objects.count() == 0
    with pytest.raises(services.NoAimForYou, match="not measured for independent contractors"):
        services.join_contest(contest_id=contest.pk, by=cast.contractor.actor, at=NOW)
    with pytest.raises(services.NoAimForYou, match="too few of your days"):
        services.join_contest(contest_id=contest.pk, by=cast.agent.actor, at=NOW)


def met(cast: Cast, contest: Contest, person: Person, *, target: float, floor: float) -> ContestEntry:
    return ContestEntry.objects.create(
        contest=contest, agent=agent_of(person), team=agent_of(person).team, joined_at=NOW,
        mean=310, target=target, pair_mean=80, floor=floor,
    )  # fmt: skip


def test_a_contest_ends_by_itself_and_dates_reset_nothing(cast: Cast, deliver: Callable[[], None]) -> None:
    """Begun, made longer, ended by the timetable: aims stay, who met both earns, whose quality fell does not."""
    contest = a_contest(cast)
    figures([agent_of(cast.agent), agent_of(cast.colleague)])
    one = met(cast, contest, cast.agent, target=320, floor=70)
    other = met(cast, contest, cast.colleague, target=320, floor=95)
    earned(cast.agent, 7)
    services.turn_contests(NOW + 6 * DAY)
    contest.refresh_from_db()
    assert contest.state == "running"
    longer = {"contest_id": contest.pk, "first_day": FIRST - 3 * DAY, "last_day": LAST + 3 * DAY}
    contest = services.change_contest(**longer, by=cast.manager.actor, at=NOW + 7 * DAY)
    assert (contest.first_day, contest.last_day) == (FIRST, LAST + 3 * DAY)
    one.refresh_from_db()
    assert (one.target, services.balance(agent_of(cast.agent).pk)) == (320, 7)
    services.turn_contests(NOW + 22 * DAY)
    contest.refresh_from_db()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (contest.state, one.outcome, other.outcome) == ("ended", "met", "pair_fell")
    deliver()
    assert list(Earned.objects.filter(way="contest").values_list("agent", flat=True)) == [one.agent_id]
    assert services.balance(agent_of(cast.agent).pk) == 32
    assert Notice.objects.filter(kind=services.CONTEST_KIND).count() == 2
    with pytest.raises(services.ContestIsOver):
        services.change_contest(**longer, by=cast.manager.actor, at=NOW + 23 * DAY)


def test_who_games_is_asked_about_and_nobody_else(cast: Cast, work: Callable[..., None]) -> None:
    """Every third contact cut short: one question to the manager, a promise; the agent reads it when answered."""
    crowd = Agent.objects.bulk_create(
        Agent(name=f"Other {n}", number=f"O{n}", team=cast.world.north_one, started_on=STARTED) for n in range(14)
    )
    contest = a_contest(cast)
    figures([*crowd, agent_of(cast.agent), agent_of(cast.colleague)], cheat=agent_of(cast.agent).pk)
    for person in (cast.agent, cast.colleague):
        met(cast, contest, person, target=320, floor=70)
    services.turn_contests(NOW + 19 * DAY)
    work()
    contest.refresh_from_db()
    assert [each["phase"] for each in contest.looks] == ["end"]
    finding = Finding.objects.get(kind="harm")
    assert list(finding.people.all()) == [agent_of(cast.agent)] and finding.asked == cast.manager.user
    assert finding.facts["lines"][0]["measure"] == "short_calls"
    path = f"/boards/questions/{finding.pk}/"
    for who in (cast.agent, cast.colleague, cast.supervisor):
        assert cast.client(who).get(path).status_code == 404
    shown = cast.client(cast.manager).get(path).content.decode()
    assert "Contacts cut short" in shown and "in at most 5 % of cases" in shown
    promise = Promise.objects.get(kind=services.QUESTION_PROMISE)
    assert promise.owner_id == cast.manager.user.pk and promise.state == "open"
    form = {"answer": "explained", "words": "A fault of the line in March; we have spoken."}
    assert cast.client(cast.manager).post(f"{path}answer/", form).status_code == 302
    promise.refresh_from_db()
    assert promise.state == "kept"
    assert "A fault of the line" in cast.client(cast.agent).get(path).content.decode()
    assert cast.client(cast.colleague).get(path).status_code == 404


def test_a_ring_of_favours_is_a_question_once(cast: Cast, work: Callable[..., None]) -> None:
    """Three who thank each other only, among many who do not: the manager is asked once, about these three."""
    people = [agent_of(cast.agent), agent_of(cast.colleague), agent_of(cast.contractor)]
    people += Agent.objects.bulk_create(
        Agent(name=f"Other {n:02}", number=f"O{n:02}", team=cast.world.north_one, started_on=STARTED)
        for n in range(25)
    )
    chance, number, now = random.Random(3), 0, timezone.now()
    for place, giver in enumerate(people):
        mates = [each for each in (people[:3] if place < 3 else people[3:]) if each != giver]
        for day in range(8 if place < 3 else 4):
            number += 1
            services.earn_answer(
                answer_id=number, author_id=chance.choice(mates).pk, asker_id=giver.pk, at=now - day * DAY
            )
    assert services.look_for_rings(now) == 1
    work()
    finding = Finding.objects.get(kind="ring")
    assert set(finding.people.all()) == set(people[:3])
    shown = cast.client(cast.manager).get(f"/boards/questions/{finding.pk}/").content.decode()
    assert "Is there an ordinary reason" in shown and people[0].name in shown
    services.look_for_rings(now + DAY)
    work()
    assert Finding.objects.filter(kind="ring").count() == 1


def test_the_game_is_looked_at_four_times_and_no_more() -> None:
    """Before, at half time, at the end, two weeks after: each once, whatever happens to the dates."""
    done: list[str] = []
    for day in range(60):
        if found := rules.look_due(FIRST, LAST, FIRST - 5 * DAY + day * DAY, done):
            done.append(found.phase)
            assert found.before[1] < found.since[0] <= found.since[1]
    assert done == ["before", "half", "end", "after"]


def test_teams_are_even_because_everybody_aims_from_their_own_past() -> None:
    """By the share that met both; a team of fewer than five entrants shows none."""
    found = rules.team_shares([("A", True)] * 3 + [("A", False)] * 3 + [("B", True)] * 4 + [("C", True)] * 5)
    assert [(each.team, each.met) for each in found] == [("C", 5), ("A", 3), ("B", None)]
