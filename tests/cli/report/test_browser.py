"""The page in a real browser: nothing wider than the screen, text one can read, colours that follow the theme."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_plan import sample_plan, sample_queue

from floorwalker.cli.report import PlanReport, render

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need Playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="the browser tests need Chromium"),
]
SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll('svg.chart text')]
    .filter(t => t.getBoundingClientRect().width > 0)
    .map(t => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a))"""
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
CUT_OFF = """() => [...document.querySelectorAll('svg.chart text')].filter(t => {
    const box = t.getBoundingClientRect(), all = t.ownerSVGElement.getBoundingClientRect();
    return box.width > 0 && (box.left < all.left - 1 || box.right > all.right + 1);
}).map(t => t.textContent)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    plans = {
        "ordinary": sample_plan(),
        "long names": PlanReport((sample_queue("Q" * 120, people=40, peak=90000.0, names="N" * 90 + "{}"),)),
        "empty": sample_plan(peak=0.0, people=0, history_days=0),
    }
    for name, plan in plans.items():
        (folder / f"{name}.html").write_text(render(plan), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in plans}


@pytest.mark.parametrize("name", ["ordinary", "long names", "empty"])
def test_fits_and_reads_at_every_width(browser, pages: dict[str, Path], name: str) -> None:
    """No sideways scrolling of the page, chart text of at least 9.5 px, no chart text cut off, nothing blocked."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(pages[name].as_uri())
    for width in (360, 390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALLEST_TEXT) >= 9.5, width
        assert page.evaluate(CUT_OFF) == [], width
    assert complaints == []
    page.close()


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 24, 29)")])
def test_follows_the_theme(browser, pages: dict[str, Path], scheme: str, paper: str) -> None:
    """The reader's light or dark setting decides, without a script."""
    page = browser.new_page(color_scheme=scheme)
    page.goto(pages["empty"].as_uri())
    assert page.evaluate(BACKGROUND) == paper
    page.close()


def test_scrolls_inside_its_tables(browser, pages: dict[str, Path]) -> None:
    """On a phone a wide table scrolls in its own box, reachable by keyboard, with its first column in view."""
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(pages["ordinary"].as_uri())
    box = page.locator(".people .scroll")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert box.get_attribute("tabindex") == "0"
    box.evaluate("box => { box.scrollLeft = 400 }")
    first = page.locator(".roster tbody th").first.bounding_box()
    assert first is not None
    assert first["x"] >= 0
    page.close()
