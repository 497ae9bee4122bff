"""Conversations on their way in. What must not be kept was taken out before any of this sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people import queries as people
from floorwalker.apps.quality import queries
from floorwalker.apps.quality.models import Conversation, ConversationImport
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.rules import endings
from floorwalker.apps.quality.services.phrases import spot_in
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused

KEPT_DAYS = 7


class ImportApplied(Refused):
    code = "quality_import_applied"
    status = 409
    text = _("This file is stored already. Upload it again to compare it anew.")


class NothingToStore(Refused):
    code = "quality_nothing_to_store"
    text = _("No conversation of this file is new and complete, so there is nothing to store.")


@transaction.atomic
def take_conversations(
    *,
    reading: Mapping[str, Any],
    file_name: str,
    system: str,
    client_id: int,
    by: Actor,
    at: datetime,
) -> ConversationImport:
    """Keep what was read of a file until it is stored or forgotten; files nobody stores go after a week."""
    require(by, P.IMPORT)
    client = people.the_client(by, client_id)
    mine = ConversationImport.objects.filter(user_id=by.user_id, applied_at=None)
    mine.filter(uploaded_at__lt=at - timedelta(days=KEPT_DAYS)).delete()
    return ConversationImport.objects.create(
        user_id=by.user_id,
        file_name=file_name[:200],
        system=system,
        client=client,
        uploaded_at=at,
        read=reading["read"],
        rows=reading["rows"],
        rejects=reading["rejects"],
        repeated=reading["repeated"],
    )


@transaction.atomic
def import_conversations(*, import_id: int, by: Actor, at: datetime) -> ConversationImport:
    """Store what is new and complete; read = stored + duplicates + rejected."""
    found = _open(import_id, by)
    plan = queries.plan_of(by, found)
    if not plan.fresh:
        raise NothingToStore
    rows = [_conversation(row, agent, client, at) for row, agent, client in plan.fresh]
    before = Conversation.objects.count()
    Conversation.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    spot_in(Conversation.objects.filter(key__in=[row.key for row in rows], imported_at=at))
    stored = Conversation.objects.count() - before  # whoever stored the same meanwhile was quicker
    counts = queries.import_counts(plan)
    found.outcome = counts | {
        "stored": stored,
        "duplicates": counts["duplicates"] + counts["stored"] - stored,
        "rejects": queries.reject_rows(plan.rejects),
    }
    found.applied_at, found.rows, found.rejects = at, [], []
    found.save(update_fields=["outcome", "applied_at", "rows", "rejects"])
    about = ("quality.import", found.pk)
    facts = {"file": found.file_name, **{key: found.outcome[key] for key in counts}}
    audit.record(by=by, verb="quality.import", about=about, facts=facts, at=at)
    return found


@transaction.atomic
def drop_import(*, import_id: int, by: Actor, at: datetime) -> None:  # noqa: ARG001 - verbs are called alike
    """Forget the file; nothing else changes."""
    _open(import_id, by).delete()


def _open(import_id: int, by: Actor) -> ConversationImport:
    require(by, P.IMPORT)
    queries.the_import(by, import_id)
    found = ConversationImport.objects.select_for_update().get(pk=import_id)
    if found.applied_at is not None:
        raise ImportApplied
    return found


def _conversation(row: Mapping[str, Any], agent: int, client: int, at: datetime) -> Conversation:
    return Conversation(
        key=row["key"],
        agent_id=agent,
        client_id=client,
        channel=row["channel"],
        queue_name=row["queue"],
        started_at=datetime.fromisoformat(row["started_at"]),
        seconds=row["seconds"],
        hold_seconds=row["hold_seconds"],
        reason=row["reason"],
        disposition=row["disposition"],
        ending=endings.ending(row["disposition"], row["turns"]),
        turns=row["turns"],
        imported_at=at,
    )
