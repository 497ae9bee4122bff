"""What npm brings is locked by hash, names no host it came from, and stays out of the repository."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

REGISTRY_WORDS = ("resolved", "registry", ".tgz", "npmjs", "yarnpkg")


def breaches(lock: str) -> list[str]:
    """Words of a registry in a lock, and packages without a hash."""
    packages = json.loads(lock)["packages"]
    unhashed = [name for name, each in packages.items() if name and "integrity" not in each]
    return [word for word in REGISTRY_WORDS if word in lock] + unhashed


def test_the_lock_names_no_registry(root: Path) -> None:
    """Every package has its hash; none says where it came from."""
    assert breaches((root / "package-lock.json").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "package",
    [
        {"version": "1.0.0"},
        {"version": "1.0.0", "integrity": "sha512-x", "resolved": "https://registry.example/x.tgz"},
    ],
)
def test_a_breach_is_found(package: dict[str, str]) -> None:
    """A package without a hash, and one with its address."""
    assert breaches(json.dumps({"packages": {"": {}, "node_modules/x": package}}))


def test_nothing_of_others_is_tracked(root: Path) -> None:
    """The folder set-up fills is ignored by git."""
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    assert [
        path for path in tracked if "/vendor/" in path or "node_modules" in path or path.endswith(".min.js")
    ] == []


def test_versions_are_exact(root: Path) -> None:
    """`npm ci` on another day brings the same files."""
    wanted = json.loads((root / "package.json").read_text(encoding="utf-8"))
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert [name for name, version in versions.items() if not version[0].isdigit()] == []
