"""The doctor names what is unsafe and what to do; a production start is refused while something is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from floorwalker.project import doctor


@pytest.fixture
def home(tmp_path, settings):
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    settings.HOME = folder
    return folder


def words(level):
    return [each.what for each in doctor.examine() if each.level == level]


def test_a_laptop_is_fit_for_a_laptop(db, home):
    """Nothing is unsafe; that letters go to a folder is said."""
    assert words(doctor.UNSAFE) == []
    assert any("E-mails are written to" in each for each in words(doctor.NOTE)) or words(doctor.GOOD)


def test_a_folder_others_may_read_is_named_with_the_remedy(db, home):
    home.chmod(0o755)
    [found] = [each for each in doctor.examine() if "may read the data folder" in each.what]
    assert (found.level, found.advice) == (doctor.UNSAFE, f"chmod go-rw {home}")


def test_a_missing_folder_is_named(db, settings):
    settings.HOME = Path("/nowhere/at/all")
    assert any("is missing" in each for each in words(doctor.UNSAFE))


def test_a_changed_audit_is_named_with_its_entry(db, home, cast):
    """Somebody with the keys to the database changed a row."""
    from floorwalker.kernel import audit
    from tests.people import NOW

    for number in range(3):
        audit.record(by=cast.planner.actor, verb="test.did", about=("test.thing", number), facts={}, at=NOW)
    with connection.cursor() as cursor:
        # Entries are numbered at commit, which a test does not reach.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kernel_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE kernel_entry SET verb = 'test.never' WHERE verb = 'test.did' AND about_id = '1'")
        assert cursor.rowcount == 1
    assert any("The audit was changed at entry" in each for each in words(doctor.UNSAFE))


def test_a_database_without_tables_is_no_accident(db, home):
    """The first thing somebody may do is ask the doctor, before anything has made the tables."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_entry RENAME TO kernel_not_made_yet")
    assert not [each for each in doctor.examine() if "audit" in each.what]


def start(**environment):
    """A production start, as far as refusing goes."""
    code = "import django; django.setup(); from floorwalker.project.doctor import refuse_unsafe; refuse_unsafe()"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "floorwalker.project.settings",
            "FLOORWALKER_MODE": "production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_with_defaults_does_not_start(tmp_path):
    """Default secret, http, no hosts: each is named, and the exit code is not zero."""
    done = start(FLOORWALKER_HOME=str(tmp_path))
    assert done.returncode != 0
    assert "does not start like this" in done.stderr or "floorwalker.E" in done.stderr + done.stdout


def test_production_set_right_starts(tmp_path):
    tmp_path.chmod(0o700)
    done = start(
        FLOORWALKER_HOME=str(tmp_path),
        FLOORWALKER_SITE_URL="https://floor.example.org",
        FLOORWALKER_HOSTS="floor.example.org",
        FLOORWALKER_SECRET_KEY="k" * 10 + "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQ",
        FLOORWALKER_DATABASE="postgresql://floorwalker_app:long-and-random-9f8e7d@db.example.org/floorwalker",
        FLOORWALKER_MAIL="smtp://ann:secret@mail.example.org:587",
    )
    assert done.returncode == 0, done.stderr
