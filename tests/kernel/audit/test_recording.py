"""What is done is written down in one chain, by the transaction that does it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor
from floorwalker.kernel.models import Entry

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ADA = Actor(kind="user", id=7, name="Ada", user_id=7)


@pytest.mark.django_db
def test_an_entry_says_who_did_what_when_and_why() -> None:
    """All that was said is kept, and sealed."""
    audit.record(
        by=ADA, verb="schedules.publish", about=("schedules.publication", 12), facts={"why": "week 14"}, at=AT
    )
    audit.seal()
    entry = Entry.objects.get()
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("user", 7, "Ada")
    assert (entry.verb, entry.about_kind, entry.about_id, entry.facts) == (
        "schedules.publish", "schedules.publication", "12", {"why": "week 14"},
    )  # fmt: skip
    assert entry.seq == 1 and entry.previous == "0" * 64 and len(entry.hash or "") == 64
