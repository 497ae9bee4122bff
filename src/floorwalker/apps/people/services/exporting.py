"""Taking people along as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from floorwalker.apps.people.permissions import PeoplePermission as P
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require


@transaction.atomic
def note_export(*, kind: str, people: int, wanted: Mapping[str, Any], why: str, by: Actor, at: datetime) -> None:
    """Say that somebody took a list of so many people with them, and how it was narrowed down."""
    require(by, P.SEE_AGENTS)
    narrowed = {name: each for name, each in wanted.items() if each}
    facts = {"kind": kind, "people": people, "wanted": narrowed, "why": why}
    audit.record(by=by, verb="people.export", about=("people.agents", kind), facts=facts, at=at)
