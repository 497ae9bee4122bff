"""Starting, joining, stopping, and getting up again after a kill at any moment."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from floorwalker.kernel.postgres import Private
from tests.kernel.postgres.conftest import (
    ask,
    in_another_process,
    needs_linux,
    postmaster,
    processes,
    refusal,
    say,
)

START = """
import sys
from pathlib import Path
from floorwalker.kernel.postgres import Private
private = Private(Path(sys.argv[1]), fast_and_unsafe=True)
private.start()
print((private.layout.pgdata / "postmaster.pid").read_text().splitlines()[0])
"""


def test_a_first_start_serves_both_roles_and_a_second_joins_it(private: Callable[..., Private]) -> None:
    """From an empty folder to two logins; starting again, here and from another object, changes nothing."""
    server = private()
    assert not server.running()
    first = server.start()
    assert server.running()
    assert ask(first.app, "SELECT current_user::text") == "floorwalker_app"
    assert ask(first.owner, "SELECT current_user::text") == "floorwalker_owner"
    pid = postmaster(server)
    assert server.start() == first
    assert private().start() == first
    assert postmaster(server) == pid


def test_four_processes_at_once_start_one_server(private: Callable[..., Private], place: Path) -> None:
    """Whoever comes first makes and starts it; the others wait and join."""
    starters = [in_another_process(START, place / "data") for _ in range(4)]
    said = [starter.communicate()[0].strip() for starter in starters]
    server = private(fast_and_unsafe=True)
    assert said == [str(postmaster(server))] * 4
    assert ask(server.start().app, "SELECT 1") == 1


WITHOUT_LOCK = """
import os, sys
from pathlib import Path
from floorwalker.kernel.postgres import Private, binaries, cluster, passwords
private = Private(Path(sys.argv[1]), fast_and_unsafe=True)
private.layout.prepare(private.who)
there = private.layout.pgdata.exists()
print("looked", flush=True)
sys.stdin.readline()
if not there:
    with open(os.devnull) as nothing:
        shop = cluster.Workshop(private.layout, binaries.find(), private.who, nothing.fileno())
        cluster.make(shop, passwords.make(private.layout.secret), fast_and_unsafe=True)
"""


def test_without_the_lock_two_starts_at_once_ruin_each_other(place: Path) -> None:
    """The naive twin: look whether there is a cluster, and make one if not."""
    makers = [in_another_process(WITHOUT_LOCK, place / "data", stdin=-1, stderr=-3) for _ in range(2)]
    for maker in makers:
        assert maker.stdout and maker.stdout.readline() == "looked\n"
    for maker in makers:
        assert maker.stdin
        maker.stdin.write("\n")
        maker.stdin.flush()
    for maker in makers:
        maker.communicate()
    assert [maker.returncode for maker in makers] != [0, 0]


def test_rows_survive_three_kills_in_a_row(private: Callable[..., Private]) -> None:
    """`kill -9` of the first process, and what was committed is there at the next start."""
    server = private()
    say(server.start().owner, "CREATE TABLE t (n int)")
    for n in range(3):
        say(server.start().owner, f"INSERT INTO t VALUES ({n})")
        os.kill(postmaster(server), signal.SIGKILL)
        assert ask(server.start().app, "SELECT count(*) FROM t") == n + 1


@needs_linux
def test_a_start_sees_off_what_a_killed_server_left_behind(quick: Private) -> None:
    """A computing process does not notice that its server died; a second server beside it would ruin the files."""
    login = quick.start().owner
    busy = threading.Thread(target=count_for_long, args=(login.url,))
    busy.start()
    while ask(login, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%generate_series%%'") < 2:
        time.sleep(0.01)
    old = set(processes(quick))
    os.kill(postmaster(quick), signal.SIGKILL)
    quick.start()
    busy.join()
    assert not old & set(processes(quick))
    assert ask(quick.start().app, "SELECT 1") == 1


def count_for_long(url: str) -> None:
    with pytest.raises(psycopg.OperationalError), psycopg.connect(url) as connection:
        connection.execute("SELECT count(*) FROM generate_series(1, 10000000000) AS a WHERE a % 2 = 3")


UNBURIED = """
import ctypes, os, signal, sys
from pathlib import Path
from floorwalker.kernel.postgres import Private
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: orphans become ours, and we bury nobody
private = Private(Path(sys.argv[1]), fast_and_unsafe=True)
private.start()
pid_file = private.layout.pgdata / "postmaster.pid"
pid = int(pid_file.read_text().splitlines()[0])
os.kill(pid, signal.SIGKILL)
private.start()
print(Path(f"/proc/{pid}/stat").read_text().split()[2], pid != int(pid_file.read_text().splitlines()[0]))
private.stop()
print(private.running())
"""


@needs_linux
def test_a_killed_server_nobody_buries_is_known_to_be_dead(quick: Private, place: Path) -> None:
    """In a container whose first process does not reap, the killed one stays as a zombie with its number."""
    assert in_another_process(UNBURIED, place / "data").communicate()[0].split() == ["Z", "True", "False"]


def test_a_process_number_that_now_is_another_programs_does_no_harm(quick: Private) -> None:
    """After a restart of the machine the number in postmaster.pid may be anybody's: here it is the test's own."""
    quick.start()
    pid_file = quick.layout.pgdata / "postmaster.pid"
    left = pid_file.read_text()
    quick.stop()
    lines = left.splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    lock = quick.layout.run / ".s.PGSQL.5432.lock"
    lock.write_text("\n".join([str(os.getpid()), *lines[1:5]]))
    assert not quick.running()
    assert ask(quick.start().app, "SELECT 1") == 1


@pytest.mark.parametrize(
    ("moment", "whom"),
    [
        ("run/initdb", "the starter"),
        ("pgdata.new/PG_VERSION", "the starter and its children"),
        ("pgdata.new/base/1/PG_VERSION", "the starter"),
        ("pgdata.new/base/1/PG_VERSION", "the starter and its children"),
        ("pgdata.new/floorwalker.conf", "the starter and its children"),
    ],
)
def test_a_first_start_killed_at_any_moment_does_not_spoil_the_next(
    private: Callable[..., Private], place: Path, moment: str, whom: str
) -> None:
    """The cluster is made aside and renamed; an initdb that outlives its starter is waited for."""
    starter = in_another_process(START, place / "data", start_new_session=True)
    while not (place / "data" / moment).exists():
        assert starter.poll() is None
        time.sleep(0.001)
    if whom == "the starter":
        starter.kill()
    else:
        os.killpg(starter.pid, signal.SIGKILL)
    starter.communicate()
    server = private(fast_and_unsafe=True)
    assert ask(server.start().app, "SELECT current_database()::text") == "floorwalker"
    assert not (place / "data" / "pgdata.new").exists()
    assert not (place / "data" / "run" / "initdb").exists()


@needs_linux
def test_stop_leaves_nothing_running_and_no_socket(quick: Private) -> None:
    """Every process is gone when `stop` returns, open sessions or not; stopping twice is no error."""
    with psycopg.connect(quick.start().app.url):
        assert len(processes(quick)) > 3
        quick.stop()
    assert processes(quick) == []
    assert not quick.running()
    assert list(quick.layout.run.glob(".s.*")) == []
    quick.stop()


def test_stop_touches_nothing_where_no_server_ever_was(place: Path) -> None:
    """A mistyped folder is left as it was."""
    Private(place).stop()
    assert list(place.iterdir()) == []


def test_lost_passwords_are_made_anew_by_a_restart(quick: Private) -> None:
    """The files are the keys: who has them needs no old password. While it runs, it is said what to do."""
    old = quick.start()
    shutil.rmtree(quick.layout.secret)
    assert "stop it and start it again" in refusal(quick.start)
    quick.stop()
    new = quick.start()
    assert new.app.password != old.app.password
    assert ask(new.app, "SELECT 1") == ask(new.owner, "SELECT 1") == 1


def test_a_test_server_is_never_taken_for_a_real_one(private: Callable[..., Private]) -> None:
    """Neither way round, running or not: one loses data, the other must not be played with."""
    private("data", fast_and_unsafe=True).start()
    assert "use another folder" in refusal(private("data").start)
    private("data").stop()
    assert "use another folder" in refusal(private("data").start)


def test_a_server_that_cannot_start_says_what_postgresql_said(quick: Private) -> None:
    """A setting by hand that cannot be: its name stands in the message."""
    quick.start()
    quick.stop()
    with (quick.layout.pgdata / "postgresql.auto.conf").open("a") as file:
        file.write("shared_buffers = 'a lot'\n")
    assert "shared_buffers" in refusal(quick.start)


SHARE = """
import sys
from pathlib import Path
from floorwalker.kernel.postgres import Private
with Private(Path(sys.argv[1]), fast_and_unsafe=True).shared():
    print("in", flush=True)
    sys.stdin.read()
"""


def test_a_shared_server_runs_until_the_last_leaves(quick: Private, place: Path) -> None:
    """Two runs of tests at once: the first to end leaves the server to the other; a killed one does not count."""
    with quick.shared() as server:
        other = in_another_process(SHARE, place / "data", stdin=-1)
        killed = in_another_process(SHARE, place / "data", stdin=-1)
        assert other.stdout and other.stdout.readline() == "in\n"
        assert killed.stdout and killed.stdout.readline() == "in\n"
        killed.kill()
        killed.communicate()
    assert ask(server.app, "SELECT 1") == 1
    other.communicate("")
    assert not quick.running()


def test_a_shared_server_stops_when_its_last_user_fails(quick: Private) -> None:
    """An error in the block is no reason to leave a server behind."""
    with pytest.raises(ZeroDivisionError), quick.shared():
        raise ZeroDivisionError
    assert not quick.running()
