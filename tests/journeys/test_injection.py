"""What people with bad intentions write, on every page of every room in a real browser: it stays text (S-20)."""

from __future__ import annotations

from typing import Any

import pytest

from floorwalker.kernel.routes import Route
from tests.conformance import asking, doors, matrix
from tests.conformance.poison import poison
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor
from tests.people import Cast

pytestmark = pytest.mark.prove
WHO = (
    "manager",
    "supervisor",
    "agent",
    "planner",
    "quality_analyst",
    "trainer",
    "hr",
    "client_viewer",
    "auditor",
    "administrator",
)
# Scripts of ours draw from the data of a page: what they made of a text is looked at when they are done.
ALIVE = "[...document.querySelectorAll('xq, [xq], [onx], img[src=x]')].map(each => each.outerHTML.slice(0, 200))"
FILES = (".csv", ".xlsx", ".ics", ".json", ".pdf")


def pages() -> list[Route]:
    """Addresses that show a page."""
    return [
        each
        for each in doors.routes()
        if each.method == "GET"
        and each.door is not None
        and not each.operation
        and each.path not in asking.NOT_ASKED
        and not each.path.endswith(FILES)
        and "<table_kind" not in each.path
    ]


def look(visitor: Visitor, path: str, said: list[str]) -> list[str]:
    """Open a page; what came alive on it."""
    before = len(visitor.complaints)
    said.clear()
    if visitor.open(path) != 200:
        return []
    visitor.page.wait_for_load_state("networkidle")
    alive = [f"{path}: {each}" for each in visitor.page.evaluate(ALIVE)]
    alive += [f"{path}: a dialog says {each}" for each in said]
    alive += [f"{path}: the browser complains {each}" for each in visitor.complaints[before:]]
    return alive


def test_no_text_of_anybodys_comes_alive_in_a_browser(visit: Visit, cast: Cast) -> None:
    """Every page, asked by somebody who sees the rows: no element of a text, no dialog, no complaint."""
    planting = matrix.plant(cast)
    assert not planting.broken
    poison(planting)
    schema = asking.api_described()
    actors = {who: getattr(cast, who).actor for who in WHO}
    theirs: dict[str, list[str]] = {who: [] for who in WHO}
    for number, route in enumerate(pages()):
        shown = {}
        for who, actor in actors.items():
            if route.permissions and not actor.may(*route.permissions):
                continue
            seen = next((a for a in asking.asks(route, planting, actor, schema) if not a.hidden), None)
            if seen is not None:
                shown[who] = seen.path
        if shown:
            who = sorted(shown, key=WHO.index)[number % len(shown)]
            theirs[who].append(shown[who])
    alive, opened = list[str](), 0
    for who, paths in theirs.items():
        said: list[str] = []
        visitor = visit(f"injection-{who}").sign_in(getattr(cast, who).user)

        def heard(dialog: Any, said: list[str] = said) -> None:
            said.append(dialog.message)
            dialog.dismiss()

        visitor.page.on("dialog", heard)
        for path in paths:
            alive += look(visitor, path, said)
            opened += 1
        visitor.context.close()
    assert alive == []
    assert opened > 150, "hardly any page was opened; the walk is blind"


def test_a_text_that_comes_alive_would_be_noticed(visit: Visit, cast: Cast) -> None:
    """One put into a page by hand."""
    visitor = visit("injection-noticed").sign_in(cast.planner.user)
    visitor.open("/")
    visitor.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<xq onx=1>')")
    assert visitor.page.evaluate(ALIVE)
