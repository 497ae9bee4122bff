"""The child process: every end it can come to is an answer or a refusal, and nothing leaves it."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from tests.kernel.files import hostile

from floorwalker.kernel.files import readers
from floorwalker.kernel.files.limited import Usage, run_limited
from floorwalker.kernel.files.refusals import FileRefused

HANG_SECONDS = 120  # only so that a fault cannot stop the suite
MEMORY_MB = 256


@pytest.fixture(autouse=True)
def allowed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers of this test and where the child finds them."""
    monkeypatch.setattr(readers, "READERS", dict(readers.READERS))
    monkeypatch.syspath_prepend(str(root))
    for name, function in vars(hostile).items():
        if getattr(function, "__module__", "") == hostile.__name__:
            readers.register(name, f"{hostile.__name__}:{name}")


def run(name: str, *arguments: Any, **keywords: Any) -> Any:
    keywords = {"wall_seconds": HANG_SECONDS, "memory_mb": MEMORY_MB, **keywords}
    return run_limited(name, *arguments, **keywords)


def code_of(name: str, *arguments: Any, **keywords: Any) -> str:
    with pytest.raises(FileRefused) as caught:
        run(name, *arguments, **keywords)
    assert str(caught.value).endswith(".")
    return caught.value.code


def test_arguments_and_answers_pass_as_json() -> None:
    """What goes in comes out, prints of the reader apart."""
    assert run("echo", 1, "ä\n\x00", None, [2.5], word="x") == [[1, "ä\n\x00", None, [2.5]], {"word": "x"}]


@pytest.mark.parametrize("to", [0, 1, 1000])
def test_a_reader_that_yields_gives_a_list(to: int) -> None:
    """Every part, in order; none is an empty list."""
    assert run("count", to) == list(range(to))


def test_progress_is_passed_on() -> None:
    """A reader that says how far it is is heard."""
    heard = []
    assert run("progress", on_progress=lambda done, of: heard.append((done, of))) == "done"
    assert heard == [(1, 2)]


def test_a_fault_of_the_file_becomes_its_refusal() -> None:
    """Code and facts of the child make the sentence of the parent."""
    with pytest.raises(FileRefused) as caught:
        run("refuse", "table_too_many_rows", most=12)
    assert (caught.value.code, str(caught.value)) == (
        "table_too_many_rows",
        "The table has more than 12 rows. Split it and upload the parts.",
    )


@pytest.mark.parametrize(("code", "facts"), [("no_such_code", {}), ("table_too_many_rows", {"wrong": 1})])
def test_a_fault_nobody_knows_is_a_failed_reading(code: str, facts: dict[str, int]) -> None:
    """A child that talks nonsense cannot bring its own sentences or break the page."""
    assert code_of("refuse", code, **facts) == "reading_failed"


@pytest.mark.parametrize(
    ("name", "arguments", "limits", "code"),
    [
        ("spin", (), {"seconds": 1}, "reading_too_long"),
        ("sleep", (), {"wall_seconds": 0.5}, "reading_too_long"),
        ("hoard", (), {}, "reading_too_much_memory"),
        ("die", (signal.SIGKILL,), {}, "reading_too_much_memory"),
        ("die", (signal.SIGSEGV,), {}, "reading_failed"),
        ("leave", (), {}, "reading_failed"),
        ("fail", (), {}, "reading_failed"),
        ("flood", (), {"output_mb": 2}, "reading_too_much_output"),
        ("lie", (), {}, "reading_failed"),
        ("deep", (), {}, "reading_failed"),
        ("sleep", (), {"stop": lambda: True}, "reading_stopped"),
    ],
)
def test_every_end_is_a_refusal(name: str, arguments: tuple[int, ...], limits: dict[str, Any], code: str) -> None:
    """Time, memory, crashes, silence, floods and lies each have their code, and the child is gone."""
    assert code_of(name, *arguments, **limits) == code
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_the_child_has_no_way_out() -> None:
    """It opens no connection and starts no process."""
    assert run("send_away") == "a file reader may not use socket.getaddrinfo"
    assert run("start_another") == "a file reader may not use subprocess.Popen"


def test_the_child_inherits_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable and no file of the parent; a group of its own, a lower priority, no core, no framework."""
    monkeypatch.setenv("FLOORWALKER_CUSTOMER_SALT", "secret")
    with Path(__file__).open() as held:
        os.set_inheritable(held.fileno(), True)
        found = run("surroundings")
    assert not [name for name in found["environment"] if name.startswith("FLOORWALKER")]
    assert len(found["files"]) <= 6  # in, out, errors, answers, nowhere, and the listing itself
    assert (found["core"], found["nice"] - os.nice(0), found["group"], found["django"]) == (0, 10, True, [])


def test_usage_is_told() -> None:
    """The most memory the child held is known, and is that of a small interpreter."""
    seen: list[Usage] = []
    run("echo", on_usage=seen.append)
    assert 0 < seen[0].peak_megabytes < 60


def test_only_registered_readers_run() -> None:
    """A name is looked up, never imported; a name is not given twice."""
    with pytest.raises(ValueError, match="there is no reader"):
        run("os:system", "true")
    with pytest.raises(ValueError, match="already"):
        readers.register("table", "somewhere.other:table")
    with pytest.raises(ValueError, match="function path"):
        readers.register("other", "import os; os:system")
