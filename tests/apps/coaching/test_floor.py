"""My floor at its doors: whom to see and why, one tap, and who is told of silence."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import Touch
from floorwalker.apps.coaching.rules import floor
from floorwalker.apps.demand.models import RecordDay
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.offphone.models import Presence
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import services as thanks
from floorwalker.kernel import audit
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Notice
from floorwalker.kernel.notices import reading
from floorwalker.kernel.periods import Period
from tests.factories import demand as make_demand
from tests.people import NOW, in_one_hand


def touched(cast, person, at, **more):
    return services.note_touch(
        agent_id=person.agent.pk,
        by_user_id=cast.supervisor.user.pk,
        kind="thanks",
        at=at,
        once=f"{person.key}{at}",
        **more,
    )


def names(cast, at=NOW):
    return [line.agent.name for line in queries.my_floor(cast.supervisor.actor, at).lines]


def test_the_longest_without_a_word_comes_first_and_says_why(cast):
    """Who was spoken to yesterday comes after who was not for a fortnight."""
    touched(cast, cast.agent, NOW - timedelta(days=1))
    touched(cast, cast.colleague, NOW - timedelta(days=14))
    touched(cast, cast.contractor, NOW - timedelta(days=5))
    assert names(cast) == ["Colleague", "Contractor", "Agent"]
    first = queries.my_floor(cast.supervisor.actor, NOW).lines[0]
    assert first.pressing
    assert first.why == ["14 days without a word from anybody"]


@pytest.mark.parametrize("days", [1, 2, 3, 4, 5, 20])
def test_how_long_somebody_will_be_away_is_known_for_three_weeks(cast, monkeypatch, days):
    """Here today, and back after so many days: tomorrow, in the days that are read for all, and beyond them."""
    agent, told = cast.agent.agent, []
    for day in (-1, 0, days, days + 1):
        start = NOW + timedelta(days=day, hours=-1)
        shift = Period(start, start + timedelta(hours=4)).range
        Presence.objects.create(agent=agent, group=None, period=shift)
    round_today = floor.round_today
    told_of = lambda people, **how: told.extend(people) or round_today(people, **how)  # noqa: E731
    monkeypatch.setattr(floor, "round_today", told_of)
    queries.my_floor(cast.supervisor.actor, NOW)
    assert [(each.here, each.away_days) for each in told if each.agent == agent.pk] == [(True, days - 1)]


def test_nobody_is_silent_for_longer_than_anything_was_recorded(cast):
    """With the firm for years, in an installation of three days: three days without a word, not years."""
    audit.record(by=SYSTEM, verb="accounts.enter", about=("x", 1), facts={}, at=NOW - timedelta(days=3))
    assert Agent.objects.filter(started_on__lt=NOW.date() - timedelta(days=99)).exists()
    assert {line.silent for line in queries.attention(cast.supervisor.actor, NOW)} == {3}
    touched(cast, cast.agent, NOW - timedelta(days=14))
    assert {line.silent for line in queries.attention(cast.supervisor.actor, NOW)} == {14}


def test_a_rough_surge_behind_somebody_and_the_thanks_due_for_it(cast):
    """The last shift brought half more than was expected: that is why, and one tap leads to the thanks."""
    at = NOW + timedelta(days=1)
    day = NOW.replace(hour=8)
    queue = make_demand.a_queue(cast.world.aurora, cast.world.north, "Refunds", skill=cast.world.service)
    make_demand.a_version(queue, NOW.date() - timedelta(days=1), 4, at=NOW - timedelta(days=9))
    make_demand.a_past(queue, NOW.date(), 1, height=30.0)
    RecordDay.objects.create(
        queue=queue, day=NOW.date(), lead_days=7, source="planner", expected=250, actual=380, made_at=NOW
    )
    agent = cast.agent.agent.pk
    for start in (day, day + timedelta(days=1)):
        shift = Period(start, start + timedelta(hours=6))
        offphone.tell_presence(agents=[agent], between=shift, windows=[(agent, queue.pk, shift)])
    touched(cast, cast.agent, NOW - timedelta(hours=9))
    (line,) = queries.my_floor(cast.supervisor.actor, at).lines
    assert line.why[1].startswith("the last shift brought 5")
    assert line.why[1].endswith("% more contacts than were expected")
    assert "a thanks is due" in line.why[2]
    assert "380 contacts came to Refunds, 250 were forecast" in line.why[2]
    assert line.thanks_url.startswith(f"/thanks/say/?colleague={cast.agent.agent.number}&")
    page = cast.client(cast.supervisor).get(line.thanks_url).content.decode()
    assert "Thank you for" in page
    thanks.thank(number=cast.agent.agent.number, by=cast.supervisor.actor, at=at)
    (line,) = queries.my_floor(cast.supervisor.actor, at).lines
    assert not line.thanks_url


def test_only_who_is_here_today_is_shown(cast):
    """By the published shifts; where nothing is published everybody counts as here, and the page says so."""
    assert len(names(cast)) == 3
    shift = Period(NOW, NOW + timedelta(hours=6))
    offphone.tell_presence(agents=[cast.agent.agent.pk], between=shift, windows=[(cast.agent.agent.pk, 1, shift)])
    assert names(cast) == ["Agent"]


def test_one_tap_notes_a_visit_once_and_can_be_taken_back(cast):
    """Tapped twice it is one; taken back, the person is on the floor again."""
    browser, agent = cast.client(cast.supervisor), cast.agent.agent.pk
    assert "Agent" in browser.get("/coaching/floor/").content.decode()
    for _ in range(2):
        assert browser.post(f"/coaching/floor/agents/{agent}/saw/").status_code == 302
    visit = Touch.objects.get()
    assert "Take it back" in browser.get("/coaching/floor/").content.decode()
    assert browser.post(f"/coaching/floor/visits/{visit.pk}/take-back/").status_code == 302
    assert not queries.visible_touches(cast.supervisor.actor).exists()


def test_a_visit_stays_after_a_minute(cast):
    """The service refuses in a sentence, the database too."""
    visit = services.visit(agent_id=cast.agent.agent.pk, by=cast.supervisor.actor, at=NOW)
    late = NOW + timedelta(minutes=2)
    with pytest.raises(services.TooLateToTakeBack):
        services.take_back_visit(touch_id=visit.pk, by=cast.supervisor.actor, at=late)
    with pytest.raises(IntegrityError), transaction.atomic():
        Touch.objects.filter(pk=visit.pk).update(taken_back_at=late)


def test_nobody_notes_visits_to_people_they_do_not_lead(cast):
    """Another supervisor's agent is not found."""
    with pytest.raises(NotFound):
        services.visit(agent_id=cast.agent.agent.pk, by=cast.other_supervisor.actor, at=NOW)


def test_leads_are_told_of_silence_once_a_week(cast):
    """How many, never who said what; the limit is the site's own."""
    at = datetime.now(UTC)
    for person in (cast.agent, cast.colleague, cast.contractor):
        touched(cast, person, at - timedelta(days=6))
    services.tell_of_silence(at)
    mine = Notice.objects.filter(to_user=cast.supervisor.user.pk, kind=services.SILENCE_KIND)
    assert not mine.exists()
    services.set_limits(site_id=cast.world.north.pk, silence_days=5, visits_a_day=2, by=cast.manager.actor, at=at)
    services.tell_of_silence(at)
    services.tell_of_silence(at)
    told = reading.in_words(mine.get(), cast.supervisor.actor)
    assert told.text == "3 of North One have heard nothing from anybody for more than 5 days."


def test_in_a_small_house_silence_is_told_to_the_one_who_leads_everywhere(cast):
    """No role is held for the team; the notice reaches them all the same."""
    one, at = in_one_hand(cast), datetime.now(UTC)
    touched(cast, cast.agent, at - timedelta(days=30))
    assert services.tell_of_silence(at) >= 1
    told = Notice.objects.filter(to_user=one.user.pk, kind=services.SILENCE_KIND)
    assert any("North One" in reading.in_words(each, one.actor).text for each in told)


def test_a_manager_sees_counts_by_team_and_a_lead_their_people(cast):
    """Counts and the mix; a manager's page names no agent."""
    touched(cast, cast.agent, datetime.now(UTC), tone="positive", minutes=20)
    manager = cast.client(cast.manager).get("/coaching/floor/attention/").content.decode()
    assert "North One" in manager
    assert "Supervisor" in manager
    assert "Colleague" not in manager
    lead = cast.client(cast.supervisor).get("/coaching/floor/attention/").content.decode()
    assert "Colleague" in lead
    assert cast.client(cast.agent).get("/coaching/floor/attention/").status_code == 404


def test_attention_is_shown_per_agent_and_giver_with_its_mix(cast):
    """S89, S92: who gave whom how much; a lead's minutes spread over everybody they lead, with or without."""
    at = datetime.now(UTC)
    touched(cast, cast.agent, at - timedelta(days=1), tone="positive", minutes=30)
    touched(cast, cast.agent, at - timedelta(days=2), tone="corrective", minutes=15)
    touched(cast, cast.colleague, at - timedelta(days=3), tone="positive")
    analyst = {"by_user_id": cast.quality_analyst.user.pk, "kind": "review", "at": at - timedelta(days=4)}
    services.note_touch(agent_id=cast.agent.agent.pk, once="review", **analyst)
    touched(cast, cast.colleague, at - timedelta(days=31), tone="corrective", minutes=60)
    line = next(each for each in queries.attention(cast.supervisor.actor, at) if each.agent == cast.agent.agent)
    assert [each.words for each in line.by] == ["you: 2×, 45 min", "Quality Analyst: 1×"]
    assert line.mix == "1 positive, 1 corrective (50 % positive)" and line.minutes == 45
    given = {each.name: each for each in queries.given_lately(cast.manager.actor, at)}
    assert given["Supervisor"].apart == "0 to 45 min each; 2 of 3 got none"
    assert given["Supervisor"].mix_words == "2 positive, 1 corrective (67 % positive)"
    assert given["Quality Analyst"].apart == "no minutes of sessions"
    page = cast.client(cast.supervisor).get("/coaching/floor/attention/").content.decode()
    assert "you: 2×, 45 min; Quality Analyst: 1×" in page and "2 of 3 got none" in page
    assert "Quality Analyst" not in page.split("Who gave how much")[-1]  # others' sums are the manager's


def test_who_manages_and_leads_sees_their_people_and_the_teams(cast):
    """A small house: the page hides nothing of what they would see as one or as the other."""
    one = in_one_hand(cast)
    touched(cast, cast.agent, datetime.now(UTC) - timedelta(days=1), tone="positive", minutes=20)
    page = cast.client(one).get("/coaching/floor/attention/").content.decode()
    for said in ("Your people", "Colleague", "Silence by team", "North One", "Silence and one-to-ones"):
        assert said in page, said


def test_a_manager_sets_the_limit_of_a_site(cast):
    """By the page; nonsense is refused in place."""
    browser, address = cast.client(cast.manager), f"/coaching/floor/limits/{cast.world.north.pk}/"
    given = {"visits_a_day": 4, "steps_months": 6, "talk_days": 0, "talk_minutes": 30}
    assert browser.post(address, given | {"silence_days": 0}).status_code == 422
    assert browser.post(address, given | {"silence_days": 8}).status_code == 302
    assert queries.visible_settings(cast.manager.actor).get().silence_days == 8
