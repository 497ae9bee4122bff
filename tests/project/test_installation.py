"""An installation: one secret however many start at once, an environment its processes can live in."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

from floorwalker.project.installation import Installation, answers_on, find, own_secret


def test_the_secret_is_made_once_and_is_the_owners(tmp_path):
    """Sixteen at once read one secret, and nobody else may read it."""
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(lambda _: own_secret(tmp_path / "home"), range(16)))
    assert len(found) == 1
    assert len(found.pop()) >= 50
    assert stat.S_IMODE((tmp_path / "home" / "secret_key").stat().st_mode) == 0o600
    assert [each.name for each in (tmp_path / "home").iterdir()] == ["secret_key"]


def test_an_operators_database_is_taken_as_it_is(tmp_path, monkeypatch):
    """With an address given no server is started; another role may own the tables."""
    monkeypatch.setenv("FLOORWALKER_DATABASE_OWNER", "postgresql://owner@db/floor")
    found = find("postgresql://app@db/floor", tmp_path / "home")
    assert (found.serve_url, found.migrate_url, found.own_server) == (
        "postgresql://app@db/floor",
        "postgresql://owner@db/floor",
        False,
    )


def test_processes_get_what_they_need(tmp_path, monkeypatch):
    monkeypatch.delenv("FLOORWALKER_SECRET_KEY", raising=False)
    found = Installation(tmp_path, "postgresql://a@/b", "postgresql://o@/b", False).environment
    assert found["FLOORWALKER_DATABASE"] == "postgresql://a@/b"
    assert found["FLOORWALKER_SECRET_KEY"] == own_secret(tmp_path)
    assert found["PATH"] == os.environ["PATH"]


def test_links_lead_to_the_port_unless_an_address_was_given(monkeypatch):
    monkeypatch.setenv("FLOORWALKER_SITE_URL", "https://floor.example")
    answers_on(8001)
    assert os.environ["FLOORWALKER_SITE_URL"] == "https://floor.example"
    monkeypatch.delenv("FLOORWALKER_SITE_URL")
    answers_on(8001)
    assert os.environ["FLOORWALKER_SITE_URL"] == "http://localhost:8001"
    monkeypatch.delenv("FLOORWALKER_SITE_URL")
