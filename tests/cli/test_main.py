"""The command line as a whole: help, codes, unknown words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from floorwalker.cli.main import COMMANDS, run


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command with what it does."""
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in COMMANDS)


@pytest.mark.parametrize("arguments", [["--help"], ["plan", "--help"], ["erlang", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help answers without loading NumPy, pandas, OR-Tools or the compiler."""
    code = (
        "import sys; from floorwalker.cli.main import run; run(sys.argv[1:]); "
        "print(sorted({'numpy', 'pandas', 'ortools', 'numba', 'scipy', 'duckdb', 'jinja2'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert said.stdout.rstrip().endswith("[]")


def test_the_installed_command_works() -> None:
    """`floorwalker --version` from the environment's own script."""
    script = [sys.executable, "-c", "from floorwalker.cli.main import main; main(['--version'])"]
    said = subprocess.run(script, capture_output=True, text=True, check=True)
    assert said.stdout.startswith("floorwalker, version ")


@pytest.mark.parametrize("arguments", [["plann"], ["erlang", "--call", "3"], ["plan"]])
def test_a_wrong_call_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and a line that begins with Error."""
    assert run(arguments) == 2
    assert "Error:" in capsys.readouterr().err
