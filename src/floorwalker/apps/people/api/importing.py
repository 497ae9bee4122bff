"""Files of people from upload to applied, for programs."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import File, Form, Query
from ninja.files import UploadedFile
from pydantic import Field

from floorwalker.apps.people import queries, services, words
from floorwalker.apps.people.api.router import router
from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.files.uploads import accept, read_uploaded_table
from floorwalker.kernel.pages import Request

ONE = "/agent-imports/{int:import_id}"
MEANINGS = ", ".join(key for key, _label in words.LABELS_IN_FILES)


class ImportOut(Out):
    id: int
    file_name: str
    uploaded_at: datetime
    columns: list[str]
    mapping: dict[str, str] = Field(description="What each column means; guessed until you say.")
    misfits: list[int] = Field(description="Lines with more cells than columns.")
    default_team_id: int | None
    applied_at: datetime | None
    outcome: dict[str, int] = Field(description="How many rows were new, changed, unchanged, refused and applied.")


class ImportIn(In):
    default_team_id: int | None = Field(None, description="Of people whose row names no team.")


class ImportColumns(In):
    mapping: dict[str, str] = Field(
        max_length=500, description=f"Column: meaning, one of {MEANINGS}, or level:SKILL; empty leaves it out."
    )


class ImportRowOut(Out):
    line: int
    number: str
    name: str
    kind: str = Field(description="new, changed, unchanged or refused.")
    changes: list[list[str]] = Field(description="What, before, after.")
    problem: str = Field(description="Why it is refused.")

    @staticmethod
    def resolve_problem(row: Any) -> str:
        return words.problem_words(row.problem) if row.problem else ""


class ImportPlanOut(Out):
    """What the file would change as things stand now."""

    fingerprint: str = Field(description="Send it back to apply exactly this.")
    counts: dict[str, int]
    new_sites: list[list[str]] = Field(description="Name and time zone.")
    new_teams: list[list[str]] = Field(description="Site and name.")
    new_skills: list[str]
    rows: list[ImportRowOut]
    after: int = Field(description="Lines after which the next rows stand; 0 on the last page.")


class ImportRows(In):
    kind: Literal["new", "changed", "unchanged", "refused", "all"] = "all"
    after: int = Field(0, ge=0, description="Only rows of later lines.")
    limit: int = Field(500, ge=1, le=500)


class ImportApply(In):
    fingerprint: str = Field(
        max_length=64, description="Of the plan you saw; when it has changed, nothing is done."
    )
    lines: list[int] | None = Field(None, max_length=20_000, description="Of these lines only; none: all.")


@operation(
    router, "get", "/agent-imports", P.IMPORT_AGENTS, response=Page[ImportOut], summary=_("Own files of people")
)
def list_imports(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_imports(request.actor).defer("rows"), "-uploaded_at")


@operation(
    router,
    "post",
    "/agent-imports",
    P.IMPORT_AGENTS,
    response=ImportOut,
    status=201,
    summary=_("Upload a file of people"),
)
def upload_import(request: Request, file: File[UploadedFile], payload: Form[ImportIn]) -> Any:
    """Sent as multipart/form-data; read in a process that can do no harm. Nothing changes before you say so."""
    with tempfile.TemporaryDirectory() as folder:
        taken = accept(file, Path(folder))
        table = read_uploaded_table(taken)
    return services.take_file(
        table=table, file_name=taken.shown_name, **payload.dict(), by=request.actor, at=request.at
    )


@operation(router, "get", ONE, P.IMPORT_AGENTS, response=ImportOut, summary=_("One file of people"))
def get_import(request: Request, import_id: int) -> Any:
    return queries.the_import(request.actor, import_id)


@operation(
    router, "get", f"{ONE}/plan", P.IMPORT_AGENTS, response=ImportPlanOut, summary=_("What a file would change")
)
def plan_import(request: Request, import_id: int, wanted: Query[ImportRows]) -> Any:
    found = queries.the_import(request.actor, import_id)
    return queries.plain_plan(request.actor, found, request.actor.today(request.at), **wanted.dict())


@operation(
    router, "put", f"{ONE}/columns", P.IMPORT_AGENTS, response=ImportOut, summary=_("Say what the columns mean")
)
def map_import_columns(request: Request, import_id: int, payload: ImportColumns) -> Any:
    return services.map_columns(import_id=import_id, mapping=payload.mapping, by=request.actor)


@operation(
    router,
    "post",
    f"{ONE}/apply",
    P.IMPORT_AGENTS,
    response=ImportOut,
    summary=_("Apply a file, whole or in part"),
)
def apply_import(request: Request, import_id: int, payload: ImportApply) -> Any:
    """In one transaction, exactly as the plan said."""
    return services.apply_import(import_id=import_id, **payload.dict(), by=request.actor, at=request.at)


@operation(router, "delete", ONE, P.IMPORT_AGENTS, status=204, summary=_("Forget a file of people"))
def drop_import(request: Request, import_id: int) -> None:
    """Nothing else changes."""
    services.drop_import(import_id=import_id, by=request.actor)
