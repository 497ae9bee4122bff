"""R-11: the database itself is killed in mid-work, again and again: what it acknowledged is there, and once.

On a cluster of this test's own, for it is killed. What workers ask for has a name, and who got no answer asks
again under the same one. The naive ways – to say "done" before the commit, to ask again under another name – are
held against the same judge, and fail.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection, transaction

from floorwalker.apps.recognition import queries
from floorwalker.apps.recognition.models import Entry
from floorwalker.kernel.postgres import Private
from floorwalker.kernel.postgres.binaries import find
from tests.apps.recognition.ledger_crowd import Crowd, faults, judge
from tests.apps.recognition.ledger_moves import Field, a_field, do
from tests.kernel.postgres.conftest import needs_linux, processes
from tests.people import make_cast

DEATHS = 8
BETWEEN = 60  # operations answered between two deaths
pytestmark = [pytest.mark.django_db(transaction=True), needs_linux]


class Mortal:
    """A cluster of its own, with the tables and none of the safety of being left alone."""

    def __init__(self, folder: Path) -> None:
        self.server = Private(folder)

    def start(self) -> None:
        """Up, or up again; this process asks it from now on."""
        connection.close()
        connection.settings_dict.update(self.server.start().app.django)

    def die(self) -> None:
        """Every process of it at once: nobody finishes anything."""
        for pid in processes(self.server):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@pytest.fixture
def mortal(transactional_db: None) -> Iterator[Mortal]:
    """With the tables of the tests' database, copied, and the connection of this process turned to it."""
    folder = Path(tempfile.mkdtemp(prefix="floorwalker-"))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    before, made = dict(connection.settings_dict), Mortal(folder / "data")
    try:
        owner = made.server.start().owner
        copy_tables(before, owner.url)
        made.start()
        yield made
    finally:
        connection.close()
        connection.settings_dict.update(before)
        made.server.stop()
        shutil.rmtree(folder)


def copy_tables(source: dict[str, Any], target: str) -> None:
    """Quicker than to migrate anew by half a minute."""
    url = f"postgresql://{source['USER']}@/{source['NAME']}?host={source['HOST']}&port={source['PORT']}"
    programs, secret = find().folder, os.environ | {"PGPASSWORD": source["PASSWORD"]}
    dump = [programs / "pg_dump", "--no-owner", "--no-privileges", "--dbname", url]
    text = subprocess.run(dump, env=secret, check=True, capture_output=True).stdout
    load = [programs / "psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--single-transaction", "--dbname", target]
    subprocess.run(load, input=text, check=True, capture_output=True)


def asked(mortal: Mortal, name: str, field: Field, *, dies: str) -> list[str] | None:
    """One award; the database dies ``before`` the commit or ``after`` it, and no answer comes."""
    told = {"do": "award", "agent": field.agents[0], "points": 5}
    with suppress(OperationalError, InterfaceError):
        with transaction.atomic():
            entries = [each.once for each in do(told, name, field)]
            if dies == "before":
                mortal.die()
        if dies == "after":
            mortal.die()
            entries = []
        if dies:
            connection.ensure_connection()
            do(told, name, field)  # nobody answers
        return entries
    mortal.start()
    return None


def line(name: str) -> list[dict[str, Any]]:
    """What a worker writes that tried it and got its answer."""
    return [{"tried": {"name": name, "told": {"do": "award"}}}, {"name": name, "done": [name]}]


@pytest.mark.parametrize("dies", ["before", "after"])
def test_asked_again_under_its_name_it_is_there_once(mortal: Mortal, dies: str) -> None:
    """R-11, the short one: killed on either side of the commit, asked again, booked once; naively it is not."""
    field = a_field(make_cast())
    assert asked(mortal, "done:1:1", field, dies=dies) is None
    assert Entry.objects.filter(once="done:1:1").exists() == (dies == "after")
    assert asked(mortal, "done:1:1", field, dies="") == ["done:1:1"]
    mortal.die()
    mortal.start()
    assert faults(line("done:1:1"), stored()) == []
    asked(mortal, "done:1:2", field, dies=dies)
    if dies == "before":  # said before the commit, and believed
        assert faults(line("done:1:2"), stored())[0] == "done:1:2 was acknowledged and is missing"
    else:  # asked again under another name
        asked(mortal, "again:done:1:2", field, dies="")
        assert faults(line("done:1:2"), stored()) == ["done:1:2 is there 2 times"]
    assert queries.drifted() == []


def stored() -> list[str]:
    return list(Entry.objects.values_list("once", flat=True))


@pytest.mark.prove
def test_sixteen_processes_and_a_database_that_is_killed_again_and_again(mortal: Mortal, tmp_path: Path) -> None:
    """R-11, the long one: workers are killed too, and every answer somebody waits for comes in the end."""
    field = a_field(make_cast())
    crowd = Crowd(tmp_path, field)
    try:
        for n in range(DEATHS):
            crowd.wait_for(BETWEEN)
            mortal.die()
            if n % 2:
                crowd.kill_one()
            mortal.start()
        crowd.wait_for(BETWEEN)
    finally:
        crowd.end()
    judge(crowd, field)
