"""The process that serves pages starts without what it seldom needs: science, and the reader of the manual."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("numpy", "scipy", "pandas", "sklearn", "numba", "ortools", "duckdb", "joblib", "gpboost", "markdown_it")

SERVE = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.urls import get_resolver
from procrastinate.contrib.django import app   # reads every tasks.py, as a started process does

def walk(resolver):
    for each in resolver.url_patterns:
        walk(each) if hasattr(each, "url_patterns") else each.callback

walk(get_resolver())
list(app.tasks)
{more}
print(json.dumps(sorted(name for name in {heavy!r} if name in sys.modules)))
"""


def loaded(more: str = "") -> list[str]:
    code = SERVE.format(heavy=HEAVY, more=more)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "floorwalker.project.settings",
        "FLOORWALKER_DATABASE": "postgresql://nobody@/nowhere?host=/nowhere",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_started_server_holds_no_science() -> None:
    """Every address, every task and every app is loaded; none of them brings NumPy and its kin."""
    assert loaded() == []


def test_the_test_would_see_it() -> None:
    """A deliberate import is found."""
    assert "numpy" in loaded("import numpy")


@pytest.mark.parametrize("room", ["apps", "kernel"])
def test_work_is_named_not_imported(root: Path, room: str) -> None:
    """What runs in a child process is named by its path; importing it would bring its libraries along."""
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path in (root / "src" / "floorwalker" / room).rglob("*.py")
        if "work" not in path.relative_to(root).parts and path.stem != "work"
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("from", "import")) and re.search(r"\.work(\.|\s+import\b)|\bimport work\b", line)
    ]
    assert found == []
