"""What every test may use: real data where there is some, and the switch for the long proofs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--prove", action="store_true", help="run the long proofs too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--prove"):
        return
    for item in items:
        if "prove" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="a long proof: make prove"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real contact histories; tests that need one are skipped without it."""
    folder = os.environ.get("FLOORWALKER_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("needs real data: set FLOORWALKER_DATA to its folder")
    return Path(folder)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
