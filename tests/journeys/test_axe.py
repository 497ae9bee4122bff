"""Every page somebody can open: readable for everybody, nothing blocked, nothing too wide, in light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve
from django.utils import timezone

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.people.models import Agent
from floorwalker.apps.schedules import services as schedules
from floorwalker.apps.schedules.models import Shift
from floorwalker.kernel.roles import Role, Scope
from floorwalker.kernel.routes import routes
from floorwalker.project.sample.cast import person
from floorwalker.project.sample.centre import SampleFiles
from floorwalker.project.sample.making import parts
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor
from tests.kernel.ui.test_in_browser import AXE, AXE_RUN

NO_PAGE = re.compile(
    r"\.(csv|xlsx|ics|json|xml|txt)$|/live/?$|^/api/|/sign-out/|^/(healthz|readyz|metrics)|/file/$"
)
OPEN_ALL = "document.querySelectorAll('main details').forEach(each => { each.open = true; })"
LINKS = "[...document.querySelectorAll('a[href]')].map(each => each.href)"
# Pages this small centre has nothing for, by the name of their address; their components are in tests/kernel/ui.
WITHOUT_A_WORLD = {
    "statement", "expectation", "launch", "client_forecast", "promise", "why", "pattern", "preview",
    "order_progress",
}  # fmt: skip

ROOMS = ("/schedules", "/demand", "/staff", "/people", "/time", "/promises")


@pytest.fixture
def people(
    site: str, corner: SampleFiles, work: Callable[..., None], deliver: Callable[[], None]
) -> dict[str, User]:
    """A small centre with a published week, a request, time owed, promises and notices; who looks at it."""
    for part in parts(corner):
        if not part.done():
            part.begin(timezone.now())
            deliver()
            work(inline=True)
            deliver()
    at = timezone.now()
    everything = [
        (role, Scope.ALL, None) for role in (Role.ADMINISTRATOR, Role.MANAGER, Role.PLANNER, Role.AUDITOR)
    ]
    everything += [(Role.HR, Scope.ALL, None)]
    shift = Shift.objects.filter(agent__user__isnull=False, until=None, cancelled=False).order_by("period")[0]
    agent = shift.agent
    assert agent is not None and agent.user is not None
    found = {
        "manager": person("Dara Keane", everything, "Europe/Dublin", at),
        "supervisor": person("Sue Lead", [(Role.SUPERVISOR, Scope.TEAM, agent.team_id)], "Europe/Dublin", at),
        "client": person(
            "Client Desk", [(Role.CLIENT_VIEWER, Scope.CLIENT, client_of(shift))], "Europe/Dublin", at
        ),
        "agent": agent.user,
    }
    ask_for_a_change(shift, agent)
    offphone.owe(
        agent_id=agent.pk, minutes=30, kind="one_to_one", reason="Monthly talk", due=at + timedelta(days=14),
        by=actor_of(found["manager"]), at=at, once=None,
    )  # fmt: skip
    deliver()
    return found


def client_of(shift: Shift) -> int:
    assert shift.queue is not None
    return int(shift.queue.client_id)


def ask_for_a_change(shift: Shift, agent: Agent) -> None:
    schedules.ask(
        shift_id=shift.pk,
        kind="drop",
        text="A family day.",
        period=None,
        by=actor_of(agent.user),
        at=timezone.now(),
    )


@pytest.mark.prove  # minutes: every page, twice
def test_every_page_is_readable_and_fits(visit: Visit, people: dict[str, User]) -> None:
    """No serious finding, no breach of the policy, no error, no sideways scroll: 390 px light, 1440 px dark."""
    if not AXE.exists():
        pytest.skip("needs axe: make setup")
    wrong: dict[str, list[str]] = {}
    seen: set[str] = set()
    for name, user in people.items():
        window = visit(f"axe-{name}").sign_in(user)
        for path in pages_of(window, seen):
            wrong |= {key: each for key, each in judged(window, path).items() if each}
    assert wrong == {}
    missed = {
        route.name for route in routes()
        if route.method == "GET" and not NO_PAGE.search(route.path) and not route.operation
        and route.permissions and route.path.startswith(ROOMS)
    } - {each.partition("|")[0] for each in seen}  # fmt: skip
    assert {each.rpartition(":")[2] for each in missed} <= WITHOUT_A_WORLD, missed


def pages_of(window: Visitor, seen: set[str]) -> Iterator[str]:
    """Every page reached from the first one by links, each kind of page once in all."""
    waiting, home = ["/"], True
    waiting += [
        route.path
        for route in routes()
        if route.method == "GET" and not route.arguments and not NO_PAGE.search(route.path)
    ]
    while waiting:
        path = waiting.pop(0)
        try:
            kind = resolve(path.split("?")[0]).view_name
        except Resolver404:
            continue
        if NO_PAGE.search(path.split("?")[0]) or (kind in seen and not home):
            continue
        home = False
        answer = window.page.goto(window.site + path)
        if answer is None or answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen.add(kind)
        inside = [
            each.removeprefix(window.site) for each in window.page.evaluate(LINKS) if each.startswith(window.site)
        ]
        waiting += [each.split("#")[0] for each in inside]
        yield path


def judged(window: Visitor, path: str) -> dict[str, list[str]]:
    """What is wrong with the page the window shows, by width and light."""
    found: dict[str, list[str]] = {}
    page = window.page
    for width, light in ((390, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=light)
        if width != 390:
            page.reload()
        page.evaluate(OPEN_ALL)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.evaluate(source())
        findings = page.evaluate(AXE_RUN)
        found[f"{path} {width} {light}"] = [*findings, *([f"{wide} px too wide"] if wide > 0 else [])]
    return found


def source() -> str:
    return Path(AXE).read_text(encoding="utf-8")
