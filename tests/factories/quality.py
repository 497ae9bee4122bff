"""Rows of quality for the tests of access."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from floorwalker.apps.accounts.models import User
from floorwalker.apps.quality.models import Conversation, ConversationImport, Form, FormVersion
from floorwalker.apps.quality.rules.forms import FormContent, Item, Section, yes_or_no
from tests.factories import Planted, Where
from tests.people import NOW, World


def everybody() -> frozenset[int]:
    """Forms are the standards of the house: whoever is measured by them may read them."""
    return frozenset(User.objects.values_list("pk", flat=True))


def content(marker: str) -> FormContent:
    items = (
        Item("greet", f"Greets {marker}", 1, yes_or_no("Did.", "Did not."), expectation=marker),
        Item("wait", "The system was quick", 1, yes_or_no("It was.", "It was not."), controlled_by="system"),
    )
    return FormContent((Section("Opening", items),))


def make_form(world: World, where: Where, marker: str) -> Planted:
    return Planted(Form.objects.create(name=marker), users=everybody())


def make_formversion(world: World, where: Where, marker: str) -> Planted:
    form = Form.objects.create(name=f"Form of {where.key}", client=where.client)
    words = content(marker).to_json()
    row = FormVersion.objects.create(form=form, number=1, content=words, made_by=marker, made_at=NOW)
    return Planted(row, users=everybody())


def make_conversation(world: World, where: Where, marker: str) -> Conversation:
    return Conversation.objects.create(
        key=marker,
        agent=where.agent,
        client=where.client,
        channel="phone",
        queue_name=marker,
        started_at=NOW - timedelta(days=2),
        seconds=300,
        reason=marker,
        disposition=marker,
        turns=[
            {"speaker": "customer", "at": 0, "text": f"Hello {marker}"},
            {"speaker": "agent", "at": 4, "text": f"Good morning {marker}"},
        ],
        imported_at=NOW,
    )


def make_conversationimport(world: World, where: Where, marker: str) -> ConversationImport:
    row = {"line": 1, "key": marker, "agent": marker, "client": "", "started_at": NOW.isoformat(), "turns": []}
    return ConversationImport.objects.create(
        user=where.user,
        file_name=marker,
        system=marker,
        client=where.client,
        uploaded_at=NOW,
        read=1,
        rows=[row],
        rejects=[],
        repeated=0,
    )


VALUES: dict[str, Any] = {"item_key": lambda world: "greet"}
BODIES: dict[str, Any] = {}
