"""From an empty suite to a published week: the steps as they stand, and the small form that creates the centre."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.people.models import Client, Site, Team
from floorwalker.apps.schedules.models import Draft, Publication, Week
from floorwalker.kernel.models.entry import Entry
from floorwalker.kernel.roles import Role, Scope
from floorwalker.project.home.countries import countries, country_of
from floorwalker.project.home.start import stages, steps, unfinished
from tests.apps.accounts.sign_in import sign_in
from tests.conformance import matrix
from tests.factories.capacity import make_requirement
from tests.people import NOW, Cast
from tests.project.test_home import text_of


def browser_of(*roles: Role) -> Browser:
    """The only one there is, in a suite without anything."""
    user = User.objects.create_user("dara@example.org", "Dara Keane", zone="Europe/Dublin")
    for role in roles:
        RoleHeld.objects.create(user=user, role=role, scope=Scope.ALL, given_at=NOW, given_by="the tests")
    return sign_in(Browser(), user)


CENTRE = {"name": "Corner", "zone": "Europe/Dublin", "country": "", "client": "Our customers"}


@pytest.mark.django_db
def test_an_empty_suite_leads_to_the_centre_and_on_to_its_people() -> None:
    """The first step's link makes the site and the client; then the same step asks for people."""
    browser = browser_of(Role.ADMINISTRATOR, Role.MANAGER, Role.PLANNER)
    page = text_of(browser.get("/"))
    assert "Setting up the centre" in page and 'href="/start/centre/"' in page
    answer = browser.post("/start/centre/", CENTRE)
    assert answer.status_code == 302 and answer["Location"] == "/start/"
    site = Site.objects.get()
    assert (site.name, site.zone, site.country) == ("Corner", "Europe/Dublin", "IE")
    assert [each.name for each in Client.objects.all()] == ["Our customers"]
    assert Entry.objects.filter(verb="people.add_site").exists()
    page = text_of(browser.get("/start/"))
    assert 'href="/people/import/"' in page and 'href="/start/centre/"' not in page


@pytest.mark.django_db
def test_a_centre_that_is_there_already_is_said_at_its_field() -> None:
    """The same name again: nothing is made, what was typed stays."""
    browser = browser_of(Role.MANAGER)
    browser.post("/start/centre/", CENTRE)
    answer = browser.post("/start/centre/", CENTRE | {"client": "Others"})
    assert answer.status_code == 422 and "already one called Corner" in text_of(answer)
    assert 'value="Others"' in text_of(answer)
    assert (Site.objects.count(), Client.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"zone": "Mars/Olympus"}, {"country": "XX"}, {"client": "c" * 121}]
)
def test_a_centre_without_sense_is_refused(wrong: dict[str, str]) -> None:
    """422, with the field named, and nothing made."""
    answer = browser_of(Role.MANAGER).post("/start/centre/", CENTRE | wrong)
    assert answer.status_code == 422 and "ui-error-summary" in text_of(answer)
    assert not Site.objects.exists()


@pytest.mark.django_db
def test_a_step_that_needs_another_role_says_which() -> None:
    """An administrator and manager cannot upload history; they can give the role."""
    browser = browser_of(Role.ADMINISTRATOR, Role.MANAGER)
    assert "Create the centre" in text_of(browser.get("/"))


def test_people_are_in_so_history_is_next(cast: Cast) -> None:
    """The cast is a workforce without any history."""
    found = steps(cast.planner.actor, NOW)
    assert [each.state for each in found] == ["done", "current", "waiting", "waiting", "waiting"]
    assert found[1].url == "/demand/uploads/"
    manager = steps(cast.manager.actor, NOW)
    assert manager[1].state == "blocked" and "Planner" in str(manager[1].note) and not manager[1].url


def test_the_roster_is_made_where_the_people_are(cast: Cast) -> None:
    """The site made first may stand empty: a file of people brings its own."""
    monday = NOW.date() + timedelta(days=7 - NOW.weekday())
    for site in (cast.world.north, cast.world.south):
        Team.objects.update(site=site)
        url = stages(cast.planner.actor, NOW.date())[3].url
        assert url == reverse("schedules:start_run", args=[site.pk, monday])


def test_the_roster_is_made_where_staff_is_required(cast: Cast) -> None:
    """Of two sites with people the one whose queue has required staff, however few are there."""
    url = stages(cast.planner.actor, NOW.date())[3].url
    assert f"/{cast.world.north.pk}/" in url, "most people are in the north"
    there = next(each for each in matrix.positions(cast) if each.site == cast.world.south)
    make_requirement(cast.world, there, "Help")
    assert f"/{cast.world.south.pk}/" in stages(cast.planner.actor, NOW.date())[3].url


def test_a_published_week_ends_the_setting_up(cast: Cast) -> None:
    """Whatever else is missing later is no longer part of it."""
    assert unfinished(cast.planner.actor, NOW)
    at = timezone.now()
    monday = at.date() - timedelta(days=at.weekday())
    week = Week.objects.create(site=cast.world.north, first_day=monday)
    Draft.objects.create(week=week, name="First", made_at=at, made_by="tests")
    assert [each.state for each in steps(cast.planner.actor, NOW)][3] == "done"
    week.current = Publication.objects.create(
        week=week, number=1, kind="roster", published_at=at, published_by="tests"
    )
    week.save()
    assert unfinished(cast.planner.actor, NOW) == []
    assert "Setting up the centre" not in text_of(cast.client(cast.planner).get("/"))


@pytest.mark.parametrize(
    "who", ["agent", "supervisor", "client_viewer", "hr", "auditor", "trainer", "administrator"]
)
def test_who_does_not_set_up_is_not_shown_the_steps(cast: Cast, who: str) -> None:
    """The steps are of those who see all that they are made of."""
    assert "Setting up the centre" not in text_of(cast.client(getattr(cast, who)).get("/"))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("planner", 200),
        ("manager", 200),
        ("administrator", 200),
        ("site_planner", 404),
        ("agent", 404),
        ("hr", 404),
    ],
)
def test_only_who_keeps_the_whole_house_creates_a_centre(cast: Cast, who: str, status: int) -> None:
    """For the others there is no such page, by either method."""
    browser = cast.client(getattr(cast, who))
    assert browser.get("/start/centre/").status_code == status
    if status == 404:
        assert browser.post("/start/centre/", CENTRE).status_code == 404
        assert not Site.objects.filter(name="Corner").exists()


def test_zones_lie_in_their_countries() -> None:
    """By the table that comes with the zones; UTC is nobody's."""
    assert (country_of("Europe/Lisbon"), country_of("Asia/Manila"), country_of("UTC")) == ("PT", "PH", "")
    assert dict(countries())["IE"] == "Ireland" and len(countries()) > 200


def test_the_zone_is_guessed_by_a_file_not_by_code_in_the_page(cast: Cast) -> None:
    """The policy forbids code in pages; without the script the list stays."""
    page = text_of(cast.client(cast.manager).get("/start/centre/"))
    assert "project/zone.js" in page and "data-zone-guess" in page and "Europe/Dublin" in page
