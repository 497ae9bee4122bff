"""S-01 and S-02: production starts with everything set right, and with nothing less."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from floorwalker.project import checks

GOOD = {
    "FLOORWALKER_MODE": "production",
    "FLOORWALKER_SECRET_KEY": "q7Zt-0pXv2LmN8rYkW4sHdJf6GbC1uEa9oTi3xQzR5wPnMlKjVhBgF_yDcSe",
    "FLOORWALKER_HOSTS": "floor.example.org",
    "FLOORWALKER_SITE_URL": "https://floor.example.org",
    "FLOORWALKER_DATABASE": "postgresql://floorwalker_app:v9Kq3ZrT7xWm@db.example.org/floorwalker",
    "FLOORWALKER_MAIL": "smtp://floor:secret@mail.example.org:587?tls=yes",
}
OIDC = {
    "FLOORWALKER_OIDC_ISSUER": "https://id.example.org",
    "FLOORWALKER_OIDC_CLIENT_ID": "floorwalker",
    "FLOORWALKER_OIDC_CLIENT_SECRET": "s3cret-of-the-client",
}
GOOD_SETTINGS: dict[str, Any] = {
    "SECRET_KEY": GOOD["FLOORWALKER_SECRET_KEY"],
    "ALLOWED_HOSTS": ["floor.example.org"],
    "SITE_URL": "https://floor.example.org",
    "DATABASES": {"default": {"HOST": "db.example.org", "USER": "floorwalker_app", "PASSWORD": "v9Kq3ZrT7xWm"}},
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "DEBUG": False,
}


def database(**changed: str) -> dict[str, Any]:
    return {"default": {**GOOD_SETTINGS["DATABASES"]["default"], **changed}}


# what is wrong, and the number of the check that says so
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "default secret": ({"SECRET_KEY": "only-for-tests-and-tools"}, "E001"),
    "short secret": ({"SECRET_KEY": "q7Zt-0pXv2LmN8rYkW4sHdJf6GbC1"}, "E001"),
    "one letter": ({"SECRET_KEY": "a" * 60}, "E001"),
    "any host": ({"ALLOWED_HOSTS": ["*"]}, "E002"),
    "any host below": ({"ALLOWED_HOSTS": [".example.org"]}, "E002"),
    "no host": ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"]}, "E003"),
    "debugging": ({"DEBUG": True}, "E004"),
    "no https": ({"SITE_URL": "http://floor.example.org"}, "E005"),
    "another site": ({"SITE_URL": "https://other.example.org"}, "E006"),
    "no database password": ({"DATABASES": database(PASSWORD="")}, "E007"),
    "known database password": ({"DATABASES": database(PASSWORD="postgres")}, "E007"),
    "the superuser": ({"DATABASES": database(USER="postgres")}, "E008"),
    "half a sign-on": ({"OIDC_ISSUER": "https://id.example.org"}, "E009"),
    "sign-on without https": (
        {"OIDC_ISSUER": "http://id.example.org", "OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"},
        "E010",
    ),
    "endless sessions": ({"SESSION_PRIVILEGED_OPEN": timedelta(hours=900)}, "E011"),
    "no sessions": ({"SESSION_PRIVILEGED_IDLE": timedelta()}, "E011"),
}
UNSAFE_STARTS = {
    "default secret": ({"FLOORWALKER_SECRET_KEY": ""}, "floorwalker.E001"),
    "any host": ({"FLOORWALKER_HOSTS": "*"}, "floorwalker.E002"),
    "a mode that is none": ({"FLOORWALKER_MODE": "prod"}, "laptop or production"),
}
START = "import django; django.setup(); from floorwalker.project.doctor import refuse_unsafe; refuse_unsafe()"


def run(changed: dict[str, str], home: object, *command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FLOORWALKER_")}
    settings = {"DJANGO_SETTINGS_MODULE": "floorwalker.project.settings", "FLOORWALKER_HOME": str(home)}
    return subprocess.run(
        [sys.executable, *command],
        env=kept | settings | GOOD | changed,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("home")
    folder.chmod(0o700)
    return folder


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_each_danger_has_its_check(what: str) -> None:
    """By id, with what to do; everything else about the settings is right."""
    changed, number = WRONG[what]
    with override_settings(**(GOOD_SETTINGS | changed)):
        found = checks.fit_for_production()
    ids = [each.id for each in found]
    assert f"floorwalker.{number}" in ids
    assert set(ids) <= {f"floorwalker.{number}", "floorwalker.E006"}, "a host that is not named is no site either"
    assert all(each.hint for each in found)


@pytest.mark.parametrize("what", UNSAFE_STARTS)
def test_production_refuses_to_start(what: str, home: object) -> None:
    """With one thing wrong the process ends with an exit code and says which."""
    changed, said = UNSAFE_STARTS[what]
    ended = run(changed, home, "-c", START)
    assert ended.returncode != 0
    assert said in ended.stderr


@pytest.mark.parametrize("more", [{}, OIDC], ids=["plain", "with the company's sign-on"])
def test_production_starts_when_all_is_right(more: dict[str, str], home: object) -> None:
    """`check --deploy` finds nothing at all, and the start is not refused."""
    checked = run(more, home, "-m", "floorwalker.project.manage", "check", "--deploy", "--fail-level", "INFO")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout
    started = run(more, home, "-c", START)
    assert started.returncode == 0, started.stderr


def test_cookies_are_bound_to_the_host(home: object) -> None:
    """In production each has the __Host- prefix, is secure and not for scripts."""
    code = (
        "from django.conf import settings as s;"
        "names = (s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.DEVICE_COOKIE_NAME);"
        "assert all(name.startswith('__Host-') for name in names);"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE;"
        "assert s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_HTTPONLY;"
        "assert not s.SESSION_COOKIE_DOMAIN"
    )
    ended = run({}, home, "-c", code)
    assert ended.returncode == 0, ended.stderr
