"""Every address answers with the same headers, whoever asks and whatever comes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conformance.headers import EXPECTED, wrong_headers
from tests.people import Cast

# Converters and a value that fits each; a route whose object is not there answers 404, with the same headers.
VALUES = {"int": "999999999", "str": "x", "slug": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every address of the suite with something in the place of each parameter."""
    for entry in resolver.url_patterns:
        part = str(entry.pattern)
        for name, converter in entry.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            for written in (f"<{kind}:{name}>", f"<{name}>"):
                part = part.replace(written, VALUES.get(kind, "x"))
        if isinstance(entry, URLPattern):
            yield "/" + prefix + part.strip("^$")
        else:
            yield from routes(entry, prefix + part.strip("^$"))


@pytest.mark.django_db
def test_every_address_has_the_headers() -> None:
    """Pages, redirects, refusals, errors and the API, for a stranger; the access matrix looks at everybody's."""
    browser = Client()
    addresses = [*routes(get_resolver()), "/no/such/page/"]
    assert len(addresses) > 60
    streams = [each for each in addresses if each.startswith("/live")]  # never end; tested where they live
    asked = [each for each in addresses if each not in streams]
    assert [line for each in asked for line in wrong_headers(browser.get(each), each)] == []


def test_errors_have_them_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that breaks, a host that is not ours."""
    from floorwalker.apps.accounts import queries

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(queries, "list_users", breaks)
    browser = cast.client(cast.administrator)
    browser.raise_request_exception = False
    assert browser.get("/users/").status_code == 500
    assert wrong_headers(browser.get("/users/"), "/users/") == []
    stranger = Client(headers={"host": "evil.example"}, raise_request_exception=False)
    assert stranger.get("/sign-in/").status_code == 400
    assert wrong_headers(stranger.get("/sign-in/"), "/sign-in/") == []


def test_files_have_them_but_may_be_kept(cast: Cast) -> None:
    """What is the same for everybody may stay in the browser."""
    answer = Client().get("/static/no-such-file.css")
    for name in EXPECTED.keys() - {"Cache-Control"}:
        assert answer.headers[name] == EXPECTED[name], name


def test_the_company_is_named_only_where_forms_may_go() -> None:
    """The sign-on's origin is added to form-action, and to nothing else."""
    import os
    import subprocess
    import sys

    code = (
        "from floorwalker.project import settings as s; d = s.CONTENT_SECURITY_POLICY['DIRECTIVES'];"
        "print([name for name, value in d.items() if 'https://id.example.org' in value])"
    )
    kept = {**os.environ, "FLOORWALKER_OIDC_ISSUER": "https://id.example.org/realms/floor"}
    said = subprocess.run([sys.executable, "-c", code], env=kept, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "['form-action']"
