"""Numbers that cannot be meant are refused with the option, the value and what to write."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

ONE = ("erlang", "--calls", "100", "--aht", "180")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("--calls", "nan"), "--calls"),
        (("--calls", "inf"), "--calls"),
        (("--calls", "1e308"), "--calls"),
        (("--aht", "nan"), "--aht"),
        (("--per", "1e-300"), "--per"),
        (("--patience", "inf"), "--patience"),
        (("--agents", 10**24), "--agents"),
        (("--shrinkage", "0.3"), "write 30 for 30 %"),
        (("--max-occupancy", "0.85"), "write 85 for 85 %"),
        (("--max-abandon", "0"), "--max-abandon"),
        (("--max-abandon", "5"), "needs --patience"),
        (("--service", "0.8/20"), "asks for 0.8 %"),
        (("--service", "100/20"), "asks for 100 %"),
        (("--service", ""), "80/20"),
        (("--service", "80/20/3"), "80/20 for 80 % in 20 s"),
    ],
)
def test_what_cannot_be_meant_is_refused(refusal: Callable[..., str], wrong: tuple[Any, ...], says: str) -> None:
    """Neither a warning nor a number comes out of it."""
    assert says in refusal(*ONE, *wrong)


def test_work_for_too_many_agents_is_refused(refusal: Callable[..., str]) -> None:
    """Each number is possible, together they are not: the search would never end."""
    assert "too many" in refusal("erlang", "--calls", "1e9", "--aht", "1e6")


def test_a_target_may_be_written_with_its_units(answer: Callable[..., Any]) -> None:
    """80%/20s is 80/20, and another target needs another staff."""
    assert answer(*ONE, "--service", "80%/20s") == answer(*ONE, "--service", "80/20")
    assert answer(*ONE, "--service", "95%/20s")["required"] > answer(*ONE)["required"]


def test_one_formula_loads_no_science_stack() -> None:
    """`erlang` answers from plain Python."""
    code = (
        "import sys; from floorwalker.cli.main import run; run(sys.argv[1:]); "
        "print(sorted({'numpy', 'pandas', 'scipy', 'numba', 'sklearn'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code, *ONE], capture_output=True, text=True, check=True)
    assert said.stdout.rstrip().endswith("[]")
