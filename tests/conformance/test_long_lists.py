"""A list longer than a page is turned page by page, says how long it is, and shows every row once."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from floorwalker.apps.capacity.models import DayRisk
from floorwalker.apps.learning.models import Handbook
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.schedules.models import ChangeRequest
from floorwalker.kernel.models import Notice
from tests.conformance import crowds
from tests.factories import demand as make_demand
from tests.people import NOW, Cast

MANY = 53
BOOK = 7001  # the number of a handbook of as many kinds
TOTAL = re.compile(r'class="ui-table-foot"[^>]*><span>(\d+) of (\d+)</span>')
NEXT = re.compile(r'rel="next" href="([^"]+)"')
PREVIOUS = re.compile(r'rel="prev" href="([^"]+)"')


@pytest.fixture
def full(cast: Cast) -> Cast:
    """Rows of everything that becomes long, some of it ended."""
    numbers = range(MANY)
    crowds.people(cast, numbers)
    crowds.rosters(cast, range(1))
    crowds.daily(cast, numbers)
    crowds.kernel(cast, numbers)
    Promise.objects.filter(pk__in=Promise.objects.order_by("pk")[: MANY // 2].values("pk")).update(
        state="kept", ended_at=NOW
    )
    closed = ChangeRequest.objects.order_by("pk")[:7].values("pk")
    ChangeRequest.objects.filter(pk__in=closed).update(state="declined", ended_at=NOW)
    draft = {"about": "", "content": {"steps": []}}
    kinds = {f"Orders: kind {n}": draft for n in numbers}
    Handbook.objects.create(pk=BOOK, name="Ours", drafts=kinds, by_name="x", at=NOW)
    today = date.today()
    for n in range(4):
        queue = make_demand.a_queue(cast.world.aurora, cast.world.north, f"Risky {n}")
        DayRisk.objects.bulk_create(
            DayRisk(
                queue=queue,
                day=today + timedelta(days=day),
                basis="required",
                probability=0.6 + day / 100,
                riskiest=NOW,
                short_hours=1,
                contacts=100,
                made_at=NOW,
            )
            for day in range(14)
        )
    return cast


LISTS = {
    "promises": ("manager", "promises:side", ["all"], lambda cast: Promise.objects.count()),
    "changes of shifts": ("planner", "schedules:requests", [], lambda cast: ChangeRequest.objects.count()),
    "owed time": ("supervisor", "offphone:sessions", ["owed"], lambda cast: _sessions("owed")),
    "time asked for": ("supervisor", "offphone:sessions", ["asked"], lambda cast: _sessions("asked")),
    "placed time": ("supervisor", "offphone:sessions", ["placed"], lambda cast: _sessions("placed")),
    "ended time": ("supervisor", "offphone:sessions", ["ended"], lambda cast: _sessions("let_go")),
    "days at risk": ("planner", "capacity:warnings", [], lambda cast: 56),
    "notices": (
        "agent",
        "kernel:notices",
        [],
        lambda cast: Notice.objects.filter(to_user=cast.agent.user.pk).count(),
    ),
    "kinds of a handbook": ("trainer", "learning:handbook", [BOOK], lambda cast: MANY),
    "users": ("administrator", "accounts:users", [], None),
    "people": ("planner", "people:agents", [], None),
}


def _sessions(state: str) -> int:
    return Session.objects.filter(state=state).count()


def test_every_row_once_and_the_number_of_all(full: Cast) -> None:
    """From the first page to the last by “Next”, and from the second back to the first by “Previous”."""
    for name, (who, route, arguments, count) in LISTS.items():
        browser, path = full.client(getattr(full, who)), reverse(route, args=arguments)
        pages, address = [], ""
        while not pages or address:
            pages.append(browser.get(f"{path}{address}").content.decode())
            found = NEXT.search(pages[-1])
            address = html.unescape(found[1]) if found else ""
        rows = [row for text in pages for row in links(text)]
        total = TOTAL.search(pages[0])
        assert total, f"{name}: the page does not say how many there are"
        expected = count(full) if count else int(total[2])
        assert (int(total[2]), len(rows), len(pages)) == (expected, expected, -(-expected // 50)), name
        assert len(set(rows)) == len(rows), f"{name}: a row twice"
        back = PREVIOUS.search(pages[1])
        assert back, name
        assert links(browser.get(f"{path}{html.unescape(back[1])}").content.decode()) == links(pages[0]), name


def links(text: str) -> list[str]:
    """What each row says and leads to, without what is new at every reading."""
    body = re.search(r'<tbody>(.*?)</tbody>|<ul class="ui-rows">(.*?)</ul>', text, re.DOTALL)
    assert body
    plain = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|<time .*?</time>', "", body[1] or body[2])
    return re.split("<tr>|<li>", plain)[1:]


def test_what_is_open_comes_first(full: Cast) -> None:
    """Open ones by when they are due, then those that ended, the latest first, over all pages."""
    browser, path = full.client(full.manager), reverse("promises:side", args=["all"])
    first = browser.get(path).content.decode()
    assert ">kept<" not in first
    second = browser.get(f"{path}{html.unescape(NEXT.search(first)[1])}").content.decode()  # type: ignore[index]
    third = browser.get(f"{path}{html.unescape(NEXT.search(second)[1])}").content.decode()  # type: ignore[index]
    assert "kept" in third


def test_an_agent_finds_nobody_elses_time(full: Cast) -> None:
    """The list of a lead is no way around what an agent may see, and a list that is none is not found."""
    colleague, owed = full.client(full.colleague), reverse("offphone:sessions", args=["owed"])
    assert "Course" not in colleague.get(owed).content.decode()
    assert full.client(full.supervisor).get(reverse("offphone:sessions", args=["all"])).status_code == 404
