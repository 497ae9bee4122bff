"""The manual in the suite: one's own page first, links that lead somewhere, and from every room the way to it."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from floorwalker.kernel.roles import Role
from floorwalker.kernel.routes import Route, routes
from floorwalker.project.help import manual, rooms
from floorwalker.project.help.rendering import Elsewhere, render, rendered, slug
from tests.people import Cast
from tests.project.test_home import text_of

ROOT = Path(__file__).resolve().parents[2]
HREF = re.compile(r'<a [^>]*href="([^"]*)"')
NO_PAGE = re.compile(r"^/(sign-in|sign-out|healthz|readyz|live)\b|\.\w+$|\.<table_kind:kind>$|/live/$|/file/$")


def pages_of_rooms() -> list[Route]:
    """What somebody signed in opens and stands in."""
    return [
        each
        for each in routes()
        if each.method == "GET" and not each.operation and not NO_PAGE.search(each.path) and each.path != "/"
    ]


def written(text: str, place: str = "x.md") -> str:
    return str(render(manual.page_of(place, f"# X\n\n{text}")).html)


@pytest.mark.parametrize("key", manual.pages())
def test_every_link_of_the_manual_leads_to_a_page_or_a_part(key: str) -> None:
    """Within the suite to a page that is there and an anchor on it; what is elsewhere is in the repository."""
    found = rendered(key)
    wrong = []
    for href in HREF.findall(found.html):
        url = urlsplit(href)
        if url.scheme:
            continue
        other = rendered(url.path.removeprefix("/help/").strip("/")) if url.path else found
        if url.fragment and url.fragment not in other.anchors:
            wrong.append(href)
    assert wrong == []
    assert [each for each in found.elsewhere if not (ROOT / each.place).exists()] == []


def test_no_page_of_the_manual_hides_another() -> None:
    """Each has a name of its own, a title, and each role has one."""
    files = sorted((ROOT / "docs" / "manual").rglob("*.md"))
    assert [name for name, n in Counter(file.stem for file in files).items() if n > 1] == []
    assert len(manual.pages()) == len(files)
    assert {page.role for page in manual.pages().values()} == {None, *Role}
    assert all(page.title and "#" not in page.title for page in manual.pages().values())


def test_from_every_room_there_is_help() -> None:
    """Every page lies in a room the manual tells about, or in none by name; no entry is left over."""
    paths = [each.path for each in pages_of_rooms()]
    assert [path for path in paths if not rooms.page_about(path) and not path.startswith(rooms.NO_ROOM)] == []
    assert [room for room in rooms.ROOMS if not any(each.path.startswith(room) for each in routes())] == []


@pytest.mark.parametrize("target", sorted(set(rooms.ROOMS.values())))
def test_what_a_room_leads_to_is_there(target: str) -> None:
    key, _mark, part = target.partition("#")
    assert key in manual.pages()
    assert not part or part in rendered(key).anchors


def test_the_longest_beginning_is_meant() -> None:
    assert rooms.help_about("/quality/weights/7/") == "/help/quality/#what-items-are-worth"
    assert rooms.help_about("/quality/reviews.csv") == "/help/quality/"
    assert rooms.help_about("/") == rooms.help_about("/nowhere/") == "/help/"


@pytest.mark.parametrize("text", ["<b>x</b>", "<script>alert(1)</script>", 'a <img src=x onerror="y()"> b'])
def test_markup_in_a_page_is_shown_as_text(text: str) -> None:
    found = written(text)
    assert not re.search(r"<(b|script|img)\b", found) and "&lt;" in found


def test_links_that_run_are_no_links() -> None:
    assert "href" not in written("[x](javascript:alert(1)) [y](data:text/html,z)")


def test_links_lead_into_the_suite_or_say_where_the_document_lies() -> None:
    """From a page of a role as from the others; elsewhere keeps the words and drops the link."""
    page = manual.page_of(
        "roles/x.md", "# X\n\nSee [there](../coaching.md#group-sessions), [why](../../adr/0001-a.md)."
    )
    found = render(page)
    assert '<a href="/help/coaching/#group-sessions">there</a>, why.' in found.html
    assert found.elsewhere == [Elsewhere("why", "docs/adr/0001-a.md")]


def test_tables_scroll_under_the_name_of_their_part_and_carry_no_style() -> None:
    """Two below one heading have two names, columns of numbers a class: the policy would drop a style."""
    table = "| a | n |\n| --- | ---: |\n| b | 1 |\n\n"
    found = written(f"## Part\n\n{table}and\n\n{table}")
    assert re.findall(
        r'<div class="ui-table ui-table--stacked" tabindex="0" role="region" aria-label="([^"]*)">', found
    ) == [
        "Part",
        "Part 2",
    ]
    assert "style" not in found and found.count('<td class="ui-manual-number">') == 2


def test_a_button_looks_like_one_and_a_stressed_word_does_not() -> None:
    assert '<em class="ui-manual-button">Say it</em>, <em>now</em>' in written("*Say it*, *now*")


def test_on_a_phone_a_cell_says_its_column() -> None:
    """All but the first of a row, where the column has a name; markup in it is text like everywhere."""
    found = written("| a | <b> | |\n| --- | --- | --- |\n| x | y | z |\n")
    assert "<td>x</td>" in found and "<td>z</td>" in found
    assert '<td><span class="ui-cell-label">&lt;b&gt;: </span>y</td>' in found


def test_anchors_are_those_the_links_were_written_for() -> None:
    taken: Counter[str] = Counter()
    titles = ["Team matches (trainers, managers)", "Who reads it", "Who reads it", "Why 43?"]
    assert [slug(each, taken) for each in titles] == [
        "team-matches-trainers-managers",
        "who-reads-it",
        "who-reads-it-1",
        "why-43",
    ]


@pytest.mark.parametrize("who", ["agent", "supervisor", "client_viewer", "administrator"])
def test_help_begins_with_ones_own_role(cast: Cast, who: str) -> None:
    """The page of the role in full, then every other; headings below the title of the page."""
    text = text_of(cast.client(getattr(cast, who)).get("/help/"))
    own = manual.pages()[who.replace("_", "-")]
    assert f">{own.title}</h2>" in text and '<h3 id="' in text and '<h2 id="your-' not in text
    assert all(f'href="/help/{key}/"' in text for key in manual.pages())


@pytest.mark.parametrize("key", manual.pages())
def test_every_page_of_the_manual_opens(cast: Cast, key: str) -> None:
    """With its title, and without a style the policy would drop."""
    text = text_of(cast.client(cast.agent).get(f"/help/{key}/"))
    assert f"<h1>{manual.pages()[key].title}</h1>" in text.replace("&#x27;", "'")
    assert " style=" not in text


def test_a_page_that_is_not_there_is_refused_in_words(cast: Cast) -> None:
    answer = cast.client(cast.agent).get("/help/nowhere/")
    assert answer.status_code == 404 and "no page called “nowhere”" in text_of(answer)


def test_strangers_sign_in_first(cast: Cast) -> None:
    from django.test import Client

    for path in ("/help/", "/help/agent/", "/help/nowhere/"):
        assert Client().get(path)["Location"].startswith("/sign-in/")


def test_the_shell_leads_to_the_part_about_where_one_stands(cast: Cast) -> None:
    """On top and under the initials, which is all a phone has room for."""
    text = text_of(cast.client(cast.supervisor).get("/coaching/floor/"))
    assert text.count('href="/help/coaching/#my-floor"') == 2


def test_an_installed_package_has_the_manual(tmp_path: Path) -> None:
    """A wheel carries every page, and the package in it finds them there."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "site")
    installed = manual.folder(tmp_path / "site" / "floorwalker")
    assert installed.is_relative_to(tmp_path)
    clone = ROOT / "docs" / "manual"
    assert manual.folder() == clone
    assert {file.relative_to(installed) for file in installed.rglob("*.md")} == {
        file.relative_to(clone) for file in clone.rglob("*.md")
    }
    look = "from floorwalker.project.help import manual; print(len(manual.pages()), manual.folder())"
    asked = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); {look}"]
    said = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split()
    assert said == [str(len(manual.pages())), str(installed)]
