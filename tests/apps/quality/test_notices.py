"""G-03: what people are scored for, when they were told and who looks again, asked once before the first is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from floorwalker.apps.quality import services
from floorwalker.apps.quality.models import AssessmentNotice
from floorwalker.kernel.models import Entry
from tests.apps.quality.cases import CONTENT
from tests.people import NOW, Cast

WORDS = {"purpose": "To see what to teach; never to rank.", "reviewer": "The head of quality"}
SAID: dict[str, Any] = {**WORDS, "told_on": date(2026, 3, 1)}
TYPED = {**WORDS, "told_on": "2026-03-01"}
OWED = "Nobody has said yet what people are scored for"


def test_who_keeps_forms_is_asked_once(cast: Cast) -> None:
    """On the desk and where a form is put in force, until it is said; a supervisor cannot say it."""
    browser = cast.client(cast.quality_analyst)
    assert OWED in browser.get("/quality/").content.decode()
    assert OWED not in cast.client(cast.supervisor).get("/quality/").content.decode()
    draft = services.make_form(
        name="Service", client_id=None, channel="", by=cast.quality_analyst.actor, at=NOW, content=CONTENT
    )
    path = reverse("quality:publish", args=[draft.pk])
    put = browser.post(path, {"version": draft.version}, follow=True).content.decode()
    assert "say what scores are for" in put
    assert browser.post("/quality/assessment/say/", TYPED).status_code == 302
    assert OWED not in browser.get("/quality/").content.decode()
    assert Entry.objects.filter(verb="quality.give_notice").count() == 1
    assert cast.client(cast.supervisor).get("/quality/assessment/say/").status_code == 404


def test_whoever_is_assessed_reads_it(cast: Cast) -> None:
    """From their own reviews; said anew, the latest holds and the first stays to be read."""
    browser = cast.client(cast.agent)
    assert "/quality/assessment/" in browser.get("/quality/mine/").content.decode()
    assert "Nobody has said yet" in browser.get("/quality/assessment/").content.decode()
    services.give_notice(**SAID, by=cast.manager.actor, at=NOW)
    page = browser.get("/quality/assessment/").content.decode()
    assert "To see what to teach" in page and "The head of quality" in page and "Say it anew" not in page
    anew = {**SAID, "purpose": "To plan trainings."}
    services.give_notice(**anew, by=cast.manager.actor, at=NOW)
    page = browser.get("/quality/assessment/").content.decode()
    assert (
        page.index("To plan trainings.") < page.index("What was said before") < page.index("To see what to teach")
    )


def test_half_of_it_is_refused(cast: Cast) -> None:
    """By page and by program; blank words say nothing."""
    browser = cast.client(cast.manager)
    assert browser.post("/quality/assessment/say/", {**TYPED, "reviewer": " "}).status_code == 422
    path = "/api/v1/quality/assessment-notices"
    blank = browser.post(path, {**TYPED, "purpose": " "}, content_type="application/json")
    assert blank.status_code in (400, 422)
    assert not AssessmentNotice.objects.exists()
    assert browser.post(path, TYPED, content_type="application/json").status_code == 201
    assert cast.client(cast.agent).get(path).json()["items"][0]["reviewer"] == "The head of quality"
    with pytest.raises(services.NothingSaid):
        services.give_notice(**{**SAID, "reviewer": ""}, by=cast.manager.actor, at=NOW)
