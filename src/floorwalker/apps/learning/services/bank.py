"""The bank of customer lines, and handbooks to begin scenarios with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import CustomerLine, Handbook, ScenarioVersion
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules.flow import from_json
from floorwalker.apps.learning.services.writing import make_scenario
from floorwalker.kernel import audit
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import Refused

AT_ONCE = 2000


class NoSuchKind(Refused):
    code = "learning_no_such_kind"
    status = 404
    text = _("The handbook has no kind of contact called “{kind}”.")


@dataclass(frozen=True)
class TakenLines:
    """What came of a file of lines."""

    new: int
    known: int
    offensive: int
    left_out: int


@transaction.atomic
def take_lines(
    *, rows: Sequence[Sequence[Any]], left_out: int = 0, source: str, by: Actor, at: datetime
) -> TakenLines:
    """Put lines into the bank: text, reason, whether it offends. What is there already is counted."""
    require(by, P.KEEP_SCENARIOS)
    lines = [
        CustomerLine(text=str(text), reason=str(reason), offensive=bool(offensive), source=source[:120])
        for text, reason, offensive in rows
    ]
    before = CustomerLine.objects.count()
    CustomerLine.objects.bulk_create(lines, batch_size=AT_ONCE, ignore_conflicts=True)
    new = CustomerLine.objects.count() - before
    taken = TakenLines(new, len(lines) - new, sum(each.offensive for each in lines), left_out)
    about = ("learning.lines", source[:80])
    audit.record(by=by, verb="learning.take_lines", about=about, facts={"new": new}, at=at)
    return taken


@transaction.atomic
def mark_line(*, line_id: int, offensive: bool, by: Actor, at: datetime) -> CustomerLine:
    """Say that a line offends, or that it does not."""
    line = _locked_line(line_id, by)
    line.offensive = offensive
    line.save(update_fields=["offensive"])
    _record_line("mark_line", line, by, at)
    return line


@transaction.atomic
def drop_line(*, line_id: int, by: Actor, at: datetime) -> None:
    """Take a line out of the bank; scenarios that hold its words keep them."""
    line = _locked_line(line_id, by)
    _record_line("drop_line", line, by, at)
    line.delete()


@transaction.atomic
def take_handbook(*, name: str, drafts: Mapping[str, Any], by: Actor, at: datetime) -> Handbook:
    """Keep a handbook's kinds of contact to begin scenarios with; one of the same name takes its place."""
    require(by, P.KEEP_SCENARIOS)
    found, _new = Handbook.objects.update_or_create(
        name=name[:200], defaults={"drafts": dict(drafts), "by_name": by.name, "at": at}
    )
    about = ("learning.handbook", found.pk)
    audit.record(by=by, verb="learning.take_handbook", about=about, facts={"kinds": len(drafts)}, at=at)
    return found


@transaction.atomic
def begin_with_handbook(
    *, handbook_id: int, kind: str, name: str = "", by: Actor, at: datetime
) -> ScenarioVersion:
    """The draft of a scenario out of one kind of contact; its steps are the rubric."""
    require(by, P.KEEP_SCENARIOS)
    found = queries.the_handbook(by, handbook_id, P.KEEP_SCENARIOS)
    draft = found.drafts.get(kind)
    if draft is None:
        raise NoSuchKind(kind=kind[:120])
    flow = from_json(draft["content"])
    return make_scenario(name=name or kind, about=draft["about"], flow=flow, by=by, at=at)


def _locked_line(line_id: int, by: Actor) -> CustomerLine:
    require(by, P.KEEP_SCENARIOS)
    queries.the_line(by, line_id, P.KEEP_SCENARIOS)
    return CustomerLine.objects.select_for_update().get(pk=line_id)


def _record_line(verb: str, line: CustomerLine, by: Actor, at: datetime) -> None:
    about = ("learning.line", line.pk)
    audit.record(by=by, verb=f"learning.{verb}", about=about, facts={"reason": line.reason}, at=at)
