"""The corpus of bad intentions, and that whatever of it comes alive would be noticed (S-20, S-24)."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.utils.html import escape, json_script

from floorwalker.kernel.files.exports import csv_bytes, xlsx_bytes
from tests.conformance.poison import CORPUS, injected, poisoned

MARKER = "zq12agentqz"
TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("text", CORPUS)
def test_a_text_that_stays_text_is_nothing(text: str) -> None:
    """Escaped in the page, in an attribute, in the data of a page, and in a table."""
    page = f'<p title="{escape(text)}">{escape(text)}</p>{json_script([text], "data")}'
    assert injected(HttpResponse(page)) == ""
    cells = [[text + MARKER]]
    assert injected(HttpResponse(csv_bytes(["words"], cells), content_type="text/csv")) == ""
    assert injected(HttpResponse(xlsx_bytes(["words"], cells), content_type=TABLE)) == ""


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{CORPUS[-1]}</p>",
        f"<p>{CORPUS[2]}</p>",
        f'<p title="{CORPUS[3]}">',
        f'<script type="application/json">["{CORPUS[1]}"]</script>',
        "<p>15838</p>",
        '<a href="javascript:alert(1)">',
        f"<textarea>{CORPUS[0]}</textarea>",
    ],
)
def test_a_text_that_comes_alive_is_noticed(page: str) -> None:
    """One deliberate slip each."""
    assert injected(HttpResponse(page))


def test_a_cell_that_is_a_formula_is_noticed() -> None:
    assert injected(HttpResponse(f'a,b\n1,"{CORPUS[3].replace(chr(34), chr(34) * 2)}{MARKER}"\n', "text/csv"))


def test_the_longest_that_fits_is_planted() -> None:
    """In words of any depth; what holds no marker stays as it is."""
    plain = {"words": [MARKER, "day"], "n": 3}
    assert poisoned(plain, None) == {"words": [CORPUS[0] + MARKER, "day"], "n": 3}
    assert poisoned(MARKER, 20) == CORPUS[-1] + MARKER
    assert poisoned(MARKER, 12) == MARKER
