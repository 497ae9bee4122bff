"""One-to-ones owed by the calendar of a site: nobody waits longer than it says, no lead is buried in them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import OneToOne
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises.models import Promise
from tests.apps.coaching.talking import closed, planned
from tests.people import NOW, Cast, Person

DAY = timedelta(days=1)


def every(cast: Cast, days: int) -> None:
    """A manager sets how often at the site in the north."""
    services.set_limits(
        site_id=cast.world.north.pk, silence_days=9, visits_a_day=4, talk_days=days, talk_minutes=45,
        by=cast.manager.actor, at=NOW,
    )  # fmt: skip


def began(who: Person, days_ago: int) -> Agent:
    assert who.agent is not None
    Agent.objects.filter(pk=who.agent.pk).update(started_on=NOW.date() - days_ago * DAY)
    return who.agent


@pytest.fixture
def two(cast: Cast) -> tuple[Agent, Agent]:
    """An agent who began 40 days ago and a colleague of the team who began ten days ago; others begin later."""
    kept = began(cast.agent, 40), began(cast.colleague, 10)
    Agent.objects.filter(left_on=None).exclude(pk__in=[each.pk for each in kept]).update(
        started_on=NOW.date() + 300 * DAY
    )
    return kept


def owed() -> list[int]:
    return list(OneToOne.objects.filter(state="planned").order_by("due").values_list("agent", flat=True))


def test_nobody_is_owed_one_until_a_manager_says_how_often(cast: Cast, two: tuple[Agent, Agent]) -> None:
    assert services.owe_talks(NOW) == 0 and not OneToOne.objects.exists()
    every(cast, 28)
    every(cast, 0)
    assert services.owe_talks(NOW) == 0


def test_who_waited_too_long_is_owed_one_and_their_lead_promises_it(cast: Cast, two: tuple[Agent, Agent]) -> None:
    every(cast, 28)
    assert services.owe_talks(NOW) == 1
    assert services.owe_talks(NOW) == 0, "who has one open is owed no second"
    talk = OneToOne.objects.get()
    assert (talk.agent, talk.lead, talk.minutes) == (two[0], cast.supervisor.user, 45)
    assert talk.due == NOW + rules.DAYS_TO_PREPARE * DAY  # it is late already; a week to prepare it
    session = Session.objects.get(pk=talk.session)
    assert (session.state, session.owner, session.minutes) == ("owed", cast.supervisor.user, 45)
    assert Promise.objects.get(owner=cast.supervisor.user).due == talk.due


def test_it_is_planned_a_week_before_it_is_due(cast: Cast, two: tuple[Agent, Agent]) -> None:
    """The colleague began ten days ago: of 20 days, ten are left; in three days it is a week."""
    every(cast, 20)
    assert services.owe_talks(NOW) == 1 and owed() == [two[0].pk]
    assert services.owe_talks(NOW + 4 * DAY) == 1 and two[1].pk in owed()
    due = OneToOne.objects.get(agent=two[1]).due
    assert NOW + 10 * DAY < due <= NOW + 11 * DAY


def test_the_last_talk_counts_and_one_let_go_too(cast: Cast, two: tuple[Agent, Agent]) -> None:
    every(cast, 28)
    talk, _action = closed(cast)
    assert talk.agent == two[0]
    assert services.owe_talks(NOW + 20 * DAY) == 1 and owed() == [two[1].pk]
    assert services.owe_talks(NOW + 21 * DAY) == 1 and two[0].pk in owed()
    [again] = OneToOne.objects.filter(agent=two[0], state="planned")
    OneToOne.objects.filter(pk=again.pk).update(state="let_go", ended_at=NOW + 22 * DAY)
    assert services.owe_talks(NOW + 40 * DAY) == 0
    assert services.owe_talks(NOW + 44 * DAY) == 1


def test_no_lead_has_more_than_six_open_and_who_waits_longest_comes_first(
    cast: Cast, two: tuple[Agent, Agent]
) -> None:
    team = two[0].team
    for number in range(10):
        Agent.objects.create(
            name=f"Waits {number}", number=f"w{number}", team=team, started_on=NOW.date() - (50 + number) * DAY
        )
    every(cast, 28)
    assert services.owe_talks(NOW) == rules.OPEN_AT_ONCE
    names = set(OneToOne.objects.values_list("agent__name", flat=True))
    assert names == {f"Waits {number}" for number in range(4, 10)}
    assert len(queries.waiting_for_a_talk(NOW)) == 5
    OneToOne.objects.filter(agent__name="Waits 9").update(state="let_go", ended_at=NOW)
    assert services.owe_talks(NOW) == 1
    assert OneToOne.objects.filter(agent__name="Waits 3").exists()


def test_one_planned_by_hand_is_enough(cast: Cast, two: tuple[Agent, Agent]) -> None:
    every(cast, 28)
    planned(cast)
    assert services.owe_talks(NOW) == 0


def test_a_contractor_is_offered_it_and_owes_nothing(cast: Cast, two: tuple[Agent, Agent]) -> None:
    every(cast, 28)
    Agent.objects.filter(pk=two[0].pk).update(engagement=Agent.Engagement.CONTRACTOR)
    assert services.owe_talks(NOW) == 1
    assert OneToOne.objects.get().offered
    assert not Session.objects.exists() and not Promise.objects.exists()


def test_a_manager_says_how_often_on_a_page_and_by_a_program(cast: Cast) -> None:
    browser, site = cast.client(cast.manager), cast.world.north.pk
    sent = {"silence_days": "9", "visits_a_day": "4", "steps_months": "6", "talk_days": "28", "talk_minutes": "30"}
    path = f"/coaching/floor/limits/{site}/"
    shown = browser.get(path).content.decode()
    assert "days between two one-to-ones at most".capitalize() in shown
    assert browser.post(path, sent | {"talk_days": "200"}).status_code == 422
    assert browser.post(path, sent).status_code == 302
    [kept] = queries.visible_settings(cast.manager.actor).filter(site=site)
    assert (kept.talk_days, kept.talk_minutes) == (28, 30)
    answer = browser.put(
        f"/api/v1/sites/{site}/floor-limits",
        {"silence_days": 8, "visits_a_day": 4},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    assert (answer.json()["talk_days"], answer.json()["silence_days"]) == (28, 8)
