"""Files about people: the page asks what for, the file says it in every row, the audit keeps it (S-51)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from floorwalker.kernel.models import Entry
from tests.people import Cast

FILES = {
    "people:export": "planner",
    "schedules:csv": "planner",
    "performance:days_csv": "supervisor",
    "quality:reviews_csv": "supervisor",
    "quality:overdue_csv": "supervisor",
    "quality:raters_csv": "manager",
    "coaching:counts_csv": "supervisor",
    "hub:posts_csv": "supervisor",
    "recognition:export": "supervisor",
    "kernel:audit_csv": "auditor",
}


@pytest.mark.parametrize("name", FILES)
def test_who_takes_a_file_about_people_along_says_what_for(cast: Cast, name: str) -> None:
    """One entry each time, with the words; without them it says that nothing was said."""
    given: dict[str, list[Any]] = {
        "people:export": ["csv"],
        "schedules:csv": [cast.world.north.pk, "2026-03-09"],
        "performance:days_csv": [cast.agent.agent.pk],
    }
    person = getattr(cast, FILES[name])
    browser = cast.client(person)
    address = reverse(name, args=given.get(name, []))
    for asked, kept in (({"why": " Talks  of March "}, "Talks of March"), ({}, "")):
        answer = browser.get(address, asked)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        header, *rows = content.decode().strip().splitlines()
        assert header.endswith('"taken_along_by"')
        assert all((kept or "purpose not said") in row for row in rows)
        entry = Entry.objects.filter(verb__contains="export").latest("pk")
        assert (entry.actor_name, entry.facts["why"]) == (person.user.name, kept)


def test_the_page_asks_what_for_and_keeps_how_it_was_narrowed_down(cast: Cast) -> None:
    """The words are asked for beside the table; filters travel with them."""
    page = cast.client(cast.planner).get("/people/", {"state": "all"}).content.decode()
    assert '<input type="hidden" name="state" value="all">' in page
    assert 'action="/people/agents.csv"' in page and 'name="why" required maxlength="120"' in page


def test_every_filter_travels_with_the_file(cast: Cast) -> None:
    """The audit is narrowed down by several fields at once; the file holds no more than the page shows."""
    page = cast.client(cast.auditor).get("/audit/", {"first": "2000-01-01", "verb": "accounts"})
    form = page.content.decode().partition('class="ui-take"')[2].partition("</form>")[0]
    assert form.count('type="hidden"') == 2
    assert '<input type="hidden" name="verb" value="accounts">' in form
    assert '<input type="hidden" name="first" value="2000-01-01">' in form
