"""A contest by its doors, page and API: announced, joined, left, its days changed, called off with the reason."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.performance.models import AgentDay
from floorwalker.apps.recognition import services
from floorwalker.apps.recognition.models import Contest, ContestEntry
from floorwalker.kernel.models import Notice
from tests.apps.recognition.playing import agent_of
from tests.people import Cast

DAY = timedelta(days=1)


@pytest.fixture
def today() -> date:
    return timezone.now().date()


def days(first: date, last: date) -> dict[str, str]:
    return {"first_day": first.isoformat(), "last_day": last.isoformat()}


def a_contest(cast: Cast, first: date, last: date) -> Contest:
    return services.hold_contest(
        name="Swift and right",
        words="The queue of March",
        site_id=cast.world.north.pk,
        measure="handling_seconds",
        pair="quality_score",
        first_day=first,
        last_day=last,
        by=cast.manager.actor,
        at=timezone.now(),
    )


def six_weeks(cast: Cast, today: date) -> None:
    """Of the agent: long enough for an aim."""
    chance = random.Random(5)
    AgentDay.objects.bulk_create(
        AgentDay(
            agent=agent_of(cast.agent), day=today - n * DAY, measure=measure, value=chance.gauss(mean, width),
            weight=40, source="t", key=f"{measure}{n}", told_at=timezone.now(),
        )
        for n in range(1, 45)
        for measure, mean, width in (("quality_score", 80, 3), ("handling_seconds", 300, 12))
    )  # fmt: skip


def test_a_manager_announces_one_by_the_page(cast: Cast, today: date) -> None:
    """What cannot be is said beside the form, which keeps what was typed."""
    browser = cast.client(cast.manager)
    form = {
        "name": "Swift and right", "words": "The queue of March", "site": cast.world.north.pk,
        "measure": "handling_seconds", "pair": "quality_score", **days(today + 3 * DAY, today + 17 * DAY),
    }  # fmt: skip
    refused = browser.post("/contests/hold/", form | days(today + 3 * DAY, today + 3 * DAY))
    assert refused.status_code == 422 and "Swift and right" in refused.content.decode()
    assert not Contest.objects.exists()
    made = browser.post("/contests/hold/", form, follow=True).content.decode()
    assert "Announced. It begins and ends by itself" in made
    assert Contest.objects.get().made_by == cast.manager.user
    assert cast.client(cast.supervisor).post("/contests/hold/", form).status_code == 404


def test_an_agent_joins_and_leaves_and_nobody_is_told(cast: Cast, today: date) -> None:
    """By the page and through the API; coming back, the aim is the one of the first time."""
    contest = a_contest(cast, today + 3 * DAY, today + 17 * DAY)
    six_weeks(cast, today)
    browser, path = cast.client(cast.agent), f"/contests/{contest.pk}/"
    before = Notice.objects.count()
    assert "You take part, with an aim of your own" in browser.post(f"{path}join/", follow=True).content.decode()
    aim = ContestEntry.objects.get().target
    assert "Nobody is told" in browser.post(f"{path}leave/", follow=True).content.decode()
    assert ContestEntry.objects.get().left_at is not None and Notice.objects.count() == before
    assert browser.post(f"{path}leave/").status_code == 404
    program = f"/api/v1/contests/{contest.pk}"
    assert browser.post(f"{program}/join").status_code == 200
    assert ContestEntry.objects.get().left_at is None and ContestEntry.objects.get().target == aim
    assert browser.post(f"{program}/leave").status_code == 204
    assert browser.post(f"{program}/leave").status_code == 404
    assert cast.client(cast.stranger).post(f"{path}leave/").status_code == 404


def test_its_days_are_changed_and_aims_stay(cast: Cast, today: date) -> None:
    """What has begun keeps its first day; too few days are refused beside the field."""
    contest = a_contest(cast, today, today + 20 * DAY)
    browser, path = cast.client(cast.manager), f"/contests/{contest.pk}/days/"
    assert "Changed." in browser.post(path, days(today + DAY, today + 27 * DAY), follow=True).content.decode()
    contest.refresh_from_db()
    assert (contest.first_day, contest.last_day) == (today, today + 27 * DAY)
    assert browser.post(path, days(today, today)).status_code == 422
    wanted = days(today, today + 14 * DAY)
    program = browser.post(f"/api/v1/contests/{contest.pk}/days", wanted, content_type="application/json")
    assert program.status_code == 200 and program.json()["last_day"] == wanted["last_day"]
    assert cast.client(cast.agent).post(path, wanted).status_code == 404


def test_it_is_called_off_with_a_reason_who_takes_part_reads(cast: Cast, today: date) -> None:
    """Without one it is not; once it is over there is nothing to call off."""
    contest = a_contest(cast, today + 3 * DAY, today + 17 * DAY)
    six_weeks(cast, today)
    services.join_contest(contest_id=contest.pk, by=cast.agent.actor, at=timezone.now())
    browser, path = cast.client(cast.manager), f"/contests/{contest.pk}/call-off/"
    assert browser.post(path, {"why": " "}).status_code == 422
    assert "Called off" in browser.post(path, {"why": "The new queue changes all"}, follow=True).content.decode()
    contest.refresh_from_db()
    assert (contest.state, contest.why) == (Contest.State.CALLED_OFF, "The new queue changes all")
    assert set(Notice.objects.filter(ref_id=contest.pk).values_list("to_user", flat=True)) == {cast.agent.user.pk}
    assert "The new queue changes all" in cast.client(cast.agent).get(f"/contests/{contest.pk}/").content.decode()
    assert browser.post(path, {"why": "Again"}).status_code in (404, 422)
    body = {"why": "Again"}
    again = browser.post(f"/api/v1/contests/{contest.pk}/call-off", body, content_type="application/json")
    assert again.status_code in (404, 409)
