"""Pages by cursor, forwards and back."""

from __future__ import annotations

import base64

import pytest

from floorwalker.apps.people.models import Agent, Team
from floorwalker.kernel.paging import BadCursor, page_of, page_of_names
from tests.people import STARTED, Cast


@pytest.fixture
def rows(cast: Cast) -> list[int]:
    """Thirty of ten names, in the order downwards by name and upwards by id."""
    Agent.objects.bulk_create(
        Agent(name=f"Same {at // 3}", number=f"C{at:02}", team=cast.world.north_one, started_on=STARTED)
        for at in range(30)
    )
    return list(Agent.objects.filter(number__startswith="C").order_by("-name", "pk").values_list("pk", flat=True))


def test_forwards_and_back_is_the_same_way(rows: list[int]) -> None:
    """Every row once in order, and the pages before are those one came from."""
    found, after, pages = Agent.objects.filter(number__startswith="C"), "", []
    while not pages or after:
        page = page_of(found, ("-name",), after=after, limit=7)
        pages.append(page)
        after = page.after
    assert [row.pk for page in pages for row in page.items] == rows
    back = page_of(found, ("-name",), before=pages[-1].before, limit=7)
    assert [row.pk for row in back.items] == [row.pk for row in pages[-2].items]
    first = page_of(found, ("-name",), before=pages[1].before, limit=7)
    assert (first.before, [row.pk for row in first.items]) == ("", rows[:7])


def test_a_cursor_belongs_to_its_order(rows: list[int]) -> None:
    """The place in one order is none in another."""
    found = Agent.objects.filter(number__startswith="C")
    cursor = page_of(found, ("-name",), limit=5).after
    with pytest.raises(BadCursor):
        page_of(found, ("name",), after=cursor)


def test_a_cursor_belongs_to_its_list(rows: list[int]) -> None:
    """The place of an agent is none among teams, though both are ordered by name."""
    cursor = page_of(Agent.objects.filter(number__startswith="C"), ("name",), limit=5).after
    with pytest.raises(BadCursor):
        page_of(Team.objects.all(), ("name",), after=cursor)


def test_a_cursor_tells_nothing(rows: list[int]) -> None:
    """Neither names nor fields can be read out of an address that ends in logs, and it is short."""
    cursor = page_of(Agent.objects.filter(number__startswith="C"), ("name",), limit=5).after
    plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert b"name" not in plain
    assert b"Same" not in plain
    assert len(cursor) < 200


@pytest.mark.parametrize("at", [0, 20, -2])  # the last letter has bits that say nothing
def test_a_cursor_cannot_be_changed(rows: list[int], at: int) -> None:
    """One letter of it changed, and it is refused."""
    found = Agent.objects.filter(number__startswith="C")
    letters = list(page_of(found, ("name",), limit=5).after)
    letters[at] = "B" if letters[at] == "A" else "A"
    with pytest.raises(BadCursor):
        page_of(found, ("name",), after="".join(letters))


def test_a_page_holds_at_most_five_hundred(rows: list[int]) -> None:
    """Whatever is asked for; and at least one."""
    found = Agent.objects.filter(number__startswith="C")
    assert len(page_of(found, ("name",), limit=10_000).items) == 30
    assert len(page_of(found, ("name",), limit=0).items) == 1


def test_names_one_row_holds_turn_like_rows(cast: Cast) -> None:
    """Forwards and back is the same way, also past a name that is gone by then; another list's place is none."""
    names = [f"Kind {n:02}" for n in range(20)]
    first = page_of_names(reversed(names), "book 1", limit=8)
    second = page_of_names(names, "book 1", after=first.after, limit=8)
    third = page_of_names(names, "book 1", after=second.after, limit=8)
    assert [*first.items, *second.items, *third.items] == names
    assert (first.before, third.after, first.total) == ("", "", 20)
    back = page_of_names(names, "book 1", before=third.before, limit=8)
    assert back.items == second.items and page_of_names(names, "book 1", before=back.before, limit=8).before == ""
    gone = [name for name in names if name != first.items[-1]]
    assert page_of_names(gone, "book 1", after=first.after, limit=8).items == second.items
    with pytest.raises(BadCursor):
        page_of_names(names, "book 2", after=first.after)
