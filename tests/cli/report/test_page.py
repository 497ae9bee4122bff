"""The page as a whole: every section there, nothing foreign in it, odd names harmless."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from sample_plan import sample_plan

from floorwalker.cli.report import render

PAGE = render(sample_plan())


@pytest.mark.parametrize(
    "heading",
    [
        "What was guessed for you",
        "What to do next",
        "History and forecast, day by day",
        "Forecast, interval by interval",
        "Required and rostered",
        "Expected service of the roster",
        "Day by day",
        "People and days",
        "Method and accuracy",
        "What was changed in the history",
        "Lines set aside",
        "Settings, and how to get this again",
    ],
)
def test_every_section_is_there(heading: str) -> None:
    """A plan with everything filled shows each section once, in a heading."""
    assert PAGE.count(f">{heading}</h2>") == 1


def test_nothing_leaves_the_page() -> None:
    """No script, no handler, no address: the policy forbids what the page does not have anyway."""
    assert "<script" not in PAGE
    assert not re.search(r"\son\w+=", PAGE)
    assert "http" not in PAGE.replace("http-equiv", "")
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in PAGE


def test_charts_are_well_formed() -> None:
    """Every drawing parses as XML and carries a title and a description."""
    drawings = re.findall(r"<svg class=\"chart\".*?</svg>", PAGE, re.S)
    assert len(drawings) == 1 + 2 + 6 * 4
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        assert root.get("role") == "img"
        assert [child.tag for child in root][:2] == ["title", "desc"]


def test_same_plan_same_bytes() -> None:
    """Rendering twice gives the same page: no clock, no random order."""
    assert render(sample_plan()) == PAGE


def test_hostile_names_are_harmless() -> None:
    """A queue and people named like markup are shown, not run."""
    page = render(
        sample_plan(queue='<script>alert("q")</script>', names="<img src=x onerror=alert({})>", people=3)
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;img src=x" in page
