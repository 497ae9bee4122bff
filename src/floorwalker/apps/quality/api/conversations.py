"""Conversations and uploads of them, for programs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.apps.quality.shapes import (
    ConversationIn,
    ConversationOut,
    ConversationPreviewOut,
    ConversationsIn,
    ConversationUploadOut,
    TurnsOut,
)
from floorwalker.kernel import audit
from floorwalker.kernel.api import Page, Paging, operation
from floorwalker.kernel.files.limited import run_limited
from floorwalker.kernel.pages import Request

UPLOAD = "/quality/conversation-uploads/{int:conversation_import_id}"


@operation(
    router,
    "get",
    "/quality/conversations",
    P.SEE_TRANSCRIPT,
    response=Page[ConversationOut],
    summary=_("Conversations"),
)
def list_conversations(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.conversations_in(request.actor, queries.Wanted()), "-started_at")


@operation(
    router,
    "get",
    "/quality/conversations/{int:conversation_id}",
    P.SEE_TRANSCRIPT,
    response=TurnsOut,
    summary=_("A conversation with what was said"),
)
def get_conversation(request: Request, conversation_id: int) -> Any:
    found = queries.the_conversation(request.actor, conversation_id)
    about = ("quality.conversation", found.pk)
    audit.seen(by=request.actor, about=about, person=found.agent.user_id, at=request.at)
    return found


@operation(
    router,
    "post",
    "/quality/conversation-uploads",
    P.IMPORT,
    response=ConversationPreviewOut,
    status=201,
    summary=_("Upload conversations and see what they would bring"),
)
def upload_conversations(request: Request, payload: ConversationsIn) -> Any:
    """Read and redacted in a process that can do no harm; nothing is stored before you say so."""
    found = services.take_conversations(
        reading=_read(payload.conversations, request.actor.zone),
        file_name=f"api:{request.actor.name}",
        system=payload.system,
        client_id=payload.client_id,
        by=request.actor,
        at=request.at,
    )
    return queries.plain_import(request.actor, found)


def _read(conversations: Sequence[ConversationIn], zone: str) -> Any:
    """The same reader as for files, so that a line is judged alike however it comes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "conversations.jsonl"
        lines = (json.dumps(each.dict(exclude_none=True)) for each in conversations)
        path.write_text("\n".join(lines), encoding="utf-8")
        return run_limited("quality.conversations", str(path), "json", "utf-8", zone)


@operation(
    router,
    "get",
    "/quality/conversation-uploads",
    P.IMPORT,
    response=Page[ConversationUploadOut],
    summary=_("Own uploads of conversations"),
)
def list_uploads(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_imports(request.actor).defer("rows", "rejects"), "-uploaded_at")


@operation(
    router, "get", UPLOAD, P.IMPORT, response=ConversationPreviewOut, summary=_("What an upload brings or brought")
)
def get_upload(request: Request, conversation_import_id: int) -> Any:
    return queries.plain_import(request.actor, queries.the_import(request.actor, conversation_import_id))


@operation(
    router,
    "post",
    f"{UPLOAD}/store",
    P.IMPORT,
    response=ConversationPreviewOut,
    summary=_("Store what is new and complete"),
)
def store_upload(request: Request, conversation_import_id: int) -> Any:
    found = services.import_conversations(import_id=conversation_import_id, by=request.actor, at=request.at)
    return queries.plain_import(request.actor, found)


@operation(router, "delete", UPLOAD, P.IMPORT, status=204, summary=_("Forget an upload"))
def forget_upload(request: Request, conversation_import_id: int) -> None:
    """Nothing else changes."""
    services.drop_import(import_id=conversation_import_id, by=request.actor, at=request.at)
