"""Every address has a door, and nothing behind it reaches past a scope."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conformance import asking, doors

UNSCOPED_AT_MOST = 10
# Ids in addresses that name no row of a scoped model, each with its reason.
NOBODYS_IN_PARTICULAR = {
    "behaviour_id": "a list one house keeps for all",
    "leavingreason_id": "a list one house keeps for all",
    "skill_id": "a list one house keeps for all",
    "tag_id": "a list one house keeps for all",
    "season_id": "the same for everybody; who takes part is scoped",
    "event_id": "for administrators, whatever it is about",
    "job_id": "seen by who asked and by what it is about: tests/kernel/jobs/test_pages.py",
    "notice_id": "one's own alone: tests/kernel/notices/test_notices.py",
    "upload_id": "its uploader's alone until it is stored: tests/apps/demand/test_history.py",
}


def test_every_address_has_a_door() -> None:
    """Each page says which permission opens it, that it is one's own, or why it is public."""
    assert doors.unguarded(doors.routes()) == []


def test_every_operation_of_the_api_was_declared_with_one() -> None:
    """No handler came into the API past `operation`."""
    assert doors.declared_past_the_wrapper() == []
    assert [each for each in doors.routes() if each.operation], "no operation was found; the walk is blind"


def test_no_two_shapes_of_the_api_share_a_name(root: Path) -> None:
    """The description knows them by their names alone; of two it would show one at both places."""
    found = [
        name
        for pattern in ("apps/*/api.py", "apps/*/api/*.py", "apps/*/shapes.py", "kernel/*/api.py")
        for path in (root / "src" / "floorwalker").glob(pattern)
        for name in re.findall(r"^class (\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len(found) > 20
    assert sorted(found) == sorted(set(found))


def test_an_address_without_a_door_is_noticed() -> None:
    """One deliberate violation."""
    assert doors.unguarded([doors.Route("/naked/", "naked", "GET", None)]) == ["GET /naked/"]


def test_every_id_in_an_address_names_a_row_somebody_is_refused() -> None:
    """One that names none would be asked for with a number at random, and whoever sees too much go unnoticed."""
    unnamed = {
        name
        for route in doors.routes()
        for name in route.arguments
        if name.endswith("_id") and not asking.rows_named({name}, route)
    }
    assert unnamed == set(NOBODYS_IN_PARTICULAR)


def test_nobody_reaches_for_rows_past_the_scope(root: Path) -> None:
    """Views, API, tasks and forms ask the queries of their domain."""
    assert doors.reads_past_scope(root / "src" / "floorwalker") == []


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("views.py", "def page(request):\n    return Agent.objects.all()\n"),
        ("views/lists.py", "rows = Agent._default_manager.all()\n"),
        ("api.py", "with connection.cursor() as cursor:\n    pass\n"),
        ("tasks.py", "rows = Agent.objects.raw('select 1')\n"),
        ("forms.py", "from django.db.models.expressions import RawSQL\nx = RawSQL('1', [])\n"),
    ],
)
def test_reaching_past_the_scope_is_noticed(tmp_path: Path, place: str, text: str) -> None:
    """One deliberate violation each."""
    path = tmp_path / "apps" / "cafe" / place
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert doors.reads_past_scope(tmp_path)


def test_reads_past_every_scope_are_few(root: Path) -> None:
    """`unscoped_because` is counted, and each says why."""
    found = [
        each for each in doors.unscoped_places(root / "src" / "floorwalker") if "kernel/scoping.py" not in each
    ]
    assert len(found) <= UNSCOPED_AT_MOST
    assert all(len(each.rpartition(": ")[2]) > 10 for each in found), found
