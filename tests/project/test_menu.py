"""The menu says in which room one is, also on pages whose address lies elsewhere."""

from __future__ import annotations

import re

import pytest

from tests.apps.coaching import talking
from tests.people import Cast

MARKED = re.compile(r'<a class="ui-place" href="([^"]*)" aria-current="page"')


def marked(cast: Cast, who: str, path: str) -> list[str]:
    answer = cast.client(getattr(cast, who)).get(path)
    assert answer.status_code == 200, path
    return MARKED.findall(answer.content.decode())


def test_an_action_lies_where_one_to_ones_live(cast: Cast) -> None:
    _talk, action = talking.closed(cast)
    for who in ("agent", "supervisor"):
        assert marked(cast, who, f"/coaching/actions/{action.pk}/") == ["/coaching/talks/"]


@pytest.mark.parametrize("path", ["/coaching/agreements/", "/coaching/pairs/", "/coaching/groups/"])
def test_what_lies_beside_one_to_ones_is_linked_there_and_marks_them(cast: Cast, path: str) -> None:
    assert marked(cast, "supervisor", path) == ["/coaching/talks/"]
    assert f'href="{path}"' in cast.client(cast.supervisor).get("/coaching/talks/").content.decode()


def test_a_page_of_a_room_that_is_shut_marks_no_other_room(cast: Cast) -> None:
    """Managers read what talks changed and walk no floor; the first page is not above all others either."""
    assert marked(cast, "manager", "/coaching/effects/") == []
    assert marked(cast, "manager", "/") == ["/"]
