"""Add to the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from floorwalker.kernel.access import Actor
from floorwalker.kernel.audit.facts import plain, value
from floorwalker.kernel.models.entry import Entry

About = tuple[str, int | str]
LONGEST_ID = 80


def record(
    *,
    by: Actor,
    verb: str,
    about: About,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    person: int | None = None,
) -> None:
    """Say that ``by`` did ``verb`` to ``about``; inside the transaction of the action.

    ``facts`` are small plain values, ``why`` among them when the person gave a reason. ``person`` is the user the
    entry is about, who may then read it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb}: the audit is written in the transaction of the action it tells of")
    kind, key = about
    if person is None and kind == "accounts.user":
        person = int(key)
    Entry.objects.create(
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=value(by.name)[:200],
        actor_user=by.user_id,
        verb=verb,
        about_kind=kind,
        about_id=value(str(key))[:LONGEST_ID],  # an address somebody made up is as long as they like
        person=person,
        facts=plain(facts or {}),
    )


def seen(
    *, by: Actor, about: About, at: datetime, person: int | None = None, facts: Mapping[str, Any] | None = None
) -> None:
    """Say that ``by`` has read somebody else's sensitive record. Reading one's own is not written down."""
    if person is not None and person == by.user_id:
        return
    with transaction.atomic():
        record(by=by, verb=f"{about[0]}.seen", about=about, at=at, person=person, facts=facts)


def taken(*, by: Actor, file: str, at: datetime, why: str) -> None:
    """Say that ``by`` has taken rows about people along as ``file``, and what for."""
    with transaction.atomic():
        record(by=by, verb="kernel.export", about=("kernel.export", file), at=at, facts={"why": why})


def seal() -> None:
    """Number and chain what this transaction has added so far; by itself that happens at its commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
