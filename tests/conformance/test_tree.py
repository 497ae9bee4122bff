"""Rules about the source tree, each shown to fire on one deliberate violation."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance import rules

VIOLATIONS: dict[Callable[[Path], list[str]], tuple[str, str]] = {
    rules.too_long: ("science/queueing/long.py", "x = 1\n" * 401),
    rules.drawers_without_label: ("contacts/utils.py", "x = 1\n"),
    rules.private_names_crossing: ("cli/peek.py", "from floorwalker.science.timegrid import _cut\n"),
    rules.sideways_past_the_door: ("cli/reach.py", "from floorwalker.science.queueing.kernel import anything\n"),
    rules.open_calls: ("science/queueing/reads.py", "def f(p):\n    return open(p)\n"),
    rules.export_mismatches: (
        "science/queueing/__init__.py",
        "from floorwalker.science import errors\n__all__ = []\n",
    ),
    rules.consequences_without_a_person: (
        "apps/quality/tasks.py",
        "def nightly(at):\n    people.record_leaving(agent_id=1, by=SYSTEM, at=at)\n",
    ),
    rules.places_for_discipline: ("apps/quality/models.py", "class DisciplinaryCase:\n    pass\n"),
}


@pytest.mark.parametrize("rule", VIOLATIONS, ids=lambda rule: rule.__name__)
def test_the_source_keeps_the_rule(rule: Callable[[Path], list[str]], root: Path) -> None:
    """The tree as it stands breaks no rule."""
    assert rule(root / "src" / "floorwalker") == []


@pytest.mark.parametrize("rule", VIOLATIONS, ids=lambda rule: rule.__name__)
def test_the_rule_fires(rule: Callable[[Path], list[str]], tmp_path: Path) -> None:
    """One deliberate violation is found."""
    (tmp_path / "science" / "queueing").mkdir(parents=True)
    (tmp_path / "science" / "queueing" / "__init__.py").write_text("__all__: list[str] = []\n")
    name, text = VIOLATIONS[rule]
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    assert rule(tmp_path)


ROOMS = ("queueing", "forecasting", "staffing", "rostering", "sample", "duels")


@pytest.mark.parametrize("room", ROOMS)
def test_every_exported_name_exists(room: str) -> None:
    """What a room lists in `__all__` can be had from it."""
    module = importlib.import_module(f"floorwalker.science.{room}")
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


HEAVY = {"numpy", "scipy", "numba", "pandas", "sklearn", "ortools", "duckdb", "joblib", "holidays", "jinja2"}
PLAIN = (
    "floorwalker.science.timegrid",
    "floorwalker.science.outcome",
    "floorwalker.science.explanation",
    "floorwalker.science.queueing",
    "floorwalker.science.duels",
    "floorwalker.science.rostering.model",
    "floorwalker.science.rostering.rules",
    "floorwalker.contacts.tables",
    "floorwalker.cli.main",
)


def heavy_packages(module: str) -> list[str]:
    """What of the science stack a fresh interpreter holds after importing ``module``."""
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & set({sorted(HEAVY)!r})))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("module", PLAIN)
def test_web_pages_can_import_it_without_the_science_stack(module: str) -> None:
    """The modules pages use load no NumPy and nothing else that is heavy."""
    assert heavy_packages(module) == []


def test_a_heavy_import_is_noticed() -> None:
    """A module that works on arrays."""
    assert "numpy" in heavy_packages("floorwalker.science.staffing.requirement")
