"""The real files a trainer would bring: a support handbook of fifty-five kinds, and customers' own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from floorwalker.apps.learning.models import CustomerLine, ScenarioVersion
from tests.people import Cast


def real(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def test_every_kind_of_a_real_handbook_becomes_a_draft(cast: Cast, data: Path) -> None:
    """By the page; each has its steps, and says what the handbook cannot know."""
    browser = cast.client(cast.trainer)
    book = data / "abcd-customer-service-chats" / "guidelines.json"
    shown = browser.post("/arena/handbooks/", {"file": real(book)}, follow=True)
    where = shown.request["PATH_INFO"]
    kinds, after = [], ""
    while after or not kinds:
        told = browser.get(f"/api/v1{where.rstrip('/')}/kinds?limit=50&after={after}").json()
        kinds += [each["kind"] for each in told["items"]]
        after = told["after"]
    assert len(kinds) == 55
    for kind in kinds:
        page = browser.post(where, {"kind": kind}, follow=True)
        assert page.status_code == 200 and "The customer says nothing here" in page.content.decode(), kind
    drafts = list(ScenarioVersion.objects.all())
    assert len(drafts) == 55 and all(each.flow.steps for each in drafts)
    assert not [step.text for each in drafts for step in each.flow.steps if step.text.endswith(":")]


@pytest.mark.parametrize(
    ("path", "lines", "offensive"),
    [
        ("bitext-contact-reasons/train.csv.gz", 6480, True),
        ("banking77-contact-reasons/train.csv.gz", 10003, False),
    ],
)
def test_real_customer_lines_come_in(cast: Cast, data: Path, path: str, lines: int, offensive: bool) -> None:
    """Compressed as they are published; those a tag calls offensive are left out unless asked for."""
    browser = cast.client(cast.trainer)
    answer = browser.post("/arena/lines/", {"file": real(data / path)}, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    assert 0.95 * lines <= CustomerLine.objects.count() <= lines
    assert CustomerLine.objects.filter(offensive=True).exists() == offensive
    assert CustomerLine.objects.exclude(reason="").exists()
