"""Phrases worth noticing, for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query

from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.api.router import router
from floorwalker.apps.quality.api.shapes import (
    KeptPhraseOut,
    LabellingTurn,
    LabelOut,
    NewPhrase,
    PhraseOut,
    SpotOut,
)
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.api import Page, Paging, operation
from floorwalker.kernel.pages import Request

DAYS = 30
ONE = "/quality/phrases/{int:phrase_id}"


@operation(router, "get", "/quality/phrases", P.SEE_PHRASES, response=list[PhraseOut], summary=_("Phrases"))
def list_phrases(request: Request) -> Any:
    """With how often each was said, and how sure that is; archived ones are left out."""
    lines = queries.phrase_lines(request.actor, request.at, days=DAYS, archived=False)
    return [queries.plain_phrase(each) for each in lines]


@operation(
    router, "post", "/quality/phrases", P.KEEP_PHRASES, response=KeptPhraseOut, status=201,
    summary=_("Add a phrase"),
)  # fmt: skip
def add_phrase(request: Request, payload: NewPhrase) -> Any:
    """A job looks for it in what is stored; all that comes in is looked through at once."""
    return services.add_phrase(**payload.dict(), by=request.actor, at=request.at)


@operation(router, "post", f"{ONE}/archive", P.KEEP_PHRASES, response=KeptPhraseOut, summary=_("Archive a phrase"))
def archive_phrase(request: Request, phrase_id: int) -> Any:
    return services.archive_phrase(phrase_id=phrase_id, archived=True, by=request.actor, at=request.at)


@operation(
    router, "post", f"{ONE}/restore", P.KEEP_PHRASES, response=KeptPhraseOut,
    summary=_("Take a phrase back from the archive"),
)  # fmt: skip
def restore_phrase(request: Request, phrase_id: int) -> Any:
    return services.archive_phrase(phrase_id=phrase_id, archived=False, by=request.actor, at=request.at)


@operation(
    router, "get", f"{ONE}/spots", P.SEE_PHRASES, response=Page[SpotOut], summary=_("Where a phrase was said")
)
def list_spots(request: Request, phrase_id: int, paging: Query[Paging]) -> Any:
    """In conversations one may read."""
    found = queries.the_phrase(request.actor, phrase_id)
    return paging.of(queries.spotted_turns(request.actor, found), "-conversation")


@operation(
    router, "post", f"{ONE}/labels", P.KEEP_PHRASES, response=LabelOut,
    summary=_("Say whether a phrase stands in a turn"),
)  # fmt: skip
def label_turn(request: Request, phrase_id: int, payload: LabellingTurn) -> Any:
    return services.label(phrase_id=phrase_id, **payload.dict(), by=request.actor, at=request.at)
