"""Processes that live and end together."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from floorwalker.project.commands.web import quick_server
from floorwalker.project.crew import Crew

STAYS = "import time; time.sleep(60)"


def module(tmp_path, name, code):
    (tmp_path / f"{name}.py").write_text(code)
    return name


@pytest.fixture
def crew(tmp_path):
    crew = Crew({**os.environ, "PYTHONPATH": str(tmp_path)})
    yield crew
    crew.end()


def test_when_one_ends_by_itself_it_is_named_and_the_others_end_too(crew, tmp_path):
    crew.start("pages", module(tmp_path, "stays", STAYS))
    crew.start("worker", module(tmp_path, "leaves", "raise SystemExit(3)"))
    assert crew.watch() == "worker"
    crew.end()
    assert all(process.poll() is not None for process in crew.members.values())


def test_an_errand_may_end(crew, tmp_path):
    """Who was only sent on an errand is not missed."""
    crew.start("pages", module(tmp_path, "soon", "import time; time.sleep(2)"))
    crew.send(module(tmp_path, "errand", ""))
    assert crew.watch() == "pages"


def test_asked_to_end_everything_ends(tmp_path):
    """SIGTERM to the one in charge ends every process it started."""
    module(tmp_path, "stays", STAYS)
    code = (
        "import os; from floorwalker.project.crew import Crew; crew = Crew(dict(os.environ));"
        "crew.start('pages', 'stays'); print(crew.members['pages'].pid, flush=True);"
        "print(repr(crew.watch()), flush=True); crew.end()"
    )
    chief = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    pid = int(chief.stdout.readline())
    time.sleep(0.5)
    chief.send_signal(signal.SIGTERM)
    assert chief.communicate(timeout=30)[0].strip() == "''"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_who_does_not_end_when_asked_is_made_to_with_all_it_started(crew, tmp_path, caplog):
    """A child deaf to SIGTERM, and a grandchild of it, are gone after `end`; the log says which and why."""
    held = tmp_path / "held"
    os.mkfifo(held)
    grandchild = f"import time; held = open({str(held)!r}, 'w'); time.sleep(600); held.write('late')"
    deaf = (
        "import signal, subprocess, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"subprocess.run([sys.executable, '-c', {grandchild!r}])\n"
    )
    crew.start("pages", module(tmp_path, "deaf", deaf))
    crew.patience_seconds = 0.2
    with held.open() as until_gone:  # opens once the grandchild has: by then the child is deaf
        crew.end()
        assert until_gone.read() == ""
    assert crew.members["pages"].returncode == -signal.SIGKILL
    (line,) = caplog.messages
    assert (
        line
        == f"pages (process {crew.members['pages'].pid}) did not end within 0.2 s of being asked; ended by force"
    )


def test_the_quick_server_ends_though_its_workers_do_not(tmp_path):
    """Told to stop while its workers start and are deaf to it, it ends them by force and says so."""
    starting = tmp_path / "starting"
    os.mkfifo(starting)
    deaf = (
        "import signal, time\n"
        "for number in (signal.SIGTERM, signal.SIGINT): signal.signal(number, signal.SIG_IGN)\n"
        f"open({str(starting)!r}, 'w').close(); time.sleep(600)\n"
    )
    *server, _ = quick_server("127.0.0.1", 0)
    server[server.index("--port") : server.index("--port") + 2] = ["--uds", str(tmp_path / "socket")]
    server[server.index("--workers-kill-timeout") + 1] = "1"
    chief = subprocess.Popen(
        [sys.executable, "-m", *server, f"{module(tmp_path, 'deaf', deaf)}:application"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        starting.read_text()
        chief.terminate()
        assert "refused to gracefully stop" in chief.communicate(timeout=60)[0]
        assert chief.returncode is not None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(chief.pid, signal.SIGKILL)
