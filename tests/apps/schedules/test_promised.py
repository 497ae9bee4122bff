"""A week published in time is a promise, and so are its hours afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.promises import queries as ledger
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.schedules import services, tasks
from floorwalker.apps.schedules.models import Edit, Publication, Week
from floorwalker.apps.schedules.rules.edits import Step
from floorwalker.apps.schedules.rules.promised import publish_by, weeks_due
from floorwalker.kernel.notices import reading
from floorwalker.project.home.items.promises import i_owe
from tests.factories import schedules as make
from tests.people import NOW, Cast

LISBON = "Europe/Lisbon"
NEXT = make.MONDAY + timedelta(days=7)  # 23 March, to be published by the 9th
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the fourth of March."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def weeks(**more: object) -> list[Promise]:
    return list(Promise.objects.filter(kind=services.WEEK_PROMISE, **more).order_by("due"))


def broken() -> list[Promise]:
    return list(Promise.objects.filter(kind=services.HOURS_PROMISE).order_by("pk"))


def test_the_day_is_a_midnight_of_the_site_whatever_its_clocks_do() -> None:
    """So many whole local days before the Monday; of weeks whose day comes within seven days, and no others."""
    assert publish_by(date(2026, 4, 6), 14, LISBON) == datetime(2026, 3, 23, 0, tzinfo=UTC)
    assert publish_by(date(2026, 4, 13), 14, LISBON) == datetime(2026, 3, 29, 23, tzinfo=UTC)  # summer time
    assert weeks_due(NOW, 14, LISBON) == [NEXT]
    assert weeks_due(NOW, 0, LISBON) == [date(2026, 3, 9)]
    for hours in range(0, 24 * 14, 5):  # no week is left out and none is asked for after its day
        moment = NOW + timedelta(hours=hours)
        assert len(weeks_due(moment, 10, LISBON)) == 1


def test_a_week_is_owed_by_its_planner_and_kept_by_publishing_it(
    cast: Cast, week: Week, plan: Publication
) -> None:
    """Seen on their home from a week before its day; once, however often the job runs."""
    for moment in (NOW, LATER):
        tasks.owe_weeks(moment)
    [promise] = weeks(state="open")
    assert promise.owner == cast.site_planner.user and "North" in promise.to_text
    assert promise.due == publish_by(NEXT, 14, LISBON)
    item = i_owe(cast.site_planner.actor, NOW)
    assert item is not None and any("Week of" in str(line.text) for line in item.lines)
    line = ledger.line(promise, NOW)
    board = reverse("schedules:board", args=[week.site_id, NEXT])
    assert cast.client(cast.planner).get(line.url).headers["Location"] == board
    coming = make.a_week(week.site, NEXT)
    make.published(coming, make.working_days(coming, [cast.agent.agent]), LATER)
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_publishing_late_is_late_and_not_at_all_is_broken(cast: Cast, week: Week, plan: Publication) -> None:
    """Late between the day and the Monday; when the week begins without it, the ledger says so."""
    tasks.owe_weeks(NOW)
    coming = Week.objects.get(first_day=NEXT)
    tasks.owe_weeks(NOW + timedelta(days=7))  # owes the week after, too
    make.published(coming, make.working_days(coming, [cast.agent.agent]), datetime(2026, 3, 10, 9, tzinfo=UTC))
    tasks.owe_weeks(datetime(2026, 3, 30, 1, tzinfo=UTC))
    late, missed = weeks(due__gt=NOW)[:2]
    assert (late.state, missed.state) == ("late", "broken") and "began" in missed.why


def test_who_publishes_before_anybody_asks_keeps_it_too(cast: Cast, week: Week, plan: Publication) -> None:
    """The plan was published fifteen days ahead: kept. A week published after its day was never promised."""
    [promise] = weeks()
    assert (promise.state, promise.ref_id) == ("kept", week.pk)
    near = make.a_week(week.site, date(2026, 3, 9))
    make.published(near, make.working_days(near, [cast.agent.agent]), NOW)
    assert len(weeks()) == 1


def test_the_site_says_how_many_days(cast: Cast, week: Week, plan: Publication) -> None:
    """On the page of the site; a site that publishes no rosters owes none, a closed one no more."""
    address = reverse("people:sites_one", args=[week.site_id])
    form = {"name": "North", "zone": LISBON, "country": "PT", "publish_days_ahead": "91"}
    browser = cast.client(cast.manager)
    assert browser.post(address, form).status_code == 422
    assert browser.post(address, form | {"publish_days_ahead": "15"}).status_code == 302
    tasks.owe_weeks(NOW)
    [promise] = weeks(state="open")
    assert promise.due == publish_by(NEXT, 15, LISBON)
    week.site.refresh_from_db()
    week.site.archived = True
    week.site.save()
    tasks.owe_weeks(LATER)
    promise.refresh_from_db()
    assert promise.state == "withdrawn" and not weeks(state="open")


def change(cast: Cast, week: Week, hour: int = 10, **more: object) -> Edit:
    shift = make.live(cast.agent.agent)[0]
    step = Step("hours", str(shift.identity), shift.version, shift.day, hour * 60, 510, 30)
    return services.change_published(week_id=week.pk, step=step, by=cast.supervisor.actor, at=NOW, **more)  # type: ignore[arg-type]


def test_published_hours_changed_unasked_are_a_promise_not_kept(cast: Cast, week: Week, plan: Publication) -> None:
    """Towards the one whose hours they are, by who changed them, once nobody can take it back; told once."""
    change(cast, week)
    tasks.weigh_changes(NOW + timedelta(minutes=20))
    assert not broken()
    for moment in (LATER, LATER + timedelta(hours=1)):
        tasks.weigh_changes(moment)
    [promise] = broken()
    assert (promise.owner, promise.to_user) == (cast.supervisor.user, cast.agent.user)
    assert promise.state == "broken" and "without their word" in promise.why and "Supervisor" in promise.why
    page = cast.client(cast.agent).get(reverse("promises:promise", args=[promise.pk])).content.decode()
    assert "stand as published" in page and "without their word" in page
    assert reading.unread(cast.agent.actor) >= 1


def test_a_change_they_agreed_to_breaks_nothing(cast: Cast, week: Week, plan: Publication) -> None:
    """Said by who makes it, or agreed in the talk about it, or taken back at once."""
    change(cast, week, agreed=True)
    assert Edit.objects.get().agreed
    shift = make.live(cast.colleague.agent)[0]
    request = services.ask(shift_id=shift.pk, kind="drop", by=cast.colleague.actor, at=NOW)
    services.agree(request_id=request.pk, version=request.version, by=cast.supervisor.actor, at=NOW)
    undone = change(cast, week, hour=11)
    services.undo(edit_id=undone.pk, by=cast.supervisor.actor, at=NOW + timedelta(minutes=5))
    tasks.weigh_changes(LATER)
    assert not broken() and not Publication.objects.filter(weighed_at=None).exists()


@pytest.mark.parametrize("days", [0, 11])
def test_before_the_notice_hours_may_change(cast: Cast, week: Week, plan: Publication, days: int) -> None:
    """NOW lies twelve days before that Monday: with fewer days promised nobody counts on it yet."""
    week.site.publish_days_ahead = days
    week.site.save()
    change(cast, week)
    tasks.weigh_changes(LATER)
    assert not broken()


def test_a_week_published_anew_breaks_it_for_those_whose_hours_move(
    cast: Cast, week: Week, plan: Publication, today: None
) -> None:
    """The page says to how many before it is done; another meal moves nobody."""
    stints = make.working_days(week, [cast.agent.agent], meal=45) + make.working_days(
        week, [cast.colleague.agent], range(1, 5)
    )
    draft = make.a_draft(week, stints, NOW)
    page = cast.client(cast.planner).get(reverse("schedules:publish", args=[draft.pk])).content.decode()
    assert "1 person may count" in page and "promises to publish 14 days ahead" in page
    services.publish(draft_id=draft.pk, by=cast.planner.actor, at=NOW)
    tasks.weigh_changes(LATER)
    assert [(each.owner, each.to_user) for each in broken()] == [(cast.planner.user, cast.colleague.user)]


def test_the_page_says_it_before_and_asks_whether_they_agreed(
    cast: Cast, week: Week, plan: Publication, today: None
) -> None:
    """Checked first, the sentence names them; with their word it is gone. A draft asks nothing."""
    shift = make.live(cast.agent.agent)[0]
    address = reverse("schedules:shift", args=[week.site_id, week.first_day, shift.identity])
    sent = {"verb": "hours", "day": str(shift.day), "start": "10:00", "length": "510", "meal": "30"}
    sent |= {"version": "1", "why": "", "do": "check"}
    browser = cast.client(cast.supervisor)
    assert "may count on these hours by now" in browser.post(address, sent).content.decode()
    assert "may count on these hours by now" not in browser.post(address, sent | {"agreed": "on"}).content.decode()
    assert browser.post(address, sent | {"agreed": "on", "do": "save"}).status_code == 302
    assert Edit.objects.get().agreed
    draft = make.a_draft(Week.objects.get(pk=week.pk), make.working_days(week, [cast.agent.agent]), NOW)
    page = cast.client(cast.planner).get(f"{address}?draft={draft.pk}")
    assert page.status_code == 404 or "They agreed to it" not in page.content.decode()
