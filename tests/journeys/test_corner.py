"""One manager, from an empty suite to a published week, by the links of the start page alone."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import OneTimeLink
from floorwalker.apps.schedules.models import Publication, Shift
from floorwalker.project.sample.centre import SampleFiles
from tests.journeys.conftest import Visit


def test_five_steps_from_an_empty_suite_to_a_published_week(
    visit: Visit, corner: SampleFiles, work: Callable[..., None], deliver: Callable[[], None]
) -> None:
    """People, history, forecast and staff, roster, publication."""

    def behind() -> None:
        deliver()
        work(inline=True)
        deliver()

    manager = visit("corner", 1440)
    manager.open("/")
    manager.look("empty-suite")
    secret = services.make_link(purpose=OneTimeLink.Purpose.FIRST_USER, user=None, console=True, at=timezone.now())
    manager.open(f"/sign-in/link/{secret}/")
    manager.fill("Name", "Dara Keane")
    manager.fill("E-mail", "dara@example.org")
    manager.choose("Time zone", "Europe/Dublin")
    manager.fill("Password", "a week that everybody knows")
    manager.page.get_by_label("I also plan, supervise and evaluate quality, everywhere").check()
    manager.look("first-user")
    manager.press("Begin")
    manager.shows("From nothing to a published week in five steps")
    manager.look_everywhere("start")

    # 1: the centre and its people
    manager.follow("Create the centre")
    manager.fill("Name of the centre", "Dublin")
    manager.choose("Time zone", "Europe/Dublin")
    manager.look("centre")
    manager.press("Create the centre")
    manager.follow("Import people")
    manager.give("File", corner.folder / "people.csv")
    manager.press("Read the file")
    manager.shows("Made along with it", "Team 1")
    manager.look("people-preview")
    manager.press("Apply all")
    manager.shows("Applied")

    # 2: history
    manager.open("/")
    manager.follow("Upload history")
    manager.give("File", corner.folder / "history.csv")
    manager.press("Upload and read")
    behind()
    manager.open(manager.path)
    manager.shows("helpdesk", "Every line accounted for")
    manager.look("history-read")
    manager.choose("Client of the new queue", "Our customers")
    manager.choose("Site of the new queue", "Dublin")
    manager.press("Store it")
    behind()
    manager.open(manager.path)
    manager.shows("rows were new")

    # 3: forecast and required staff
    manager.open("/")
    manager.follow("Make the forecast")
    manager.press("Make them")
    behind()
    manager.open("/")
    if manager.page.locator("main").get_by_role("link", name="Compute required staff").count():
        manager.follow("Compute required staff")
        manager.press("Compute")
        behind()
        manager.open("/")

    # 4: the roster
    manager.look("four")
    manager.follow("Make the roster")
    manager.page.get_by_label("Quick").check()
    manager.press("Make the roster")
    behind()
    manager.open(manager.path)
    manager.shows("hours paid")
    manager.look("roster-made")

    # 5: publication
    manager.open("/")
    manager.follow("Look and publish")
    manager.look("publish")
    manager.press("Publish and tell everybody touched")
    manager.shows("Version 1, published by Dara Keane")
    behind()
    manager.look_everywhere("published")
    manager.open("/")
    manager.look_everywhere("home-afterwards")
    assert Publication.objects.count() == 1
    assert Shift.objects.filter(agent__isnull=False).count() > 20
