"""Ctrl-C during a search."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from floorwalker.cli.interrupt import ended_by_interrupt
from floorwalker.cli.output import Stages


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture
def at_a_terminal() -> Iterator[None]:
    """Ctrl-C as a shell hands it on; a run in the background ignores it, and so would these tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("at_a_terminal")
def test_the_first_ends_the_search_the_second_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """The search is asked to end and the user told; pressed again, the command ends."""
    with pytest.raises(KeyboardInterrupt), ended_by_interrupt(Stages()) as interrupted:
        assert not interrupted()
        press()
        assert interrupted()
        assert "best roster so far is kept" in capsys.readouterr().err
        press()
        pytest.fail("the second Ctrl-C was swallowed")


def test_afterwards_everything_is_as_before() -> None:
    """Outside the search Ctrl-C means what it meant."""
    before = signal.getsignal(signal.SIGINT)
    with ended_by_interrupt(Stages()):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_search_without_it() -> None:
    """Python hands signals to the main thread only; a search elsewhere still runs."""
    found: list[bool] = []

    def search() -> None:
        with ended_by_interrupt(Stages()) as interrupted:
            found.append(interrupted())

    thread = threading.Thread(target=search)
    thread.start()
    thread.join()
    assert found == [False]
