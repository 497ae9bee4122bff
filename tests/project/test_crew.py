"""Processes that live and end together."""

import os
import signal
import subprocess
import sys
import time

import pytest

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
