"""A browser, the suite behind a real server, and visitors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.cache import cache
from django.utils import timezone

from floorwalker.apps.people.models import Site
from floorwalker.apps.schedules.models import Week
from floorwalker.project.sample import cast as sample_cast
from floorwalker.project.sample.centre import SampleFiles, make_files
from floorwalker.project.sample.making import parts
from tests.journeys.visitor import Visitor
from tests.kernel.live.serving import served
from tests.kernel.ui.browser import CHROMIUM, FLAGS
from tests.people import Cast, make_cast

Visit = Callable[..., Visitor]
Made = Callable[[str, tuple[str, ...]], None]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]))
            item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="the browser tests need Chromium"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need Playwright")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in this thread
        with sync_api.sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield started
            started.close()


@pytest.fixture
def site(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The suite at an address of this machine, with streams, and files in a folder of the test."""
    from floorwalker.project.asgi import application

    import_module("floorwalker.project.urls")  # on a busy machine it takes longer than a page has
    cache.clear()  # everybody comes from one address here: who came in the journey before uses up no tries
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir(mode=0o700)
    with served(ASGIStaticFilesHandler(application)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visit(chromium: Any, site: str) -> Iterator[Visit]:
    """Open windows; at the end none may have been complained in."""
    windows: list[Visitor] = []

    def visit(name: str, width: int = 1440, **options: Any) -> Visitor:
        windows.append(Visitor(chromium, site, name, width, **options))
        return windows[-1]

    yield visit
    for each in windows:
        with suppress(Exception):
            each.context.close()
    assert [line for each in windows for line in each.complaints] == []


@pytest.fixture
def cast(site: str) -> Cast:
    """Everybody of `tests.people`, behind the server."""
    return make_cast()


@pytest.fixture
def monday() -> date:
    """Of the week to come."""
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture(scope="session")
def corner(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    """The files of a small made-up centre."""
    return make_files("corner", tmp_path_factory.mktemp("corner"), timezone.localdate())


@pytest.fixture
def made(site: str, work: Callable[..., None], deliver: Callable[[], None], tmp_path: Path) -> Made:
    """A sample brought in by its own steps, those of the named stages, as its worker would."""

    def bring(name: str, stages: tuple[str, ...]) -> None:
        at = timezone.now()
        sample_cast.first_people(name, at)
        for part in parts(make_files(name, tmp_path, timezone.localdate())):
            if part.stage in stages and not part.done():
                part.begin(at)
                deliver()
                work(inline=True)
                deliver()
                assert part.done(), part.title

    return bring


class Calendar:
    """The day it is for the suite. Its clock is set and runs on; the server's own timers keep the real time."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.clock, self.ahead = timezone.now, timedelta(0)
        patch.setattr(timezone, "now", lambda: self.clock() + self.ahead)

    def on(self, moment: datetime) -> None:
        self.ahead = moment - self.clock()


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(monkeypatch)


def again(visitor: Visitor, person: Any) -> Visitor:
    """Days later one signs in anew."""
    visitor.context.clear_cookies()
    return visitor.sign_in(person.user)


@pytest.fixture
def behind(work: Callable[..., None], deliver: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        deliver()
        work(inline=True)
        deliver()

    return run


@pytest.fixture
def week(site: str, behind: Callable[[], None], tmp_path: Path) -> Week:
    """The published week of harbour's first site, brought in by the sample's own steps."""
    at = timezone.now()
    sample_cast.first_people("harbour", at)
    files = make_files("harbour", tmp_path, timezone.localdate())
    for part in parts(files):
        first = Site.objects.order_by("pk").first()
        said = part.stage == "people" and part.title != "people"
        elsewhere = part.stage in ("roster", "publication") and first and not part.title.endswith(first.name)
        if said or elsewhere or part.done():
            continue
        part.begin(at)
        behind()
        assert part.done(), part.title
    return Week.objects.get(site=first, first_day=files.week)
