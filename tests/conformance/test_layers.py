"""Who may import whom: the contracts hold, and each is broken by one deliberate violation."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

VIOLATIONS = {
    "The whole": ("science/queueing/upward.py", "import floorwalker.contacts.tables\n"),
    "Inside science": ("science/queueing/sideways.py", "import floorwalker.science.staffing\n"),
    "The library, the command line": ("contacts/web.py", "import django\n"),
    "Science opens no network": ("science/queueing/net.py", "import urllib.request\n"),
}


def lint(folder: Path) -> str:
    """What import-linter prints about the tree in ``folder``."""
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout + result.stderr


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the source with its contracts."""
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / ".importlinter", tmp_path)
    return tmp_path


def test_every_contract_is_kept(copy: Path) -> None:
    """The tree as it stands."""
    said = lint(copy)
    assert " 0 broken." in said, said


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_the_contract_fires(contract: str, copy: Path) -> None:
    """One forbidden import breaks its contract, by name."""
    name, text = VIOLATIONS[contract]
    (copy / "src" / "floorwalker" / name).write_text(text)
    broken = [line for line in lint(copy).splitlines() if line.rstrip().endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), broken


def test_a_new_room_must_be_placed(copy: Path) -> None:
    """A science room that no layer names is noticed."""
    room = copy / "src" / "floorwalker" / "science" / "astrology"
    room.mkdir()
    (room / "__init__.py").write_text("")
    assert "BROKEN" in lint(copy)
