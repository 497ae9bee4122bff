"""The audit in the browser: everybody sees what is theirs to see, and can take it with them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from floorwalker.kernel import audit
from floorwalker.kernel.models import Entry, Job
from tests.people import Cast

AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def entries(cast: Cast, tmp_path: Path, settings: Any) -> None:
    """A note about the agent, a change of a role, a published week."""
    settings.HOME = tmp_path
    by = cast.planner.actor
    audit.record(by=by, verb="coaching.write", about=("coaching.note", 1), person=cast.agent.user.pk, at=AT)
    audit.record(by=by, verb="accounts.role_give", about=("accounts.role", 4), facts={"role": "hr"}, at=AT)
    audit.record(
        by=by, verb="schedules.publish", about=("schedules.publication", 7), facts={"why": "<b>rain</b>"}, at=AT
    )


def verbs(browser: Client, query: str = "") -> list[str]:
    answer = browser.get(f"/audit/entries.csv{query}")
    assert answer.status_code == 200
    text = b"".join(answer).decode("utf-8-sig")
    found = [row["verb"] for row in csv.DictReader(io.StringIO(text))]
    return [verb for verb in found if not verb.startswith(("kernel.", "accounts.sign", "accounts.session"))]


def test_everybody_reads_what_is_theirs(cast: Cast) -> None:
    """The auditor all, administrators what is technical, planners their own doing, agents what is about them."""
    all_three = ["coaching.write", "accounts.role_give", "schedules.publish"]
    ours = lambda found: [verb for verb in found if verb in all_three]  # noqa: E731
    assert ours(verbs(cast.client(cast.auditor))) == all_three
    assert ours(verbs(cast.client(cast.administrator))) == ["accounts.role_give"]
    assert ours(verbs(cast.client(cast.planner))) == all_three
    assert ours(verbs(cast.client(cast.agent))) == ["coaching.write"]
    assert ours(verbs(cast.client(cast.stranger))) == []


def test_the_page_says_who_did_what_and_why(cast: Cast) -> None:
    """In words, and nothing in them runs."""
    text = cast.client(cast.auditor).get("/audit/").content.decode()
    assert "schedules.publication 7" in text and "&lt;b&gt;rain" in text and "Planner" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?verb=schedules.", ["schedules.publish"]),
        ("?about=accounts.role+4", ["accounts.role_give"]),
        ("?about=coaching", ["coaching.write"]),
        ("?who=nobody", []),
        ("?first=2026-03-04&last=2026-03-04&verb=schedules.", ["schedules.publish"]),
        ("?first=2026-03-05&verb=schedules.", []),
        ("?first=yesterday&verb=schedules.", ["schedules.publish"]),
    ],
)
def test_the_address_is_the_filter(cast: Cast, query: str, found: list[str]) -> None:
    """Each filter on its own and together; a date that is none leaves nothing out and is said on the page."""
    assert verbs(cast.client(cast.auditor), query) == found
    assert cast.client(cast.auditor).get(f"/audit/{query}").status_code == 200


def test_an_export_is_written_down(cast: Cast) -> None:
    """Who took entries with them, and which."""
    cast.client(cast.auditor).get("/audit/entries.csv?verb=schedules.")
    entry = Entry.objects.filter(verb="kernel.export_audit").latest("pk")
    assert (entry.actor_user, entry.facts) == (
        cast.auditor.user.pk,
        {"filters": {"verb": "schedules."}, "why": ""},
    )


@pytest.mark.parametrize("query", ["token=x", "password=x&verb=schedules.", "verb=schedules.&first=yesterday"])
def test_an_address_with_more_than_filters_is_answered_all_the_same(cast: Cast, query: str) -> None:
    """What is no filter, or none that can be understood, is not kept: a secret in an address stays out."""
    assert cast.client(cast.auditor).get(f"/audit/entries.csv?{query}").status_code == 200
    entry = Entry.objects.filter(verb="kernel.export_audit").latest("pk")
    assert entry.facts == {"filters": {"verb": "schedules."} if "verb" in query else {}, "why": ""}


def test_the_chain_is_checked_in_the_background(cast: Cast, work: Any) -> None:
    """The auditor asks, a job answers; an agent may not ask."""
    audit.seal()
    assert cast.client(cast.agent).post("/audit/check/").status_code == 404
    answer = cast.client(cast.auditor).post("/audit/check/")
    audit.seal()
    work()
    job = Job.objects.get()
    assert answer.url == f"/jobs/{job.pk}/"
    assert "as they were; nothing had been noted outside" in job.text


def test_an_object_tells_its_history(cast: Cast) -> None:
    """Who changed this, when and why; reading is not changing."""
    audit.seen(by=cast.hr.actor, about=("schedules.publication", 7), at=AT)
    text = render_to_string("kernel/history.html", {"history": audit.history(("schedules.publication", 7))})
    assert "Planner" in text and "rain" in text and "Hr" not in text
    assert "Nobody has changed this" in render_to_string(
        "kernel/history.html", {"history": audit.history(("x.y", 1))}
    )
