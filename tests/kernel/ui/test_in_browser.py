"""Every component in a browser under the strict policy: nothing blocked, readable for everybody, nothing jumps."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles import finders

from tests.kernel.ui import browser, specimen

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need Playwright")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="the browser tests need Chromium"),
    pytest.mark.allow_hosts(["127.0.0.1"]),
]
AXE = Path(__file__).resolve().parents[3] / ".cache" / "assets" / "axe.min.js"
NAMES = ("parts", "form", "form-wrong", "charts", "grids", "empty", "plain", "extreme", "extreme-grids")
HEAVIEST = 400_000  # bytes a first visit of a page with a chart may load, compressed
AXE_RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => n.target + ' ' + n.failureSummary).join(' | '))"""
HERE = """(e => {
    seen.add(e);
    return e === document.body || getComputedStyle(e).outlineStyle !== 'none' ? '' : e.outerHTML;
})(document.activeElement)"""
JUMPS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 300);
})"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.CHROMIUM, args=browser.FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    pages = {
        f"{theme}/{name}": html for theme in ("light", "dark") for name, html in specimen.specimens(theme).items()
    }
    with browser.served(pages) as address:
        yield address


class Visit:
    """A page at a width, and everything the browser complained about."""

    def __init__(self, chromium: Any, width: int, **options: Any) -> None:
        bypass = {"bypass_csp": True} if options.pop("unguarded", False) else {}
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, **bypass, **options)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str) -> Any:
        self.page.goto(address)
        if self.page.locator("ui-chart").count():
            for chart in self.page.locator("ui-chart").all():
                chart.scroll_into_view_if_needed()
                chart.locator("svg").first.wait_for()
        return self.page

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *error: object) -> None:
        self.context.close()


@pytest.mark.parametrize("width", [360, 390, 820, 1440])
def test_fits_under_the_strict_policy(chromium: Any, site: str, width: int) -> None:
    """No violation of the policy, no error, no sideways scrolling of the page, at every width."""
    with Visit(chromium, width) as visit:
        for name in NAMES if width in (360, 1440) else NAMES[:-2]:
            page = visit.open(f"{site}/light/{name}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert visit.complaints == []


def test_the_policy_is_in_force(chromium: Any) -> None:
    """An inline style and an inline script are blocked here, so that their absence above means something."""
    with (
        browser.served({"bad": '<p style="color: red">x</p><script>alert(1)</script>'}) as address,
        Visit(chromium, 390) as visit,
    ):
        visit.open(f"{address}/bad")
        assert len([line for line in visit.complaints if "Content Security Policy" in line]) == 2


@pytest.mark.parametrize(
    ("width", "theme"),
    [
        (390, "light"),
        (1440, "dark"),
        pytest.param(390, "dark", marks=pytest.mark.prove),
        pytest.param(1440, "light", marks=pytest.mark.prove),
    ],
)
def test_accessible(chromium: Any, site: str, theme: str, width: int) -> None:
    """axe finds nothing serious or critical on any page."""
    if not AXE.exists():
        pytest.skip("needs axe: make setup")
    source = AXE.read_text(encoding="utf-8")
    with Visit(chromium, width, unguarded=True) as visit:
        found = {}
        for name in NAMES[:-2]:  # the extremes are the same elements, a thousand times
            page = visit.open(f"{site}/{theme}/{name}")
            page.evaluate(
                "document.querySelectorAll('.ui-why, .ui-chart-table').forEach(each => { each.open = true; })"
            )
            page.evaluate(source)
            found[name] = page.evaluate(AXE_RUN)
    assert {name: each for name, each in found.items() if each} == {}


def test_nothing_jumps(chromium: Any, site: str) -> None:
    """What is drawn late takes the room that was kept for it."""
    with Visit(chromium, 1440) as visit:
        for name in ("parts", "charts", "grids"):
            page = visit.open(f"{site}/light/{name}")
            page.evaluate("scrollTo(0, 0)")
            assert page.evaluate(JUMPS) < 0.02, name


def test_charts_are_drawn_and_described(chromium: Any, site: str) -> None:
    """A picture for the eye, a sentence for the ear, missing people hatched, and a table for both."""
    with Visit(chromium, 390) as visit:
        page = visit.open(f"{site}/light/charts")
        assert page.locator("ui-chart svg").count() == 3
        assert page.locator("#chart-cover pattern").count() >= 2
        plot = page.get_by_role("img", name=re.compile("Calls a half-hour.*8 of 10 days"))
        assert plot.count() == 1
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2)
        page.wait_for_timeout(200)
        assert "Forecast: " in plot.inner_text()
        assert visit.complaints == []  # the tooltip keeps the policy too
        page.locator("#chart-forecast summary").click()
        assert page.locator("#chart-forecast tbody tr").count() == 336


def test_charts_follow_the_theme(chromium: Any, site: str) -> None:
    """A drawn chart changes its colours with the page, and the choice is kept."""
    with Visit(chromium, 1440) as visit:
        page = visit.open(f"{site}/light/charts")
        before = page.locator("#chart-bars ui-chart svg").inner_html()
        page.locator(".ui-me summary").click()
        page.get_by_role("button", name="Dark").click()
        assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
        assert page.locator("#chart-bars ui-chart svg").inner_html() != before
        page.reload()
        assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"


def test_auto_follows_the_machine(chromium: Any) -> None:
    """Without a choice the page is dark on a dark machine, from the first paint on."""
    pages = {"auto": specimen.page("empty", specimen.empty_context(), theme="auto")}
    with browser.served(pages) as address, Visit(chromium, 1440, color_scheme="dark") as visit:
        page = visit.open(f"{address}/auto")
        assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
        page.emulate_media(color_scheme="light")
        page.locator("html[data-bs-theme=light]").wait_for(state="attached")


def test_by_keyboard_alone(chromium: Any, site: str) -> None:
    """Skip link, search key, menu, question, and back: everything is reached and left without a mouse."""
    with Visit(chromium, 1440) as visit:
        page = visit.open(f"{site}/light/parts")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        page.keyboard.press("?")
        assert not page.locator("#keys").is_visible()  # a question mark one types is a question mark
        page.locator(".ui-me summary").focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("link", name="My account").is_visible()
        page.keyboard.press("Escape")
        assert not page.get_by_role("link", name="My account").is_visible()
        page.keyboard.press("?")
        assert page.locator("#keys").is_visible()
        page.keyboard.press("Escape")
        page.locator("summary", has_text="Publish the week").focus()
        page.keyboard.press("Enter")
        question = page.get_by_role("dialog", name="Publish this week?")
        assert question.is_visible()
        page.keyboard.press("Escape")
        assert not question.is_visible()


def test_every_control_can_be_reached(chromium: Any, site: str) -> None:
    """Whoever presses Tab often enough has been at every visible control, and sees where they are."""
    visible = (
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]"
    )
    with Visit(chromium, 1440) as visit:
        page = visit.open(f"{site}/light/form-wrong")
        wanted = page.evaluate(f"{visible}.filter(e => e.checkVisibility() && e.tabIndex >= 0).length")
        page.evaluate("document.activeElement.blur()")
        page.evaluate("window.seen = new Set()")
        for _ in range(wanted + 12):
            page.keyboard.press("Tab")
            assert page.evaluate(HERE) == ""
        missed = page.evaluate(
            f"{visible}.filter(e => e.checkVisibility() && e.type !== 'radio' && !seen.has(e)).map(e => e.id)"
        )
        assert missed == []


def test_arrows_move_in_a_grid(chromium: Any, site: str) -> None:
    """Down to the next person, right to the next bar, End to the last one; what stands there is in sight."""
    with Visit(chromium, 820) as visit:
        page = visit.open(f"{site}/light/grids")
        page.locator(".ui-grid--day").focus()
        for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
            page.keyboard.press(key)
        here = "document.activeElement.textContent.replace(/\\s+/g, ' ').trim()"
        assert page.evaluate(here) == "08:30–16:30 Sales"
        page.keyboard.press("End")
        assert page.evaluate(here).endswith("Break")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.closest('tr').cells[0].textContent").startswith(
            "Chidi Okafor"
        )


def test_errors_are_read_first(chromium: Any, site: str) -> None:
    """After a form came back the summary has the focus and the title says so; its links go to the fields."""
    with Visit(chromium, 390) as visit:
        page = visit.open(f"{site}/light/form-wrong")
        assert page.title().startswith("There is a problem: A new person")
        assert "ui-error-summary" in page.evaluate("document.activeElement.className")
        page.get_by_role("link", name="E-mail: Enter a valid email address.").click()
        assert page.evaluate("document.activeElement.id") == "id_email"


def test_without_javascript(chromium: Any, site: str) -> None:
    """Menus and questions unfold in place, every form has its button, the grid and the chart read as tables."""
    with Visit(chromium, 390, java_script_enabled=False) as visit:
        page = visit.page
        page.goto(f"{site}/light/parts")
        page.locator(".ui-me summary").click()
        assert page.get_by_role("button", name="Sign out").is_visible()
        page.locator("summary", has_text="Withdraw").click()
        assert page.get_by_text("The thread stays.").is_visible()
        assert page.get_by_role("link", name="Look again").first.is_visible()
        page.goto(f"{site}/light/charts")
        page.locator("#chart-forecast summary").click()
        assert page.locator("#chart-forecast tbody tr").first.is_visible()
        page.goto(f"{site}/light/grids")
        assert page.get_by_text("09:30–17:30").first.is_visible()


def test_a_job_is_followed_by_asking_when_there_is_no_stream(chromium: Any) -> None:
    """The page asks by itself and shows the end."""
    running = specimen.page("parts", specimen.parts_context())
    done = specimen.page("parts", {**specimen.parts_context(), "running": specimen.finished()})
    with (
        browser.served({"parts": running, "jobs/1": done, "jobs/2": done}) as address,
        Visit(chromium, 390) as visit,
    ):
        page = visit.open(f"{address}/parts")
        page.locator("#job-run [data-state=done]").wait_for(timeout=30_000)
        assert page.locator("#job-run").get_by_role("link", name="See the result").is_visible()


def test_a_job_follows_its_stream(chromium: Any) -> None:
    """What the stream sends takes the place of what stood there, until it says that it is done; also where the
    line is so slow that the script which listens comes a while after the others."""

    def late(route: Any) -> None:
        time.sleep(0.2)
        route.continue_()

    page_html = specimen.page("parts", {**specimen.parts_context(), "running": specimen.streaming()})
    body = specimen.job_body(specimen.finished()).replace("\n", "\ndata: ")
    stream = f"data: {body}\n\nevent: done\ndata: done\n\n"
    with browser.served({"parts": page_html}, {"live/1": stream}) as address, Visit(chromium, 1440) as visit:
        visit.page.route("**/hx-sse-4.min.js", late)
        page = visit.open(f"{address}/parts")
        page.locator("#job-run [data-state=done]").wait_for(timeout=30_000)
        assert page.locator("#job-run").get_by_role("link", name="See the result").is_visible()
        assert visit.complaints == []


def test_touch_targets_on_a_phone(chromium: Any, site: str) -> None:
    """Buttons, fields and the bottom bar are at least 44 px high."""
    with Visit(chromium, 390) as visit:
        for name in ("parts", "form"):
            page = visit.open(f"{site}/light/{name}")
            small = page.evaluate(
                "[...document.querySelectorAll('.btn, .form-control, .form-select, .ui-tab-place, summary.btn')]"
                ".filter(e => e.checkVisibility() && e.offsetHeight < 44).map(e => e.outerHTML)"
            )
            assert small == []


def test_prints_without_the_shell(chromium: Any, site: str) -> None:
    """On paper the page stands alone."""
    with Visit(chromium, 820) as visit:
        page = visit.open(f"{site}/light/parts")
        page.emulate_media(media="print")
        for gone in (".ui-top", ".ui-places", ".ui-filters"):
            assert not page.locator(gone).is_visible()
        assert page.get_by_role("heading", name="The week", exact=True).is_visible()


def test_the_weight_of_a_first_visit(chromium: Any, site: str) -> None:
    """A page with charts loads at most 400 kB as brotli sends it."""
    asked: list[str] = []
    with Visit(chromium, 1440) as visit:
        visit.page.on("request", lambda request: asked.append(request.url))
        page = visit.open(f"{site}/light/charts")
        sizes = [len(brotli.compress(page.content().encode()))]
    for address in asked:
        if "/static/" in address:
            found = finders.find(address.split("/static/")[1])
            assert isinstance(found, str), address
            sizes.append(len(brotli.compress(Path(found).read_bytes())))
    assert len(sizes) > 10
    assert sum(sizes) <= HEAVIEST
