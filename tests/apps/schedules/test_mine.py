"""My schedule and my calendar: my own, on my own clock, what is new marked; the secret told once."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar
from time_machine import TimeMachineFixture

from floorwalker.apps.offphone.models import Session
from floorwalker.apps.schedules import services
from floorwalker.apps.schedules.models import Feed, Publication, Week
from floorwalker.apps.schedules.queries.mine import own_week
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.apps.schedules.services.feeds import TooOften
from floorwalker.apps.schedules.services.refusals import TooManyFeeds
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.periods import Period
from tests.factories import schedules as make
from tests.people import NOW, Cast


def feed(cast: Cast, opened: Any, **headers: str) -> Any:
    address = reverse("schedules:calendar", args=[opened.feed.pk])
    return cast.client(cast.stranger).get(f"{address}?key={opened.key}", headers=headers)


@pytest.fixture
def opened(cast: Cast, time_machine: TimeMachineFixture) -> Any:
    time_machine.move_to(NOW)
    return services.open_feed(device="Phone", by=cast.agent.actor, at=NOW)


def test_my_week_is_on_my_own_clock(cast: Cast, week: Week, plan: Publication) -> None:
    """An agent in Manila: nine in Lisbon is five in the afternoon; the day is the viewer's."""
    cast.agent.user.zone = "Asia/Manila"
    cast.agent.user.save()
    own = own_week(cast.agent.actor, week.first_day, NOW, None)
    monday = own.days[0]
    assert monday.shifts[0].start.astimezone(ZoneInfo("Asia/Manila")).hour == 17
    assert own.paid_seconds == 40 * 3600
    assert own.next is not None
    assert own.next.start == datetime(2026, 3, 16, 9, tzinfo=UTC)
    page = cast.client(cast.agent).get(reverse("schedules:mine_week", args=[week.first_day])).content.decode()
    assert "Mon 16 Mar, 09:00–17:30 by the clocks there" in page
    assert page.index("meal") < page.index("by the clocks there"), "the meal is on one's own clock, and reads so"


def test_time_off_the_phones_stands_on_its_day(cast: Cast, week: Week, plan: Publication) -> None:
    """A one-to-one that has its place; mine, not a colleague's, and not what has no time yet."""
    begins = datetime.combine(week.first_day, time(12), UTC)
    facts = {"kind": "one_to_one", "minutes": 30, "owner": cast.supervisor.user, "due": begins, "made_at": NOW}
    period = Period(begins, begins + timedelta(minutes=30)).range
    mine = Session.objects.create(
        agent=cast.agent.agent, reason="Talk with Supervisor", state="placed", period=period, **facts
    )
    Session.objects.create(agent=cast.colleague.agent, reason="Not mine", state="placed", period=period, **facts)
    Session.objects.create(agent=cast.agent.agent, reason="No time yet", state="owed", **facts)
    page = cast.client(cast.agent).get(reverse("schedules:mine_week", args=[week.first_day])).content.decode()
    day = page[page.index("Monday 16 March") : page.index("Tuesday 17 March")]
    assert "12:00" in day and "12:30" in day and "Talk with Supervisor" in day
    assert reverse("offphone:session", args=[mine.pk]) in day
    assert "Not mine" not in page and "No time yet" not in page


def test_one_clock_is_said_once(cast: Cast, week: Week, plan: Publication) -> None:
    """Who lives by the clocks of their site reads no second time."""
    page = cast.client(cast.agent).get(reverse("schedules:mine_week", args=[week.first_day])).content.decode()
    assert "Mon 16 Mar, 09:00" in page and "clocks there" not in page


@pytest.mark.parametrize(
    ("zone", "sunday", "hours", "change"),
    [
        ("Europe/Lisbon", date(2026, 3, 29), 8.5, 60),
        ("Europe/Lisbon", date(2026, 10, 25), 8.5, -60),
        ("Australia/Lord_Howe", date(2026, 10, 4), 8.5, 30),
        ("Australia/Lord_Howe", date(2026, 4, 5), 8.5, -30),
    ],
)
def test_a_night_of_the_clock_change_says_so_and_is_as_long_as_it_is(
    cast: Cast, zone: str, sunday: date, hours: float, change: int
) -> None:
    """Saturday 22:00 and eight hours and a half that pass, whatever the clock says in the morning."""
    site, user = cast.world.north, cast.agent.user
    site.zone = user.zone = zone
    site.save()
    user.save()
    week = make.a_week(site, sunday - timedelta(days=6))
    make.published(week, [make.a_stint(week, cast.agent.agent, 5, "22:00", hours)], NOW)
    saturday = own_week(cast.agent.actor, sunday, NOW, None).days[5]
    (shift,) = saturday.shifts
    assert (shift.elapsed_seconds / 3600, shift.clocks_change) == (hours, change)


def test_what_changed_since_the_last_look_is_marked_and_reloading_does_not_unmark_it(
    cast: Cast, week: Week, plan: Publication, time_machine: TimeMachineFixture
) -> None:
    """Nothing is new at the first look; a changed and a cancelled shift are new at the next."""
    browser, address = cast.client(cast.agent), reverse("schedules:mine_week", args=[make.MONDAY])
    time_machine.move_to(NOW)
    assert "new since" not in browser.get(address).content.decode()
    shifts = make.live(cast.agent.agent)  # type: ignore[arg-type]
    later = NOW + timedelta(hours=2)
    for step in (
        Step("hours", str(shifts[0].identity), 1, shifts[0].day, 600, 510, 30),
        Step("delete", str(shifts[1].identity), 1),
    ):
        services.change_published(week_id=week.pk, step=step, by=cast.planner.actor, at=later)
    time_machine.move_to(later + timedelta(hours=1))
    for _reload in range(2):
        page = browser.get(address).content.decode()
        assert page.count("new since you last looked") == 2
        assert "no longer yours" in page
        time_machine.shift(60)
    time_machine.move_to(later + timedelta(days=1))
    assert "new since" not in browser.get(address).content.decode()


def test_a_person_without_shifts_has_no_schedule_page_but_a_reason(cast: Cast) -> None:
    """An agent without a published shift reads that; who is no agent has no such page."""
    assert "No shift is published" in cast.client(cast.agent).get(reverse("schedules:mine")).content.decode()
    assert cast.client(cast.planner).get(reverse("schedules:mine")).status_code == 404


def test_the_calendar_holds_my_shifts_and_no_other_name(
    cast: Cast, week: Week, plan: Publication, opened: Any
) -> None:
    """Times, meal, stable names with growing numbers, cancelled ones marked; nobody else in it."""
    answer = feed(cast, opened)
    assert answer.status_code == 200
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert len(events) == 5
    assert events[0]["dtstart"].dt == datetime(2026, 3, 16, 9, tzinfo=UTC)
    assert "Meal 13:00–13:30" in events[0]["description"]
    assert b"Colleague" not in answer.content
    first, second, *_rest = make.live(cast.agent.agent)  # type: ignore[arg-type]
    by = cast.planner.actor
    change = Step("hours", str(first.identity), 1, first.day, 600, 510, 30)
    away = Step("give", str(second.identity), 1, agent=cast.other_team_agent.agent.pk)  # type: ignore[union-attr]
    for step in (change, away):
        services.change_published(week_id=week.pk, step=step, by=by, at=NOW)
    after = {str(e["uid"]): e for e in Calendar.from_ical(feed(cast, opened).content).walk("VEVENT")}
    moved, gone = after[f"{first.identity}@floorwalker"], after[f"{second.identity}@floorwalker"]
    assert (moved["dtstart"].dt.hour, moved["sequence"]) == (10, 1)
    assert (str(gone["status"]), gone["sequence"]) == ("CANCELLED", 1)


def test_the_calendar_tells_the_kind_of_time_off_the_phones_and_no_more(
    cast: Cast, week: Week, plan: Publication, opened: Any
) -> None:
    """A one-to-one that has its time, moved under its name; not what it is about, not what has no time yet."""
    begins = datetime.combine(week.first_day, time(12), UTC)
    facts = {"kind": "one_to_one", "minutes": 30, "owner": cast.supervisor.user, "due": begins, "made_at": NOW}
    period = Period(begins, begins + timedelta(minutes=30))
    mine = Session.objects.create(
        agent=cast.agent.agent, reason="About late breaks", state="placed", period=period.range, **facts
    )
    Session.objects.create(agent=cast.agent.agent, reason="Later", state="owed", **facts)
    Session.objects.create(
        agent=cast.colleague.agent, reason="Theirs", state="placed", period=period.range, **facts
    )

    def talk() -> tuple[Any, ...]:
        events = Calendar.from_ical(feed(cast, opened).content).walk("VEVENT")
        (found,) = [each for each in events if str(each["uid"]).startswith("off-the-phones")]
        return str(found["uid"]), str(found["summary"]), found["dtstart"].dt, found.get("sequence", 0)

    name = f"off-the-phones-{mine.pk}@floorwalker"
    assert talk() == (name, "One-to-one", begins, 0)
    assert b"late breaks" not in feed(cast, opened).content
    hour = timedelta(hours=1)
    Session.objects.filter(pk=mine.pk).update(period=Period(begins + hour, period.end + hour).range, version=2)
    assert talk() == (name, "One-to-one", begins + hour, 1)


def test_an_unchanged_calendar_is_not_sent_again(
    cast: Cast, week: Week, plan: Publication, opened: Any, time_machine: TimeMachineFixture
) -> None:
    """Its tag stays while the shifts do, and changes with them."""
    tag = feed(cast, opened)["ETag"]
    time_machine.shift(3600)
    again = feed(cast, opened, if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    shift = make.live(cast.agent.agent)[0]  # type: ignore[arg-type]
    step = Step("delete", str(shift.identity), 1)
    services.change_published(week_id=week.pk, step=step, by=cast.planner.actor, at=NOW)
    assert feed(cast, opened, if_none_match=tag).status_code == 200


def test_a_feed_is_off_until_asked_for_and_its_secret_is_told_once(cast: Cast, plan: Publication) -> None:
    """Shown when made, kept as a hash, never on the page again."""
    browser = cast.client(cast.agent)
    assert not Feed.objects.exists()
    page = browser.post(reverse("schedules:feeds"), {"device": "Phone"})
    text = page.content.decode()
    assert "?key=" in text
    assert page["Cache-Control"] == "no-store"
    key = text.split("?key=")[1].split('"')[0]
    assert len(key) == 43  # 256 bits
    row = Feed.objects.get()
    assert key not in repr(vars(row))
    assert key not in browser.get(reverse("schedules:feeds")).content.decode()


@pytest.mark.parametrize("spoil", ["key", "id", "revoke", "renew", "unused", "left", "disabled"])
def test_what_is_no_key_any_more_opens_nothing(
    cast: Cast, plan: Publication, opened: Any, spoil: str, time_machine: TimeMachineFixture
) -> None:
    """A guess, another feed's address, revoked, renewed, long unused, its agent gone: the same answer."""
    assert feed(cast, opened).status_code == 200
    other = services.open_feed(device="Tablet", by=cast.colleague.actor, at=NOW)
    by = {"by": cast.agent.actor, "at": NOW}
    match spoil:
        case "key":
            opened = type(opened)(opened.feed, "x" * 43)
        case "id":
            opened = type(opened)(other.feed, opened.key)
        case "revoke":
            services.revoke_feed(feed_id=opened.feed.pk, **by)  # type: ignore[arg-type]
        case "renew":
            services.renew_feed(feed_id=opened.feed.pk, **by)  # type: ignore[arg-type]
        case "unused":
            time_machine.shift(timedelta(days=181))
        case "left":
            agent = cast.agent.agent
            assert agent is not None
            agent.left_on, agent.leaving_reason = date(2026, 3, 3), cast.world.reason
            agent.save()
        case "disabled":
            cast.agent.user.is_active = False
            cast.agent.user.save()
    answer = feed(cast, opened)
    assert answer.status_code == 404
    assert answer.content == b"There is nothing here, or it is not yours to see."


def test_a_calendar_is_read_sixty_times_an_hour_and_no_more(
    cast: Cast, plan: Publication, opened: Any, time_machine: TimeMachineFixture
) -> None:
    """The next hour it opens again."""
    for _ in range(60):
        services.read_feed(feed_id=opened.feed.pk, key=opened.key, at=NOW)
    with pytest.raises(TooOften):
        services.read_feed(feed_id=opened.feed.pk, key=opened.key, at=NOW)
    assert feed(cast, opened).status_code == 429
    services.read_feed(feed_id=opened.feed.pk, key=opened.key, at=NOW + timedelta(hours=1))


def test_the_secret_is_in_no_log(
    cast: Cast, plan: Publication, opened: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither when it opens nor when it is refused, and not in the audit."""
    from floorwalker.kernel.models import Entry

    caplog.set_level(logging.DEBUG)
    feed(cast, opened)
    services.revoke_feed(feed_id=opened.feed.pk, by=cast.agent.actor, at=NOW)
    feed(cast, opened)
    said = [record for record in caplog.records if record.name != "django.db.backends"]
    assert all(opened.key not in record.getMessage() for record in said)
    assert all(opened.key not in str(facts) for facts in Entry.objects.values_list("facts", flat=True))


def test_nobody_opens_or_sees_a_feed_of_somebody_else(cast: Cast, plan: Publication, opened: Any) -> None:
    """Not even who may see everybody's schedule; and ten addresses are enough for one person."""
    for person in (cast.colleague, cast.planner, cast.supervisor):
        with pytest.raises(NotFound):
            services.renew_feed(feed_id=opened.feed.pk, by=person.actor, at=NOW)
    for _ in range(9):
        services.open_feed(device="More", by=cast.agent.actor, at=NOW)
    with pytest.raises(TooManyFeeds):
        services.open_feed(device="More", by=cast.agent.actor, at=NOW)


def test_unused_feeds_are_switched_off_by_the_nightly_job(cast: Cast, plan: Publication, opened: Any) -> None:
    """After half a year, and not a day before."""
    assert services.switch_off_unused(NOW + timedelta(days=180)) == 0
    assert services.switch_off_unused(NOW + timedelta(days=181)) == 1


def test_my_shifts_once_as_a_file(cast: Cast, plan: Publication, opened: Any) -> None:
    """Without any address at all."""
    answer = cast.client(cast.agent).get(reverse("schedules:mine_ics"))
    assert answer["Content-Type"].startswith("text/calendar")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 5
