"""A small centre to plan: five weeks of half-hours, Monday to Friday, 09:00 to 17:00."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from floorwalker.cli.main import run

FIRST = datetime(2026, 9, 28)  # a Monday
WEEKS = 5


def history_lines(weeks: int = WEEKS, queue: str | None = None) -> list[str]:
    """Counts that rise to noon and fall, a little different each day, with handling times."""
    lines = []
    for day in range(weeks * 7):
        date = FIRST + timedelta(days=day)
        if date.weekday() > 4:
            continue
        for slot in range(16):
            calls = 20 + 4 * min(slot, 15 - slot) + (day * 7 + slot * 3) % 5
            start = date + timedelta(minutes=540 + 30 * slot)
            row = [start.isoformat(), *([queue] if queue else []), str(calls), str(calls * 200)]
            lines.append(",".join(row))
    return lines


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """The history as a file."""
    path = tmp_path / "calls.csv"
    path.write_text("\n".join(["start,offered,handling_seconds", *history_lines()]) + "\n")
    return path


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run a command with --json and read its answer; the exit code must be 0."""

    def ask(*args: object) -> Any:
        capsys.readouterr()
        code = run([*map(str, args), "--json"])
        said = capsys.readouterr()
        assert code == 0, said.err
        return json.loads(said.out)

    return ask


@pytest.fixture
def refusal(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that must refuse with exit code 2 and one line; the line."""

    def ask(*args: object, code: int = 2) -> str:
        capsys.readouterr()
        assert run([*map(str, args)]) == code
        said = capsys.readouterr()
        assert said.out == ""
        lines = [line for line in said.err.splitlines() if line.startswith(("floorwalker:", "Error:"))]
        assert len(lines) == 1, said.err
        return lines[0]

    return ask
