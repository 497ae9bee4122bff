"""What every test may use: real data where there is some, and the switch for the long proofs."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from floorwalker.cli.main import choose_numba_cache
from tests.background import deliver, work
from tests.database import SharedServer, own_database

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.people import Cast

# The same examples every time, so that a red test is the change's fault; `make prove` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", deadline=None, max_examples=400)

__all__ = ["deliver", "work"]  # fixtures
ROOT = Path(__file__).resolve().parents[1]
TEST_DATABASE = "DATABASE_OF_THE_TESTS"
REAL_HASH_COST = "HASH_COST_BEFORE_THE_TESTS"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--prove", action="store_true", help="run the long proofs too")


def pytest_configure(config: pytest.Config) -> None:
    hash_quickly()
    choose_numba_cache()  # what was compiled at set-up, for the processes that tests start too
    settings.load_profile("new" if config.getoption("--prove") else "same")
    if hasattr(config, "workerinput") or TEST_DATABASE in os.environ:
        return
    # Django reads its settings before any conftest runs, so workers are told by the environment.
    config._database = SharedServer(ROOT / ".cache" / "postgres-tests")  # type: ignore[attr-defined]
    os.environ[TEST_DATABASE] = json.dumps(config._database.start())


def hash_quickly() -> None:
    """Hundreds of people sign in here; what a hash really costs is pinned in tests/apps/accounts."""
    from django.contrib.auth.hashers import Argon2PasswordHasher as Hasher

    os.environ.setdefault(REAL_HASH_COST, f"{Hasher.time_cost} {Hasher.memory_cost}")
    Hasher.time_cost, Hasher.memory_cost, Hasher.parallelism = 1, 2048, 1


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "_database"):
        config._database.stop()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database of the tests: a copy of a migrated one on a private server."""
    from django.db import connection

    connection.settings_dict.update(json.loads(os.environ[TEST_DATABASE]))
    with django_db_blocker.unblock(), own_database(connection.settings_dict):
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--prove"):
        return
    for item in items:
        if "prove" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="a long proof: make prove"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


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


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Ids come back after a test that emptied the tables; what was known of their last bearers must not."""
    from django.core.cache import caches

    caches["here"].clear()


@pytest.fixture
def asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a place is in use is asked anew after seconds: slowly run, at some page and not at another."""
    from floorwalker.project import signposts

    monkeypatch.setattr(signposts, "EMPTY_SECONDS", signposts.USED_SECONDS)


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody of `tests.people`, in a database of their own."""
    from tests.people import make_cast

    return make_cast()
