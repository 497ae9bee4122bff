"""The audit as those read it who may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.kernel.access import Actor
from floorwalker.kernel.audit.permissions import AuditPermission
from floorwalker.kernel.audit.recording import About
from floorwalker.kernel.audit.words import said
from floorwalker.kernel.models.entry import Entry

# What an administrator reads: how the installation is run, never what people do in it.
TECHNICAL = ("accounts.", "kernel.", "settings.")
SHOWN = 100


@dataclass(frozen=True)
class Told:
    """An entry in words."""

    entry: Entry
    who: str
    at: datetime
    verb: str
    why: str
    facts: tuple[tuple[str, Any], ...]


def visible(actor: Actor) -> QuerySet[Entry]:
    """The entries an actor may read: all as an auditor, technical ones as administrator, and one's own."""
    if actor.sight(AuditPermission.READ_ALL).everything:
        return Entry.objects.all()
    theirs = Q(pk__in=[])
    if actor.user_id is not None:
        theirs |= Q(person=actor.user_id) | Q(actor_user=actor.user_id)
    if actor.sight(AuditPermission.READ_TECHNICAL).everything:
        theirs |= reduce(or_, (Q(verb__startswith=prefix) for prefix in TECHNICAL))
    return Entry.objects.filter(theirs)


def reach(actor: Actor) -> str:
    """How far an actor reads: all, technical or own."""
    if actor.sight(AuditPermission.READ_ALL).everything:
        return "all"
    return "technical" if actor.sight(AuditPermission.READ_TECHNICAL).everything else "own"


def began() -> datetime | None:
    """When the first thing was recorded here: what came before, this installation cannot know."""
    return Entry.objects.order_by("pk").values_list("at", flat=True).first()


def history(about: About) -> list[Told]:
    """Who changed an object, when and why, the newest first; for the page of that object, which asks who looks.

    Reads of it are left out: who looked at a record is the auditor's and the person's to know.
    """
    found = Entry.objects.filter(about_kind=about[0], about_id=str(about[1])).exclude(verb__endswith=".seen")
    return told(found.order_by("-pk")[:SHOWN])


def told(entries: Iterable[Entry]) -> list[Told]:
    return [in_words(each) for each in entries]


def in_words(entry: Entry) -> Told:
    facts = dict(entry.facts)
    why = str(facts.pop("why", "") or "")
    pairs = tuple((name.replace("_", " "), plain_words(value)) for name, value in facts.items())
    return Told(entry, entry.actor_name or entry.actor_kind, entry.at, said(entry.verb), why, pairs)


def plain_words(value: Any) -> str:
    """A value of a fact as people read it."""
    if isinstance(value, list):
        return ", ".join(plain_words(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {plain_words(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value is None else str(value)
