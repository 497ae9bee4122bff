"""A pulse: asked, answered without a name, shown above the floor, answered by management with a day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts.models import User
from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.models import Pulse, PulseResult, PulseSheet
from floorwalker.apps.people.models import Agent
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Notice
from tests.apps.hub.test_anonymity import everything, since
from tests.conformance import crowds
from tests.people import Cast, Person

FULL = {"skill": 5, "lead": 4, "valued": 2, "effort": 5}


@pytest.fixture
def pulse(cast: Cast) -> Pulse:
    crowds.people(cast, range(6))
    return asked(cast)


def asked(cast: Cast, **more: Any) -> Pulse:
    day = timezone.now().date()
    values = {"closes_on": day + timedelta(days=7), "answer_by": day + timedelta(days=20), "fourth": "effort"}
    return services.ask_pulse(**values | more, by=cast.manager.actor, at=timezone.now())


def answer(pulse: Pulse, user: User, **more: int) -> None:
    services.answer_pulse(pulse_id=pulse.pk, answers=FULL | more, by=Person("x", user).actor, at=timezone.now())


def crowd_of(number: int, team: Any = None) -> list[User]:
    rows = Agent.objects.filter(name__startswith="Crowd").order_by("pk")
    rows = rows.filter(team=team) if team else rows
    return [each.user for each in rows.select_related("user")[:number] if each.user]


def after(pulse: Pulse) -> Any:
    return timezone.now() + timedelta(days=8)


def test_answering_writes_one_row_that_names_nobody(cast: Cast, pulse: Pulse) -> None:
    """At the page: no audit, notice, event or message beside it; in no field an id, name or number of theirs."""
    browser, url = cast.client(cast.agent), reverse("hub:pulse", args=[pulse.pk])
    assert browser.get(url).status_code == 200
    before = everything()
    got = browser.post(reverse("hub:answer_pulse", args=[pulse.pk]), FULL)
    assert got.status_code == 302, got.content.decode()
    assert set(since(before, everything())) == {"hub_pulsesheet"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM hub_pulsesheet t")
        row = json.loads(cursor.fetchone()[0])
    assert set(row) == {"id", "pulse_id", "key", "team_id", "band", "first", "second", "third", "fourth"}
    agent = cast.agent.agent
    assert agent is not None
    assert cast.agent.user.email not in json.dumps(row)
    again = browser.post(reverse("hub:answer_pulse", args=[pulse.pk]), FULL | {"skill": 1})
    assert again.status_code == 302
    assert [each.first for each in PulseSheet.objects.all()] == [1], "a changed mind is no second answer"


def test_only_who_was_asked_answers_and_all_four(cast: Cast, pulse: Pulse) -> None:
    """Not the manager, not who came later; a missing answer is named."""
    late = User.objects.create(email="late@example.org", name="Late", password="!")
    for user in (cast.manager.user, late):
        with pytest.raises(NotFound):
            answer(pulse, user)
    browser, url = cast.client(cast.agent), reverse("hub:answer_pulse", args=[pulse.pk])
    assert browser.post(url, {"skill": 5, "lead": 4}).status_code == 422
    assert browser.post(url, FULL | {"effort": 9}).status_code == 422
    assert not PulseSheet.objects.exists()


def test_nothing_is_seen_before_the_end_and_no_sheet_is_left_after_it(cast: Cast, pulse: Pulse) -> None:
    """Closing keeps sums alone; all who were asked are told, and the answer of management is promised."""
    for user in crowd_of(6):
        answer(pulse, user)
    manager = cast.client(cast.manager)
    url = reverse("hub:pulse", args=[pulse.pk])
    assert "All who answered" not in manager.get(url).content.decode()
    assert manager.get(f"/api/v1/pulses/{pulse.pk}/results").json()["items"] == []
    assert services.close_pulses(timezone.now()) == 0
    assert services.close_pulses(after(pulse)) == 1
    pulse.refresh_from_db()
    assert pulse.state == "closed"
    assert not PulseSheet.objects.exists()
    assert set(PulseResult.objects.values_list("answered", flat=True)) == {6}
    shown = cast.client(cast.agent).get(url).content.decode()
    assert "All who answered" in shown
    assert "Elsewhere 69" in shown
    told = Notice.objects.filter(kind=services.ENDED, ref_id=pulse.pk).count()
    assert told == pulse.asked
    promise = Promise.objects.get(kind=services.PULSE_PROMISE)
    assert (promise.owner, promise.due.date()) == (cast.manager.user, pulse.answer_by)


def test_fewer_than_five_answers_are_deleted_unread(cast: Cast, pulse: Pulse) -> None:
    """No sum, no promise; the page says why."""
    for user in crowd_of(4):
        answer(pulse, user)
    services.close_pulses(after(pulse))
    pulse.refresh_from_db()
    assert (pulse.state, PulseResult.objects.count(), PulseSheet.objects.count()) == ("too_few", 0, 0)
    assert "deleted unread" in cast.client(cast.agent).get(reverse("hub:pulse", args=[pulse.pk])).content.decode()
    assert not Promise.objects.exists()


def test_a_team_beside_a_small_one_is_not_shown(cast: Cast, pulse: Pulse) -> None:
    """Six of one team and one of another: all minus the team would be that one."""
    for user in crowd_of(6):
        answer(pulse, user)
    answer(pulse, cast.stranger.user, skill=1)
    services.close_pulses(after(pulse))
    assert set(PulseResult.objects.values_list("answered", flat=True)) == {7}


def test_two_teams_above_the_floor_are_both_shown(cast: Cast, pulse: Pulse) -> None:
    """With intervals, beside the sum of all."""
    Agent.objects.filter(pk=cast.stranger.agent.pk).update(team=cast.world.south_one)  # type: ignore[union-attr]
    for user in crowd_of(6):
        answer(pulse, user)
    sheets = list(PulseSheet.objects.all())
    others = [
        PulseSheet(
            pulse=pulse, key=f"k{n}", team=cast.world.south_one, band="long", first=2, second=2, third=2, fourth=2
        )
        for n in range(5)
    ]
    found = services.counted(pulse, [*sheets, *others])
    assert {(each.group, each.answered) for each in found} >= {("all", 11), ("team", 6), ("team", 5)}


def test_management_answers_with_a_day_and_keeps_it(cast: Cast, pulse: Pulse) -> None:
    """Words and a day or a refusal; shown to all who were asked; two promises kept in turn."""
    for user in crowd_of(5):
        answer(pulse, user)
    services.close_pulses(after(pulse))
    browser, url = cast.client(cast.manager), reverse("hub:say_what_follows", args=[pulse.pk])
    assert "Answer to the pulse" in browser.get("/").content.decode()
    assert browser.post(url, {"text": "More coaching."}).status_code == 422
    assert browser.post(url, {"text": "More coaching.", "follows_by": date(2020, 1, 1)}).status_code == 422
    assert cast.client(cast.agent).post(url, {"text": "x", "follows_by": "2030-01-01"}).status_code == 404
    day = timezone.now().date() + timedelta(days=60)
    assert browser.post(url, {"text": "More coaching.", "follows_by": day}).status_code == 302
    shown = cast.client(cast.colleague).get(reverse("hub:pulse", args=[pulse.pk])).content.decode()
    assert "More coaching." in shown
    assert Promise.objects.filter(state="open", kind=services.PULSE_PROMISE).get().due.date() == day
    done = reverse("hub:end_pulse", args=[pulse.pk])
    assert browser.post(done, {"text": "Everybody has an hour a month."}).status_code == 302
    assert not Promise.objects.filter(state="open").exists()
    assert (
        "an hour a month"
        in cast.client(cast.colleague).get(reverse("hub:pulse", args=[pulse.pk])).content.decode()
    )


def test_a_pulse_needs_days_people_and_a_free_place(cast: Cast) -> None:
    """Days in order, five agents at least, one at a time, and only where one may ask."""
    with pytest.raises(services.PulseTooSmall):
        asked(cast, site_id=cast.world.south.pk)
    crowds.people(cast, range(3))
    day = timezone.now().date()
    with pytest.raises(services.PulseDays):
        asked(cast, closes_on=day)
    with pytest.raises(services.PulseDays):
        asked(cast, answer_by=day + timedelta(days=7))
    asked(cast)
    with pytest.raises(services.PulseRunning):
        asked(cast)
    with pytest.raises(NotFound):
        services.ask_pulse(
            closes_on=day + timedelta(days=7),
            answer_by=day + timedelta(days=9),
            fourth="effort",
            by=cast.supervisor.actor,
            at=timezone.now(),
        )


def test_results_of_pulses_stand_beside_those_before(cast: Cast, pulse: Pulse) -> None:
    """The share of the pulse before, and over time once there are two."""
    for number, agree in ((0, 5), (1, 2)):
        each = pulse if number == 0 else asked(cast)
        Pulse.objects.filter(pk=each.pk).update(opened_at=timezone.now() + timedelta(minutes=number))
        for user in crowd_of(5):
            answer(each, user, skill=agree)
        services.close_pulses(after(each))
    row = queries.results(Pulse.objects.order_by("pk").last()).everybody  # type: ignore[arg-type]
    assert row is not None
    first = row.cells[0]
    assert (first.share.share, first.before.share if first.before else None) == (0.0, 1.0)
    assert 0.0 <= first.share.low <= first.share.high < 0.6
    assert len(queries.over_time(Pulse.objects.order_by("pk").last())) == 2  # type: ignore[arg-type]
