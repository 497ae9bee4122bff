"""Tell whoever listens; the database carries it to every process when the transaction is committed."""

from __future__ import annotations

import json

from django.db import connection

CHANNEL = "floorwalker_live"
LONGEST = 7000  # bytes; the database takes 8000
Fact = int | str | bool


def tell(topic: str, **facts: Fact) -> None:
    """Say that something about ``topic`` has changed. Facts are ids, never what they stand for."""
    payload = json.dumps({"topic": topic, **facts}, separators=(",", ":"))
    if len(payload) > LONGEST:
        raise ValueError(f"{topic}: only ids are told live, and these are too many")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def revoke(user_id: int) -> None:
    """Close a user's streams: their rights have changed, or they may no longer sign in."""
    tell(f"revoked:{user_id}")
