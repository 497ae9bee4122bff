"""Settings from the environment: typed, and named in their errors."""

from pathlib import Path

import pytest

from floorwalker.project import environment as env
from floorwalker.project.commands.web import connections


def test_a_value_may_stand_in_a_file(tmp_path, monkeypatch):
    """NAME_FILE, as container secrets come, wins over NAME."""
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("FW_X", "from the environment")
    monkeypatch.setenv("FW_X_FILE", str(tmp_path / "secret"))
    assert env.text("FW_X") == "from the file"


def test_an_empty_setting_is_the_default(monkeypatch, tmp_path):
    """As files of settings leave it when nothing was filled in, by name and in a file."""
    monkeypatch.setenv("FW_X", " ")
    assert env.text("FW_X", "16") == "16" and env.whole_number("FW_X", 16, least=0) == 16
    assert env.one_of("FW_X", ("simple", "german"), "simple") == "simple" and env.currency("FW_X", "EUR") == "EUR"
    assert env.database("FW_X", "postgresql://ann@/floor")["NAME"] == "floor"
    (tmp_path / "empty").write_text("\n")
    monkeypatch.setenv("FW_X_FILE", str(tmp_path / "empty"))
    assert env.text("FW_X", "16") == "16"


def test_servers_of_pages_keep_sixteen_connections_where_none_are_named(monkeypatch):
    """An empty setting is none; 0 is one."""
    for said, kept in ((None, "16"), ("", "16"), ("0", "0"), ("4", "4")):
        if said is None:
            monkeypatch.delenv("FLOORWALKER_CONNECTIONS", raising=False)
        else:
            monkeypatch.setenv("FLOORWALKER_CONNECTIONS", said)
        assert connections() == {"FLOORWALKER_CONNECTIONS": kept}


def test_a_file_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("FW_X_FILE", "/nowhere/secret")
    with pytest.raises(env.BadSetting, match="FW_X_FILE names /nowhere/secret"):
        env.text("FW_X")


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("0", False), ("", True), ("TRUE", True)])
def test_switches(monkeypatch, text, value):
    monkeypatch.setenv("FW_X", text)
    assert env.switch("FW_X", True) is value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda: env.switch("FW_X", True), "maybe"),
        (lambda: env.whole_number("FW_X", 1), "ten"),
        (lambda: env.whole_number("FW_X", 1, least=0), "-1"),
    ],
)
def test_nonsense_is_named(monkeypatch, read, text):
    monkeypatch.setenv("FW_X", text)
    with pytest.raises(env.BadSetting, match=f"FW_X is '{text}'"):
        read()


def test_a_database_by_host_and_by_socket(monkeypatch):
    """Passwords with signs in them, ports, socket folders and options all arrive."""
    monkeypatch.setenv("FW_X", "postgresql://ann:p%40ss@db.example:6000/floor?sslmode=require")
    found = env.database("FW_X")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "ann",
        "p@ss",
        "db.example",
        "6000",
        "floor",
    )
    assert found["OPTIONS"] == {"sslmode": "require"}
    monkeypatch.setenv("FW_X", "postgresql://ann@/floor?host=%2Frun%2Fpg&port=5433")
    found = env.database("FW_X")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/pg", "5433", {})


def test_a_server_of_pages_keeps_its_connections(monkeypatch):
    """As many as it is told to, beside the options given, and none that is dead is used; nobody else keeps any."""
    monkeypatch.setenv("FW_X", "postgresql://ann@db.example/floor?sslmode=require")
    found = env.database("FW_X", keep=3)
    assert found["OPTIONS"]["sslmode"] == "require" and found["OPTIONS"]["pool"]["max_size"] == 3
    assert found["CONN_HEALTH_CHECKS"]
    assert "pool" not in env.database("FW_X")["OPTIONS"]


def test_other_databases_are_refused(monkeypatch):
    monkeypatch.setenv("FW_X", "sqlite:///floor.db")
    with pytest.raises(env.BadSetting, match="postgresql://"):
        env.database("FW_X")


def test_letters_go_to_a_folder_until_a_server_is_named(monkeypatch):
    assert env.mail("FW_X", Path("/m"))["EMAIL_FILE_PATH"] == "/m"
    monkeypatch.setenv("FW_X", "smtp://ann:pw@mail.example:2525")
    found = env.mail("FW_X", Path("/m"))
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example", 2525, True)
    monkeypatch.setenv("FW_X", "http://mail.example")
    with pytest.raises(env.BadSetting, match="smtp://"):
        env.mail("FW_X", Path("/m"))
